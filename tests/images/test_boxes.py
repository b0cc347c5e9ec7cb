"""Boxes of a form that the digit in them touches."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from digitnet.images.ink.boxes import without_boxes
from digitnet.images.way import find_ink

Grey = NDArray[np.float32]


def drawn(lines: list[list[tuple[int, int]]], width: int) -> Grey:
    """Lines on a page of 120 × 100, as ink."""
    picture = Image.new("L", (100, 120))
    for line in lines:
        ImageDraw.Draw(picture).line(line, fill=255, width=width)
    return np.asarray(picture, dtype=np.float32) / np.float32(255)


BOX = drawn([[(15, 15), (85, 15), (85, 105), (15, 105), (15, 15)]], 2)
SEVEN = [(15, 40), (55, 40), (35, 105)]


def test_a_box_goes_and_the_digit_that_touches_two_of_its_sides_stays() -> None:
    seven = drawn([SEVEN], 8)
    both = np.maximum(seven, BOX)
    left, boxed = without_boxes(both, both > 0.5, 0.1)
    assert boxed
    # The ends of the stroke, eight pixels wide, and the line under them cannot be told apart.
    y, x = np.nonzero(left != seven)
    assert ((x <= 16) | (y >= 103)).all()
    assert len(y) <= 2 * 8


@pytest.mark.parametrize("bar", [[], [[(15, 60), (85, 60)]]])
def test_a_square_0_and_a_square_8_are_no_boxes(bar: list[list[tuple[int, int]]]) -> None:
    digit = np.maximum(BOX, drawn(bar, 2))
    left, boxed = without_boxes(digit, digit > 0.5, 0.1)
    assert not boxed
    assert np.array_equal(left, digit)


def test_the_box_is_told_among_the_lines() -> None:
    page = np.rint(255 - 200 * np.maximum(drawn([SEVEN], 8), BOX)).astype(np.uint8)
    found = find_ink(page)
    assert found.mended.ruled_lines
    assert not found.pixels[:30].any()
    assert not found.pixels[:, 70:].any()
