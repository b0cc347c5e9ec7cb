"""Where the digits of a line are, from places and ink that are given."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from digitnet.images.page import Page
from digitnet.numbers.ctc import BLANK, Number
from digitnet.numbers.digit_boxes import DigitBoxLimits, digit_boxes
from digitnet.numbers.lines import Place
from digitnet.numbers.views import View

Grey = NDArray[np.float32]


PLACE = Place(30.0, 28.0)


def view(places: dict[int, int], count: int = 40) -> View:
    """A view that is certain of a digit at some places, and of the blank at the others."""
    P = np.zeros((count, BLANK + 1))
    P[:, BLANK] = 1
    for at, digit in places.items():
        P[at] = 0
        P[at, digit] = 1
    return View(PLACE, P)


def page(ink: Grey) -> Page:
    return Page(np.zeros(ink.shape, np.uint8), contrast=ink, pixels=ink)


FOUR_SEVEN: Number = (4, 7)
# A place is two pixels of a strip whose digits are 20 high: of a line that is 28 high, place 5 has
# its middle in column 2.8 · 5.5 = 15.4, place 15 in column 43.4; halfway is 29.4.
TWO = view({5: 4, 15: 7})


@pytest.mark.parametrize(
    ("place", "columns"),
    [
        (Place(30.0, 20.0), [11.0, 31.0]),
        (Place(30.0, 40.0), [22.0, 62.0]),
        (Place(30.0, 20.0, left=7.9), [18.0, 38.0]),
        (Place(30.0, 20.0, left=-9.0), [11.0, 31.0]),
    ],
)
def test_the_middles_are_where_the_number_has_its_digits(
    place: Place, columns: list[float]
) -> None:
    assert TWO._replace(place=place).middles(FOUR_SEVEN) == pytest.approx(columns, abs=1e-6)


def test_a_digit_that_is_said_at_several_places_has_its_middle_among_them() -> None:
    assert view({4: 3, 5: 3, 6: 3}).middles((3,)) == pytest.approx([15.4], abs=1e-6)


def test_a_box_is_around_the_ink_from_halfway_to_its_neighbours() -> None:
    ink = np.zeros((80, 80), np.float32)
    ink[22:37, 8:35] = 1
    ink[25:40, 40:50] = 1
    assert digit_boxes(page(ink), TWO, FOUR_SEVEN) == [(8, 22, 30, 37), (29, 22, 50, 40)]


def test_no_digit_reaches_farther_than_three_quarters_of_the_height_from_its_middle() -> None:
    ink = np.ones((80, 80), np.float32)
    # 21 pixels around row 30, and right of column 43.4; the first is at the picture's edge.
    assert digit_boxes(page(ink), TWO, FOUR_SEVEN) == [(0, 9, 30, 51), (29, 9, 65, 51)]
    near = DigitBoxLimits(reach=0.25)
    assert digit_boxes(page(ink), TWO, FOUR_SEVEN, near) == [(8, 23, 23, 37), (36, 23, 51, 37)]


def test_a_box_follows_the_slope_of_the_line() -> None:
    sloping = TWO._replace(place=Place(30.0, 28.0, slope=0.5))
    ink = np.ones((80, 80), np.float32)
    # The middles are at rows 30 + 0.5 · 15.4 and 30 + 0.5 · 43.4.
    found = digit_boxes(page(ink), sloping, FOUR_SEVEN)
    assert [(top, bottom) for _, top, _, bottom in found] == [(16, 59), (30, 73)]


def test_ink_no_stronger_than_three_tenths_is_not_of_a_digit() -> None:
    ink = np.zeros((80, 80), np.float32)
    ink[25:35, 5:15] = 0.31
    ink[20:25, 5:15] = 0.29
    assert digit_boxes(page(ink), view({5: 4}), (4,)) == [(5, 25, 15, 35)]


def test_where_there_is_no_ink_the_box_is_as_large_as_a_digit_may_be() -> None:
    ink = np.zeros((80, 80), np.float32)
    assert digit_boxes(page(ink), view({15: 7}), (7,)) == [(22, 9, 65, 51)]
    narrow = np.zeros((80, 12), np.float32)
    # Beyond the picture's edge it keeps a pixel.
    assert digit_boxes(page(narrow), view({15: 7}), (7,)) == [(22, 9, 23, 51)]


def test_a_box_at_the_top_of_the_page_has_its_first_row() -> None:
    ink = np.ones((80, 80), np.float32)
    high = TWO._replace(place=Place(10.0, 28.0))  # 21 rows up and down of row 10
    assert digit_boxes(page(ink), high, FOUR_SEVEN) == [(0, 0, 30, 31), (29, 0, 65, 31)]
