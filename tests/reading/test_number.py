"""Numbers read by their pieces and by each line as a whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digitnet.model.bundled import bundled_model
from digitnet.numbers.digit_boxes import BoxLimits
from digitnet.numbers.hypotheses import LineAnswer, weighed
from digitnet.numbers.place import Place
from digitnet.numbers.probabilities import SureLimits, certainties_of, doubts_of, is_sure
from digitnet.numbers.views import Look
from digitnet.reading.number import NO_NUMBER, NumberLimits
from digitnet.reading.picture import read_picture
from tests.helpers.pictures import page
from tests.synthetic.numbers import numbers_of

LARGE = bundled_model("large")


def look(*said: int) -> Look:
    """A look that is all but certain of what it says at each place; 10 is nothing."""
    P = np.full((len(said), 11), 0.001, np.float32)
    P[np.arange(len(said)), said] = 0.99
    return Look(Place(16, 20), P)


def answered(*looks: Look, proposed: tuple[int, ...] | None = None) -> LineAnswer:
    return weighed(looks, proposed, NumberLimits().agreed)


def test_the_number_that_most_looks_say_is_the_answer_and_the_shares_sum_to_one() -> None:
    answer = answered(look(10, 4, 10, 7), look(10, 4, 10, 7), look(10, 4, 10, 1))
    assert answer.numbers[0] == (4, 7)
    assert answer.shares.sum() == pytest.approx(1)
    assert answer.shares[0] > 0.6


def test_what_the_pieces_say_counts_where_the_looks_disagree() -> None:
    looks = look(10, 4, 10, 7), look(10, 4, 10, 1)
    assert answered(*looks, proposed=(4, 1)).number == (4, 1)
    assert answered(*looks, proposed=(4, 7)).number == (4, 7)
    assert answered(*looks, proposed=(9, 9, 9)).number != (9, 9, 9)


def test_the_digits_of_a_line_are_where_the_look_saw_them() -> None:
    middles = look(10, 4, 10, 10, 7, 10).middles((4, 7))
    assert middles == pytest.approx([2 * 1.5, 2 * 4.5], abs=0.1)


def test_every_digit_has_its_share_of_the_numbers_that_the_line_may_be() -> None:
    numbers = ((1, 2, 3), (1, 7, 3), (1, 2, 8, 3))
    answer = LineAnswer(numbers, np.array([0.6, 0.3, 0.1]), 0.5, look(10, 1))
    first, second, third = certainties_of(answer)
    assert first[1] == pytest.approx(1)
    assert [second[2], second[7]] == pytest.approx([0.7, 0.3])
    assert third[3] == pytest.approx(1)
    assert [sum(shares) for shares in (first, second, third)] == pytest.approx([1, 1, 1])


@pytest.mark.parametrize("kind", ["touching", "cheque", "slanting", "several lines"])
def test_boxes_are_in_the_picture_in_reading_order_each_with_ink(kind: str) -> None:
    file, text = numbers_of(kind, 3)
    reading = read_picture(LARGE, file.getvalue(), number=True)
    height, width = (reading.ink.scale * side for side in reading.ink.pixels.shape)
    assert len(reading.lines) == text.count("\n") + 1
    for line in reading.lines:
        boxes = np.array([digit.box for digit in line])
        assert (boxes[:, :2] >= 0).all()
        assert (boxes[:, 2:] <= (width, height)).all()
        assert (np.diff(boxes[:, 0::2].sum(axis=1)) > 0).all()
        for left, top, right, bottom in boxes // reading.ink.scale:
            assert reading.ink.pixels[top:bottom, left:right].max() > BoxLimits().faintest


def test_a_number_that_may_be_another_is_not_sure_and_says_which() -> None:
    numbers = ((1, 2, 3), (1, 7, 3))
    answer = LineAnswer(numbers, np.array([0.55, 0.45]), 0.5, look(10, 1))
    shares = certainties_of(answer)
    doubts = doubts_of(LARGE, answer, shares, SureLimits())
    assert doubts == [None, "the number may also be 173", None]


@pytest.mark.parametrize(("share", "likelihood"), [(0.95, 0.01), (0.8, 0.5)])
def test_a_number_is_sure_if_its_line_says_it_clearly_and_hardly_another(
    share: float, likelihood: float
) -> None:
    answer = LineAnswer(((4, 7), (4, 1)), np.array([0.95, 0.05]), 0.5, look(10, 1))
    assert is_sure(answer, SureLimits())
    less = replace(answer, shares=np.array([share, 1 - share]), likelihood=likelihood)
    assert not is_sure(less, SureLimits())


def test_what_pieces_say_too_each_sure_of_its_digit_is_likelier(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    close = LineAnswer(((4, 0, 7), (4, 0, 1)), np.array([0.6, 0.4]), 0.5, look(10, 4))
    monkeypatch.setattr("digitnet.reading.number._looked_along", lambda *_: close)
    assert read_picture(LARGE, page(4, 0, 7), number=True).sure
    other = replace(close, numbers=((4, 0, 1), (4, 0, 7)))
    monkeypatch.setattr("digitnet.reading.number._looked_along", lambda *_: other)
    assert not read_picture(LARGE, page(4, 0, 7), number=True).sure


def test_a_model_that_is_weak_is_sure_of_no_number() -> None:
    weak = replace(LARGE, about={"scores": {"test_accuracy": 0.5}})
    reading = read_picture(weak, page(4, 0, 7), number=True)
    assert {digit.why for digit in reading.digits} == {
        "the model is weak: it reads 50.0% of its test digits"
    }


def test_what_the_pieces_say_is_told_where_the_look_says_that_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nothing = LineAnswer(((), (4, 0, 7)), np.array([0.6, 0.4]), 0.5, look(10, 10))
    monkeypatch.setattr("digitnet.reading.number._looked_along", lambda *_: nothing)
    reading = read_picture(LARGE, page(4, 0, 7), number=True)
    assert reading.text == "407"
    assert {digit.why for digit in reading.digits} == {NO_NUMBER}
