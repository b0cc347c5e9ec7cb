"""Why a picture is not sure, from hypotheses whose probabilities are given."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digitnet.images.ink.threshold import Contrast, ThresholdLimits
from digitnet.images.measure.components import components
from digitnet.images.page import Page
from digitnet.model.digit import Digit
from digitnet.numbers.ctc import Number
from digitnet.numbers.hypotheses import Hypothesis
from digitnet.numbers.line_reading import LineReading
from digitnet.numbers.lines import Place
from digitnet.numbers.pieces import Line, Piece
from digitnet.reading.picture_doubt import picture_doubt

PICTURE = np.zeros((28, 28), np.uint8)


def page(kept: int = 100, dropped: int = 0) -> Page:
    """A page with so many pixels of strokes, and so many that were left out."""
    values = np.zeros((20, 20), np.float32)
    values.flat[:kept] = 1
    strokes = Contrast(values, 0.0, components(values > 0), ThresholdLimits(), dropped)
    return Page(values.astype(np.uint8), strokes=strokes, contrast=values, pixels=values)


def lines(*heights: int) -> list[Line]:
    return [[Piece((0, 0, 5, height), np.ones((height, 5), np.float32))] for height in heights]


def one(digit: int, probability: float, *, turned: bool = False) -> Hypothesis:
    whole = Digit(digit, (0.1,) * 10, PICTURE, PICTURE)
    return Hypothesis(0.0, whole=whole, turned=turned, probability=probability)


def several(probability: float, *numbers: Number, left_out: int = 0) -> Hypothesis:
    read = tuple(
        LineReading([], Place(0.0, 20.0), (), (number,), np.zeros(1), 0.5, None)
        for number in numbers
    )
    return Hypothesis(0.0, read, left_out=left_out, probability=probability)


def test_nothing_is_wrong_where_no_other_hypothesis_is_likely() -> None:
    assert picture_doubt(page(), lines(7), [one(4, 0.901), several(0.099, (4, 7))]) is None
    assert picture_doubt(page(), lines(7), [one(4, 1.0)]) is None


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (several(0.1, (4, 7)), "it may also be the number 47"),
        (several(0.1, (4, 7), (1,)), "it may also be the number 47 1"),
        (one(9, 0.1, turned=True), "the picture may be turned"),
    ],
)
def test_another_hypothesis_is_named_from_a_tenth(other: Hypothesis, why: str) -> None:
    assert picture_doubt(page(), lines(20), [one(4, 0.9), other]) == why
    less = replace(other, probability=0.099)
    assert picture_doubt(page(), lines(20), [one(4, 0.9), less]) is None
    assert picture_doubt(page(), lines(20), [one(4, 0.9), less, other]) == why


def test_of_a_number_that_may_be_one_digit_the_digit_is_named() -> None:
    found = [several(0.8, (1, 1)), one(4, 0.2)]
    assert picture_doubt(page(), lines(20), found) == "it may also be one digit, 4"


def test_a_digit_that_is_likelier_turned_is_in_doubt_for_that() -> None:
    found = [one(6, 0.6, turned=True), one(6, 0.4)]
    assert picture_doubt(page(), lines(20), found) == "the picture may be turned"


@pytest.mark.parametrize(
    ("left_out", "why"),
    [
        (0, None),
        (1, "a much smaller line was left out, and may be writing"),
        (2, "2 much smaller lines were left out, and may be writing"),
    ],
)
def test_lines_that_were_left_out_are_told(left_out: int, why: str | None) -> None:
    assert picture_doubt(page(), lines(20), [several(1.0, (4, 7), left_out=left_out)]) == why


def test_writing_lower_than_seven_pixels_is_too_small_whatever_else_is_wrong() -> None:
    found = [one(4, 0.5, turned=True), several(0.5, (4, 7))]
    small = "the writing is 6 pixels high, too small to tell"
    assert picture_doubt(page(100, 90), lines(6, 5), found) == small
    assert picture_doubt(page(), lines(6, 7), [one(4, 1.0)]) is None
    low, high = (
        Piece((0, 0, 5, 3), np.ones((3, 5), np.float32)),
        Piece((9, 4, 14, 7), np.ones((3, 5), np.float32)),
    )
    assert picture_doubt(page(), [[low, high]], [one(4, 1.0)]) is None  # 7 rows together


def test_strokes_that_were_left_out_count_from_half_of_those_that_were_read() -> None:
    much = "much of the ink was left out, and may be writing"
    assert picture_doubt(page(100, 50), lines(20), [one(4, 1.0)]) is None
    assert picture_doubt(page(100, 51), lines(20), [one(4, 1.0)]) == much
