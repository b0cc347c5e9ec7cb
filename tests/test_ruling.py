"""Ruled lines go, the strokes across them stay."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from digitnet.images.ruling import without_ruling


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
    clean, found = without_ruling(page, 0.05)
    assert found
    assert (clean[60:150, 101:107] > 0.8).all()
    away = np.ones_like(page, dtype=bool)
    away[:, 90:118] = False
    assert np.mean(clean[away] > 0) < 0.02


def test_a_7_in_its_own_box_has_no_ruled_line() -> None:
    seven = np.zeros((60, 40), dtype=np.float32)
    seven[:6] = 1
    seven[:, -6:] = 1
    clean, found = without_ruling(seven, 0.05)
    assert not found
    assert np.array_equal(clean, seven)


def test_blank_paper_has_no_lines() -> None:
    blank = np.zeros((50, 50), dtype=np.float32)
    assert without_ruling(blank, 0.05)[1] is False
