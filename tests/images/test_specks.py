"""Which pieces are writing: strokes and what belongs to them, not lines, spots and specks."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from digitnet.images.ink.threshold import Contrast, ThresholdLimits
from digitnet.images.measure.components import components
from digitnet.images.page import Page, measured
from digitnet.images.pipeline import INK


@pytest.fixture
def stroke() -> NDArray[np.bool_]:
    """An upright stroke of 60 × 12 on a page of 120 × 160."""
    mask = np.zeros((120, 160), dtype=np.bool_)
    mask[30:90, 40:52] = True
    return mask


def writing(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The pixels of the pieces that are."""
    strokes = Contrast(mask.astype(np.float32), 0.1, components(mask), ThresholdLimits())
    before = ("size", "surroundings", "polarity", "contrast", "ruling", "boxes", "ink")
    page = Page(np.zeros(mask.shape, np.uint8), strokes=strokes)
    found = measured(INK.without(*before).run(page))
    assert np.array_equal(found.values > 0, found.pieces.mask)
    return found.pieces.mask


def test_the_width_of_a_stroke_is_twice_its_area_by_its_outline(stroke: NDArray[np.bool_]) -> None:
    # 60 · 12 pixels, of which 2 · (60 + 12) - 4 are the outline.
    assert components(stroke).widths.tolist() == [2 * 720 / 140]


@pytest.mark.parametrize(("column", "kept"), [(60, True), (120, False)])
def test_a_fragment_belongs_to_a_stroke_that_is_near(
    stroke: NDArray[np.bool_], column: int, kept: bool
) -> None:
    both = stroke.copy()
    both[40:50, column : column + 10] = True
    assert np.array_equal(writing(both), both if kept else stroke)


def test_a_second_stroke_is_writing_however_far(stroke: NDArray[np.bool_]) -> None:
    both = stroke | np.roll(stroke, 90, axis=1)
    assert np.array_equal(writing(both), both)


def test_a_speck_at_the_edge_is_no_fragment(stroke: NDArray[np.bool_]) -> None:
    both = stroke[20:].copy()
    alone = both.copy()
    both[:8, 30:42] = True
    assert np.array_equal(writing(both), alone)


@pytest.mark.parametrize(("margin", "kept"), [(20, False), (2, True)])
def test_a_neighbour_cut_off_by_the_edge_is_none_of_the_digit(margin: int, kept: bool) -> None:
    mask = np.zeros((60 + 2 * margin, 100), dtype=np.bool_)
    mask[margin:-margin, 40:52] = True
    both = mask.copy()
    both[margin:-margin, :10] = True
    assert np.array_equal(writing(both), both if kept else mask)


def test_a_button_below_is_no_stroke(stroke: NDArray[np.bool_]) -> None:
    foot = stroke.copy()
    foot[80:90, 40:76] = True
    both = foot.copy()
    both[92:110, 100:140] = True
    assert np.array_equal(writing(both), foot)


@pytest.mark.parametrize(("row", "kept"), [(100, False), (15, True)])
def test_a_flat_stroke_below_is_an_underline_and_one_above_a_bar(
    stroke: NDArray[np.bool_], row: int, kept: bool
) -> None:
    both = stroke.copy()
    both[row : row + 8, 20:72] = True
    assert np.array_equal(writing(both), both if kept else stroke)
