"""Ruled lines go, the strokes across them stay."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from digitnet.images.ink.ruling import RulingLimits, without_ruling
from digitnet.images.ink.threshold import Contrast, ThresholdLimits


def unruled(values: NDArray[np.float32]) -> tuple[NDArray[np.float32], int]:
    """What is left of a contrast, and how many lines there were."""
    page, found = without_ruling(Contrast.of(values, 0.05, ThresholdLimits()), RulingLimits())
    return page.values, found


def _page(slope: float, *, squared: bool) -> NDArray[np.float32]:
    """Contrast of thin lines, 200 × 240 pixels."""
    y, x = np.mgrid[0:200, 0:240]
    lines = (y + slope * x) % 40 < 2
    if squared:
        lines |= (x - slope * y) % 40 < 2
    return np.where(lines, np.float32(0.3), np.float32(0))


@pytest.mark.parametrize("squared", [False, True])
@pytest.mark.parametrize("slope", [0.0, 0.02])
def test_lines_go_and_a_stroke_across_them_stays(slope: float, squared: bool) -> None:
    page = _page(slope, squared=squared)
    page[60:150, 100:108] = 0.9
    clean, found = unruled(page)
    assert found
    assert (clean[60:150, 101:107] > 0.8).all()
    beside = np.ones_like(page, dtype=bool)
    beside[:, 90:118] = False
    assert np.mean(clean[beside] > 0) < 0.02


def test_a_7_in_its_own_box_has_no_ruled_line() -> None:
    seven = np.zeros((60, 40), dtype=np.float32)
    seven[:6] = 1
    seven[:, -6:] = 1
    clean, found = unruled(seven)
    assert not found
    assert np.array_equal(clean, seven)


def test_blank_paper_has_no_lines() -> None:
    blank = np.zeros((50, 50), dtype=np.float32)
    assert unruled(blank)[1] == 0


def test_a_bowl_that_rests_on_a_line_stays_closed() -> None:
    """The lower half of a ring ends with its lowest rows on the line."""
    y, x = np.mgrid[0:100, 0:240]
    ring = np.abs(np.hypot(y - 45, x - 120) - 30) < 2.5
    page = np.where(ring, np.float32(0.9), np.float32(0))
    page[74:77] = np.maximum(page[74:77], 0.8)
    clean, found = unruled(page)
    assert found
    assert (clean[74:77, 112:129] > 0.5).any(axis=0).all()
    assert not clean[:, :85].any()
    assert not clean[:, 155:].any()


def test_a_line_through_a_0_leaves_its_inside_empty() -> None:
    y, x = np.mgrid[0:100, 0:240]
    ring = np.abs(np.hypot(y - 50, x - 120) - 30) < 2.5
    page = np.where(ring, np.float32(0.9), np.float32(0))
    page[49:52] = np.maximum(page[49:52], 0.8)
    clean, found = unruled(page)
    assert found
    assert not clean[40:60, 100:140].any()


def test_a_line_is_found_beneath_bold_writing_that_covers_most_of_it() -> None:
    page = np.zeros((100, 300), dtype=np.float32)
    for left in range(30, 260, 40):
        page[25:75, left : left + 24] = 0.9
    page[59:62] = np.maximum(page[59:62], 0.4)
    clean, found = unruled(page)
    assert found
    assert not clean[:, :28].any()
    assert (clean[25:75, 30:54] > 0.8).all()


def test_one_line_is_not_taken_for_several() -> None:
    """Three lines go whatever their weight; a single bar as heavy as the writing stays."""
    page = np.zeros((60, 90), dtype=np.float32)
    page[20:28] = 0.9
    page[28:55, 40:44] = 0.9
    assert unruled(page)[1] == 0


def test_a_bold_line_goes_wholly_though_the_light_is_uneven_beside_it() -> None:
    """Beside a bold line there is more than grain, here and there, to the blur of the line."""
    rng = np.random.default_rng(3)
    page = (0.02 * rng.random((200, 600))).astype(np.float32)
    for row in (40, 100, 160):
        for left in range(0, 600, 20):
            depth = int(rng.integers(0, 8))
            page[row + 6 : row + 6 + depth, left : left + 20] = 0.1
        page[row : row + 6] = 0.8
    page[60:106, 300:308] = 0.9
    clean, found = unruled(page)
    assert found == 3
    assert (clean[60:106, 301:307] > 0.8).all()
    beside = np.ones_like(page, dtype=bool)
    beside[:, 290:318] = False
    assert not (clean[beside] > 0.2).any()


def test_a_line_that_is_bent_twice_goes_as_paper_that_does_not_lie_flat() -> None:
    y, x = np.mgrid[0:200, 0:800]
    wave = 4 * np.sin(x / 800 * 2 * np.pi)
    page = np.where((y + wave) % 50 < 4, np.float32(0.8), np.float32(0))
    clean, found = unruled(page)
    assert found >= 3
    assert np.mean(clean[10:-10] > 0) < 0.002


def test_bowls_side_by_side_are_no_line() -> None:
    """Their lowest rows are in line, but each leaves it again."""
    y, x = np.mgrid[0:60, 0:200]
    page = np.zeros((60, 200), dtype=np.float32)
    for middle in range(22, 200, 38):
        page[np.abs(np.hypot(y - 30, x - middle) - 18) < 2] = 0.9
    clean, found = unruled(page)
    assert not found
    assert np.array_equal(clean, page)
