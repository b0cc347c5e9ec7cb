"""From a line on its picture to what the network sees along it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from digitnet.images.form.gradient import ORIENTATIONS
from digitnet.images.form.inputs import POWER
from digitnet.numbers.features import CELLS, COLUMNS, FEATURES, SIZE, columns, windows
from digitnet.numbers.lines import Place, place_of
from digitnet.numbers.pieces import find_lines
from digitnet.numbers.sequence_model import bundled_sequence_model
from digitnet.numbers.strip import DIGIT, ROWS, strip
from digitnet.numbers.views import read_views

Grey = NDArray[np.float32]


def bars(slope: float = 0.0) -> Grey:
    """Seven bars of 3 × 40 pixels, 50 apart, on a line that slopes."""
    page = np.zeros((200, 400), np.float32)
    for i in range(7):
        top = 60 + round(slope * 50 * i)
        page[top : top + 40, 30 + 50 * i : 33 + 50 * i] = 1
    return page


@pytest.mark.parametrize("slope", [0.0, 0.1, -0.08])
def test_a_line_is_found_by_its_pieces_however_it_slopes(slope: float) -> None:
    (line,) = find_lines(bars(slope))
    place = place_of(line)
    assert place.height == pytest.approx(40)
    assert place.slope == pytest.approx(slope, abs=0.005)
    assert place.middle + place.slope * 31.5 == pytest.approx(80, abs=1)


@pytest.mark.parametrize("slope", [0.0, 0.1, -0.08])
@pytest.mark.parametrize("size", [1, 3])
def test_a_strip_has_its_digits_20_rows_high_in_the_middle(slope: float, size: int) -> None:
    page = np.kron(bars(slope), np.ones((size, size), np.float32))
    place = Place(80 * size - slope * 31.5 * size, 40.0 * size, slope)
    cut = strip(page, place)
    assert cut.shape == (ROWS, 400 * DIGIT // 40)
    rows = np.flatnonzero(cut.max(axis=1) > 0.5)
    assert (rows[0], rows[-1]) == (
        pytest.approx((ROWS - DIGIT) / 2, abs=1),
        pytest.approx((ROWS + DIGIT) / 2 - 1, abs=1),
    )
    assert cut.sum() == pytest.approx(bars(slope).sum() * (DIGIT / 40) ** 2, rel=0.05)


def by_the_definition(page: Grey) -> NDArray[np.float64]:
    """Slope by slope and cell by cell, as `slopes` and `columns` tell it."""
    light = np.pad(page.astype(np.float64), 8)
    x = np.zeros((page.shape[1] // 2, ORIENTATIONS, CELLS))
    for row in range(-7, ROWS + 7):
        for column in range(-7, page.shape[1] + 7):
            right = light[row + 8, column + 9] - light[row + 8, column + 7]
            down = light[row + 9, column + 8] - light[row + 7, column + 8]
            if not 0 <= row < ROWS or (right, down) == (0, 0):
                continue
            angle, size = np.arctan2(down, right), np.hypot(right, down)
            for j in range(ORIENTATIONS):
                part = size * max(0.0, np.cos(angle - j * np.pi / 4) - np.cos(np.pi / 4))
                for i in range(CELLS):
                    near = max(0.0, 1 - abs(row - (4 * i + 1.5)) / 4)
                    for t in range(len(x)):
                        x[t, j, i] += part * near * max(0.0, 1 - abs(column - (2 * t + 0.5)) / 4)
    return (x**POWER).reshape(len(x), FEATURES)


def test_columns_are_what_their_definition_says() -> None:
    page = np.random.default_rng(2).random((ROWS, 12), np.float32)
    assert columns(page) == pytest.approx(by_the_definition(page), abs=1e-3)


def test_a_window_is_the_columns_around_it_with_paper_beyond_the_ends() -> None:
    seen = columns(np.random.default_rng(3).random((ROWS, 60), np.float32))
    x = windows(seen)
    assert x.shape == (30, SIZE)
    assert np.linalg.norm(x, axis=1) == pytest.approx(np.full(30, 10.0))
    parts = x[15].reshape(COLUMNS, FEATURES)
    half = COLUMNS // 2
    expected = seen[15 - 2 * half : 16 + 2 * half : 2]
    assert parts == pytest.approx(expected * 10 / np.linalg.norm(expected), abs=1e-4)
    assert not x[0].reshape(COLUMNS, FEATURES)[:half].any()


def test_paper_between_the_strokes_is_not_made_as_bold_as_they_are() -> None:
    page = np.random.default_rng(4).random((ROWS, 200), np.float32) * np.float32(0.02)
    for left in (98, 128, 158):
        page[6:26, left : left + 3] = 1
    length = np.linalg.norm(windows(columns(page)), axis=1)
    assert length[49] == pytest.approx(10)
    assert length[:30].max() < 7


def test_a_line_is_viewed_at_three_heights_each_from_above_and_below() -> None:
    page = np.random.default_rng(0).random((100, 60), np.float32)
    views = read_views(bundled_sequence_model(), page, Place(50.0, 20.0, 0.25, 10.0, 50.0))
    assert [(view.place.middle, view.place.height) for view in views] == [
        pytest.approx(place) for height in (14, 20, 27) for place in ((48, height), (52, height))
    ]
    # Columns 10 to 50, reduced to digits of 20 rows, and a place every second one.
    assert [len(view.P) for view in views] == [
        math.ceil(round(41 * 20 / h) / 2) for h in (14, 14, 20, 20, 27, 27)
    ]
    for view in views:
        assert view.place[2:] == (0.25, 10.0, 50.0)
        np.testing.assert_allclose(view.P.sum(axis=1), 1, rtol=1e-5)
        expected = bundled_sequence_model().read(windows(columns(strip(page, view.place))))
        np.testing.assert_array_equal(view.P, expected)
