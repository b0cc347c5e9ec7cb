"""Which lines a picture has: which are one, and which are none of the number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from digitnet.images.pipeline import Ink, find_ink
from digitnet.model.bundled import bundled_model
from digitnet.numbers.hypotheses import LineAnswer
from digitnet.numbers.lines import LineLimits, LineReading, put_together, without_print
from digitnet.numbers.pieces import Box, Line, Piece
from digitnet.numbers.place import Place, place_of
from digitnet.numbers.probabilities import SureLimits
from digitnet.numbers.views import Look
from digitnet.reading import number
from digitnet.reading.number import NumberLimits
from digitnet.reading.picture import ReadingLimits, read_ink
from tests.synthetic.numbers import numbers_of

SURE = SureLimits()


def of_boxes(*boxes: Box) -> Line:
    """Pieces that fill their boxes."""
    return [Piece(box, np.ones((box[3] - box[1], box[2] - box[0]), np.float32)) for box in boxes]


def told(line: Line, likelihood: float, share: float = 0.6) -> LineReading:
    """A line that says 47."""
    look = Look(Place(0, 1), np.ones((1, 11), np.float32))
    answer = LineAnswer(((4, 7), ()), np.array([share, 1 - share]), likelihood, look)
    return LineReading(line, place_of(line), (), answer)


UPPER = of_boxes((0, 0, 20, 22), (30, 0, 50, 40), (60, 0, 80, 22))
LOWER = of_boxes((0, 20, 20, 42), (60, 20, 80, 42))
BELOW = of_boxes((0, 60, 20, 100), (60, 60, 80, 100))


def test_lines_that_are_likelier_as_one_are_one_with_joined_pieces() -> None:
    (one,) = put_together([told(UPPER, 0.2), told(LOWER, 0.2)], lambda line: told(line, 0.1))
    boxes = [piece.box for piece in one.line]
    assert boxes == [(0, 0, 20, 42), (30, 0, 50, 40), (60, 0, 80, 42)]


def test_lines_that_are_likelier_each_alone_are_two() -> None:
    lines = [told(UPPER, 0.5), told(LOWER, 0.5)]
    assert put_together(lines, lambda line: told(line, 0.1)) == lines


def test_a_line_that_is_plainly_below_another_is_never_tried_with_it() -> None:
    lines = [told(UPPER, 0.1), told(BELOW, 0.1)]
    assert put_together(lines, lambda _: pytest.fail("tried")) == lines


def test_three_lines_may_be_one() -> None:
    lines = [told(UPPER, 0.1), told(LOWER, 0.1), told(of_boxes((30, 38, 50, 50)), 0.1)]
    assert len(put_together(lines, lambda line: told(line, 0.1))) == 1


def test_a_much_smaller_line_that_is_not_sure_is_none_of_the_number() -> None:
    low = of_boxes((0, 200, 8, 212), (20, 200, 28, 212))
    clear = told(BELOW, 0.2)
    assert without_print([clear, told(low, 0.1)], SURE) == [clear]
    assert len(without_print([clear, told(low, 0.1, share=0.9)], SURE)) == 2


def test_a_line_of_writing_is_told_however_hard_it_is() -> None:
    hard = told(of_boxes((0, 200, 20, 230)), 0.0)
    assert len(without_print([told(BELOW, 0.9), hard], SURE)) == 2
    low = told(of_boxes((0, 200, 8, 212)), 0.0)
    assert len(without_print([hard, low], SURE)) == 2  # nothing is clear enough to compare with


def test_that_a_line_was_left_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    tell = number._looked_along

    def unsure_of_low_lines(ink: Ink, place: Place, *more: Any) -> LineAnswer:
        answer = tell(ink, place, *more)
        return replace(answer, likelihood=answer.likelihood * (place.height > 50))

    monkeypatch.setattr(number, "_looked_along", unsure_of_low_lines)
    file, text = numbers_of("plain paper", 3)
    page = Image.open(file).convert("L")
    low = page.resize((page.width // 2, page.height // 2))
    both = Image.new("L", (page.width, page.height + low.height), page.getpixel((0, 0)))
    both.paste(page)
    both.paste(low, (0, page.height))
    limits = ReadingLimits(number=NumberLimits(line=LineLimits(small=0.8)))
    ink = find_ink(np.asarray(both))
    reading = read_ink(bundled_model("large"), ink, number=True, limits=limits)
    assert reading.text == text
    assert reading.why == "a much smaller line was left out, and may be writing"
