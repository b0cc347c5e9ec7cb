"""A line cut out of its page, against interpolation by hand."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from digitnet.numbers.lines import Place
from digitnet.numbers.strip import DIGIT, ROWS, strip

Grey = NDArray[np.float32]


def columns(count: int, rows: int, seed: int = 0) -> Grey:
    """A page of columns of random grey levels."""
    return np.tile(np.random.default_rng(seed).random(count, np.float32), (rows, 1))


def test_a_line_whose_digits_are_20_high_is_copied() -> None:
    page = np.random.default_rng(1).random((50, 40), np.float32)
    # Its middle is at row 24: 16 rows above it and 16 below.
    np.testing.assert_allclose(strip(page, Place(24.0, 20.0)), page[8:40], atol=1e-6)
    np.testing.assert_allclose(
        strip(page, Place(24.0, 20.0, left=5.9, right=30.2)), page[8:40, 5:31], atol=1e-6
    )
    beyond = strip(page, Place(6.0, 20.0))  # ten rows above the page are paper
    np.testing.assert_allclose(beyond[10:], page[:22], atol=1e-6)
    assert not beyond[:9].any()


def test_a_little_smaller_it_is_interpolated_between_columns() -> None:
    page = columns(50, 60)
    cut = strip(page, Place(30.0, 25.0))
    assert cut.shape == (ROWS, 40)
    at = (np.arange(40) + 0.5) * 25 / DIGIT - 0.5
    expected = np.interp(at, np.arange(50), page[0])
    np.testing.assert_allclose(cut[10, 1:-1], expected[1:-1], atol=1e-4)


@pytest.mark.parametrize("factor", [2, 3, 4])
def test_much_smaller_the_pixels_are_averaged(factor: int) -> None:
    page = columns(60, 120)
    cut = strip(page, Place(60.0, 20.0 * factor))
    expected = page[0].reshape(-1, factor).mean(axis=1)
    np.testing.assert_allclose(cut[ROWS // 2], expected, atol=1e-3)


def test_a_slope_is_taken_out() -> None:
    # The line's middle is a row lower every second column.
    page = np.zeros((80, 60), np.float32)
    for column in range(60):
        page[30 + column // 2, column] = 1
    cut = strip(page, Place(30.0, 20.0, slope=0.5))
    brightest = cut[:, 4:56].argmax(axis=0)
    assert set(brightest.tolist()) <= {15, 16}
