"""Scores of the numbers that a line may be, worked out from probabilities that are given."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax

from digitnet.model.digit import Digit
from digitnet.numbers.ctc import BLANK
from digitnet.numbers.line_reading import (
    ScoreLimits,
    log_likelihood_of,
    read_line,
)
from digitnet.numbers.lines import Place
from digitnet.numbers.views import View

PLACE = Place(0.0, 20.0)


def view(*probabilities: float) -> View:
    """One place, with the probabilities of 0, 1, 2, … and the rest for the blank."""
    P = np.zeros((1, BLANK + 1))
    P[0, : len(probabilities)] = probabilities
    P[0, BLANK] = 1 - sum(probabilities)
    return View(PLACE, P)


def digit(answer: int, certainty: float, output: float = 1.0) -> Digit:
    """A digit of this certainty: its surprise is -ln (certainty · output)."""
    certainties = [(1 - certainty) / 9] * 10
    certainties[answer] = certainty
    picture = np.zeros((28, 28), np.uint8)
    return Digit(answer, tuple(certainties), picture, picture, output=output)


def test_the_likelihood_of_a_number_is_the_square_of_the_mean_root_over_the_views() -> None:
    views = [view(0.04, 0.64), view(0.36, 0.16)]
    together, each = log_likelihood_of(views, [(0,), (1,), ()])
    np.testing.assert_allclose(np.exp(each), [[0.04, 0.64, 0.32], [0.36, 0.16, 0.48]], rtol=1e-9)
    expected = [((0.2 + 0.6) / 2) ** 2, ((0.8 + 0.4) / 2) ** 2]
    np.testing.assert_allclose(np.exp(together)[:2], expected, rtol=1e-9)
    assert np.exp(together[2]) == pytest.approx(((0.32**0.5 + 0.48**0.5) / 2) ** 2)


def test_each_number_that_a_view_or_the_pieces_propose_is_scored_by_both_models() -> None:
    views = [view(0.5, 0.3, 0.1), view(0.16, 0.64, 0.1)]
    # Decoded are 0 and 1; the pieces say 2.
    likelihoods = {
        (0,): ((0.5**0.5 + 0.16**0.5) / 2) ** 2,
        (1,): ((0.3**0.5 + 0.64**0.5) / 2) ** 2,
        (2,): 0.1,
    }
    for proposed, order in ((0.5, ((1,), (0,), (2,))), (2.0, ((2,), (1,), (0,)))):
        found = read_line([], PLACE, (digit(2, 0.8),), views, ScoreLimits(proposed=proposed))
        assert found.numbers == order
        expected = [np.log(likelihoods[number]) + proposed * (number == (2,)) for number in order]
        assert found.nats == pytest.approx(expected)
        assert found.probabilities == pytest.approx(softmax(expected))
        assert found.likelihood == pytest.approx(likelihoods[order[0]])
        assert (found.number, found.pieces[0].digit) == (order[0], 2)


def test_of_pieces_that_are_too_many_to_be_read_nothing_is_proposed() -> None:
    found = read_line([], PLACE, None, [view(0.6, 0.3)], ScoreLimits(proposed=2.0))
    assert found.numbers == ((0,),)
    assert found.nats == pytest.approx([np.log(0.6)])
    assert (found.pieces, found.agreed) == ((), False)


def test_the_view_is_the_one_in_which_the_number_is_likeliest() -> None:
    views = [view(0.7), view(0.9), view(0.8)]
    assert read_line([], PLACE, None, views, ScoreLimits()).view is views[1]
