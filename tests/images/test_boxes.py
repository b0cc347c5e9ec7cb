"""Boxes of a form that the digit in them touches."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy import ndimage

from digitnet.images.ink.boxes import BoxLimits, without_boxes
from digitnet.images.ink.threshold import Contrast, ThresholdLimits
from digitnet.images.measure.components import components
from digitnet.images.pipeline import find_ink

Grey = NDArray[np.float32]


def drawn(lines: list[list[tuple[int, int]]], width: int) -> Grey:
    """Lines on a page of 120 × 100, as ink."""
    picture = Image.new("L", (100, 120))
    for line in lines:
        ImageDraw.Draw(picture).line(line, fill=255, width=width)
    return np.asarray(picture, dtype=np.float32) / np.float32(255)


def contrast(ink: Grey) -> Contrast:
    return Contrast(ink, 0.1, components(ink > 0.5), ThresholdLimits())


BOX = drawn([[(15, 15), (85, 15), (85, 105), (15, 105), (15, 15)]], 2)
SEVEN = [(15, 40), (55, 40), (35, 105)]


def test_a_box_goes_and_the_digit_that_touches_two_of_its_sides_stays() -> None:
    seven = drawn([SEVEN], 8)
    both = np.maximum(seven, BOX)
    page, boxed = without_boxes(contrast(both), BoxLimits())
    assert boxed == 1
    # The ends of the stroke, eight pixels wide, and the line under them cannot be told apart.
    y, x = np.nonzero(page.values != seven)
    assert ((x <= 16) | (y >= 103)).all()
    assert len(y) <= 2 * 8


@pytest.mark.parametrize(
    "corners",
    [
        [(20, 12), (90, 20), (82, 108), (12, 100), (20, 12)],  # a form that lies aslant
        [(15, 119), (15, 15), (85, 15), (85, 119)],  # the picture's edge cut it off
        [(25, 15), (85, 15), (85, 105), (25, 105), (25, 15)],  # the digit goes beyond it
    ],
    ids=["aslant", "cut off", "crossed"],
)
def test_a_box_goes_that_lies_aslant_or_is_cut_off_or_crossed(
    corners: list[tuple[int, int]],
) -> None:
    seven, box = drawn([SEVEN], 8), drawn([corners], 2)
    page, boxed = without_boxes(contrast(np.maximum(seven, box)), BoxLimits())
    assert boxed == 1
    beside = box * (ndimage.maximum_filter(seven, 9) == 0)
    assert beside.sum() > 300
    assert not page.values[beside > 0].any()
    assert (page.values[seven > 0] > 0).mean() > 0.95


@pytest.mark.parametrize("bar", [[], [[(15, 60), (85, 60)]]])
def test_a_square_0_and_a_square_8_are_no_boxes(bar: list[list[tuple[int, int]]]) -> None:
    digit = np.maximum(BOX, drawn(bar, 2))
    page = contrast(digit)
    assert without_boxes(page, BoxLimits()) == (page, 0)


def test_the_box_is_told() -> None:
    page = np.rint(255 - 200 * np.maximum(drawn([SEVEN], 8), BOX)).astype(np.uint8)
    found = find_ink(page)
    assert "1 box removed" in found.mended
    assert not found.pixels[:30].any()
    assert not found.pixels[:, 70:].any()
