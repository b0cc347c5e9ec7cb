"""The posterior of the numbers that a line may be, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digitnet.model.digit import Digit
from digitnet.model.model import bundled_model
from digitnet.numbers.ctc import Number
from digitnet.numbers.line_reading import (
    LineReading,
    ScoreLimits,
    log_likelihood_of,
    posterior,
    read_line,
)
from digitnet.numbers.lines import Place
from digitnet.numbers.probabilities import certainties_of, doubts_of
from digitnet.numbers.views import View

FORM = np.zeros((28, 28), np.uint8)
PLACE = Place(16, 20)


def view(*classes: int) -> View:
    """A view that gives 0.99 to one class at each place; 10 is the blank."""
    P = np.full((len(classes), 11), 0.001, np.float32)
    P[np.arange(len(classes)), classes] = 0.99
    return View(PLACE, P)


def digits(*answers: int, why: str | None = None) -> tuple[Digit, ...]:
    """Pieces that a model reads as these digits."""
    return tuple(Digit(n, tuple(np.eye(10)[n].tolist()), FORM, FORM, why) for n in answers)


def of(*numbers: Number, p: list[float], pieces: tuple[Digit, ...] = ()) -> LineReading:
    """A line that may be these numbers with these probabilities."""
    return LineReading([], PLACE, pieces, numbers, np.log(p), 0.5, view(10, 1))


def test_the_posterior_of_scores_is_their_softmax() -> None:
    # e^0, e^ln 2, e^ln 5: 1, 2 and 5 of 8.
    assert posterior(np.log([1.0, 2.0, 5.0])).tolist() == pytest.approx([0.125, 0.25, 0.625])
    assert posterior(np.array([-2000.0, -2000.0])).tolist() == [0.5, 0.5]


def test_views_are_put_together_by_the_square_of_the_mean_root() -> None:
    together, each = log_likelihood_of([view(4), view(7)], [(4,)])
    assert np.exp(each[:, 0]).tolist() == pytest.approx([0.99, 0.001], rel=1e-4)
    # ((√0.99 + √0.001) / 2)² = ((0.99499 + 0.03162) / 2)² = 0.26347
    assert np.exp(together[0]) == pytest.approx(0.26347, rel=1e-4)


def test_the_number_of_most_views_is_the_answer() -> None:
    views = view(10, 4, 10, 7), view(10, 4, 10, 7), view(10, 4, 10, 1)
    line = read_line([], PLACE, None, views, ScoreLimits())
    assert line.numbers == ((4, 7), (4, 1))
    assert line.probabilities.sum() == pytest.approx(1)
    assert line.view is not None
    assert line.view.P.argmax(axis=1).tolist() == [10, 4, 10, 7]


def test_what_the_pieces_propose_is_likelier_by_so_many_nats() -> None:
    views = view(10, 4, 10, 7), view(10, 4, 10, 1)
    without = read_line([], PLACE, None, views, ScoreLimits())
    odds = without.probabilities[0] / without.probabilities[1]
    assert odds == pytest.approx(1)
    for proposed in (1, 7):
        line = read_line([], PLACE, digits(4, proposed), views, ScoreLimits(2.0))
        assert line.number == (4, proposed)
        assert line.agreed
        assert line.probabilities[0] / line.probabilities[1] == pytest.approx(np.exp(2))
    assert read_line([], PLACE, digits(9, 9, 9), views, ScoreLimits()).number != (9, 9, 9)


def test_the_likelihood_is_that_of_the_answer_without_what_the_pieces_propose() -> None:
    line = read_line([], PLACE, digits(4), [view(4)], ScoreLimits())
    assert line.likelihood == pytest.approx(0.99, rel=1e-4)


@pytest.mark.parametrize(
    ("pieces", "probability", "likelihood", "sure"),
    [
        ((), 0.99, 0.5, True),
        ((), 0.97, 0.5, False),
        ((), 0.99, 0.04, False),
        (digits(4, 7), 0.71, 0.5, True),
        (digits(4, 7), 0.69, 0.5, False),
        (digits(4, 7, why="it may also be a 1"), 0.71, 0.5, False),
        (digits(4, 1), 0.71, 0.5, False),
    ],
)
def test_a_number_is_sure_where_it_is_clear_or_both_readers_are_sure_of_it(
    pieces: tuple[Digit, ...], probability: float, likelihood: float, sure: bool
) -> None:
    line = of((4, 7), (4, 1), p=[probability, 1 - probability], pieces=pieces)
    assert replace(line, likelihood=likelihood).is_sure == sure


def test_a_line_that_is_likelier_no_writing_is_never_sure() -> None:
    assert not of((), (4, 7), p=[0.999, 0.001]).is_sure


def test_the_digits_of_a_line_are_where_the_view_has_them() -> None:
    middles = view(10, 4, 10, 10, 7, 10).middles((4, 7))
    assert middles == pytest.approx([2 * 1.5, 2 * 4.5], abs=0.1)


def test_each_digit_has_the_probabilities_of_the_numbers_with_it() -> None:
    line = of((1, 2, 3), (1, 7, 3), (1, 2, 8, 3), (4, 4), p=[0.5, 0.3, 0.1, 0.1])
    first, second, third = certainties_of(line)
    # 44 has no digit for any of the three places: its tenth is split among all ten digits.
    assert first == pytest.approx([0.01, 0.91, *[0.01] * 8])
    assert [second[2], second[7], second[0]] == pytest.approx([0.61, 0.31, 0.01])
    assert third[3] == pytest.approx(0.91)
    assert [sum(ten) for ten in (first, second, third)] == pytest.approx([1, 1, 1])


def test_a_number_that_may_be_another_is_not_sure_and_says_which() -> None:
    line = of((1, 2, 3), (1, 7, 3), p=[0.55, 0.45])
    doubts = doubts_of(bundled_model("large"), line, certainties_of(line))
    assert doubts == [None, "the number may also be 173", None]


def test_a_model_that_is_weak_is_sure_of_no_number() -> None:
    weak = replace(bundled_model("large"), about={"scores": {"test_accuracy": 0.5}})
    line = of((1, 2), p=[1.0])
    why = "the model is weak: it reads 50.0% of its test digits"
    assert doubts_of(weak, line, certainties_of(line)) == [why, why]
