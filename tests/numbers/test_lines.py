"""Which lines a page has: which neighbours are one, and which are print beside the number."""

from __future__ import annotations

import numpy as np
import pytest

from digitnet.images.measure.components import Box
from digitnet.images.page import Page
from digitnet.model.model import bundled_model
from digitnet.numbers.line_reading import LineReading
from digitnet.numbers.lines import gap_between, place_of, place_of_all, stacked
from digitnet.numbers.number_reader import NumberLimits, NumberReader
from digitnet.numbers.pieces import Line, Piece
from digitnet.numbers.sequence_model import bundled_sequence_model

READER = NumberReader(
    bundled_model("small"),
    bundled_sequence_model(),
    Page(np.zeros((1, 1), np.uint8)),
    NumberLimits(),
)


def of_boxes(*boxes: Box) -> Line:
    """Pieces that fill their boxes."""
    return [Piece(box, np.ones((box[3] - box[1], box[2] - box[0]), np.float32)) for box in boxes]


def reading(line: Line, likelihood: float, probability: float = 0.6) -> LineReading:
    """A line that is 47 or nothing."""
    nats = np.log([probability, 1 - probability])
    return LineReading(line, place_of(line), (), ((4, 7), ()), nats, likelihood, None)


UPPER = of_boxes((0, 0, 20, 22), (30, 0, 50, 40), (60, 0, 80, 22))
LOWER = of_boxes((0, 20, 20, 42), (60, 20, 80, 42))
BELOW = of_boxes((0, 60, 20, 100), (60, 60, 80, 100))


def test_pieces_above_one_another_are_joined_where_lines_are_taken_for_one() -> None:
    boxes = [piece.box for piece in stacked(UPPER + LOWER)]
    assert boxes == [(0, 0, 20, 42), (30, 0, 50, 40), (60, 0, 80, 42)]


def test_the_gap_of_two_lines_is_in_heights_of_the_smaller_one() -> None:
    # Rows 0 to 22 and 20 to 42: two rows in common of 22.
    assert gap_between(UPPER, LOWER) == pytest.approx(-2 / 22)
    # Rows 0 to 22 and 60 to 100: 38 rows apart, of 22.
    assert gap_between(UPPER, BELOW) == pytest.approx(38 / 22)


def test_all_the_ink_as_one_digit_is_as_high_as_all_its_pieces() -> None:
    ink = np.zeros((100, 120), np.float32)
    ink[10:30, 20:40] = ink[40:70, 50:60] = 1
    place = place_of_all(ink)
    assert (place.middle, place.height, place.slope) == (40, 60, 0)
    assert (place.left, place.right) == (20 - 4 * 60, 60 + 4 * 60)


def test_a_much_smaller_line_that_is_not_sure_is_none_of_the_number() -> None:
    low = of_boxes((0, 200, 8, 212), (20, 200, 28, 212))
    clear = reading(BELOW, 0.2)
    assert READER.without_print([clear, reading(low, 0.1)]) == [clear]
    assert len(READER.without_print([clear, reading(low, 0.1, 0.99)])) == 2


def test_a_line_of_writing_is_kept_however_hard_it_is() -> None:
    hard = reading(of_boxes((0, 200, 20, 230)), 0.0)
    assert len(READER.without_print([reading(BELOW, 0.9), hard])) == 2
    low = reading(of_boxes((0, 200, 8, 212)), 0.0)
    assert len(READER.without_print([hard, low])) == 2  # nothing is clear enough to compare with
