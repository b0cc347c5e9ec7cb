"""Read a line in both ways, and compute the posterior of its numbers.

The single-digit model reads the pieces of the ink, grouped into digits; the sequence model reads
the line as a whole. Every number that one of them proposes is a hypothesis, scored by both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digitnet.model.digit import Digit
from digitnet.numbers.ctc import Floats, Number, greedy_decode
from digitnet.numbers.lines import Place
from digitnet.numbers.pieces import Line
from digitnet.numbers.views import View, log_likelihoods

Digits = tuple[Digit, ...]


@dataclass(frozen=True)
class ScoreLimits:
    """Weights of the scores of a hypothesis."""

    proposed: float = 2.5
    """Nats in favour of the number that the single-digit model proposes."""


@dataclass(frozen=True)
class SureLimits:
    """When a number is sure."""

    sure: float = 0.98
    """Least probability of a sure number."""
    agreed: float = 0.7
    """Least probability if the pieces give the same number and are all sure."""
    legible: float = 0.05
    """Least likelihood of a sure number by the sequence model. If no line has more and the pieces
    are too many to be read, they are a pattern."""


@dataclass(frozen=True, eq=False)
class LineReading:
    """The hypotheses for a line.

    Attributes
    ----------
    line : list of Piece
    place : Place
    pieces : tuple of Digit
        The digits of its pieces, each read alone; empty if they are too many.
    numbers : tuple of tuple of int
        The hypotheses, the most probable first.
    nats : ndarray, shape (n,)
        Score of each.
    likelihood : float
        Of the first by the sequence model, from 0 to 1; low if the line does not look like
        writing.
    view : View or None
        The view in which the first is most probable; None if there are no views.
    limits : SureLimits
        When its number is sure.
    """

    line: Line
    place: Place
    pieces: Digits
    numbers: tuple[Number, ...]
    nats: Floats
    likelihood: float
    view: View | None
    limits: SureLimits = SureLimits()

    @property
    def number(self) -> Number:
        """The most probable number; empty if the line is more probably not writing."""
        return self.numbers[0]

    @property
    def probabilities(self) -> Floats:
        """Posterior probability of each hypothesis; they sum to 1."""
        return posterior(self.nats)

    @property
    def agreed(self) -> bool:
        """Whether the pieces give the same number."""
        return self.number == number_of(self.pieces)

    @property
    def is_sure(self) -> bool:
        """Whether one number is probable enough, and the line is legible."""
        both = self.agreed and all(digit.sure for digit in self.pieces)
        least = self.limits.agreed if both else self.limits.sure
        clear = self.probabilities[0] >= least and self.likelihood >= self.limits.legible
        return bool(self.number) and bool(clear)


def number_of(digits: Sequence[Digit]) -> Number:
    """The answers of some digits, side by side."""
    return tuple(digit.digit for digit in digits)


def posterior(nats: Floats) -> Floats:
    """p_i = e^(s_i) / Σ_j e^(s_j)."""
    powers = np.exp(nats - nats.max())
    probabilities: Floats = powers / powers.sum()
    return probabilities


def log_likelihood_of(views: Sequence[View], numbers: Sequence[Number]) -> tuple[Floats, Floats]:
    """ln of the square of the mean root, (mean √p)², over views; and ln p in each view.

    A number that is clear in some views scores higher than one that is possible in all, but no
    single view decides.

    Returns
    -------
    together : ndarray, shape (numbers,)
    each : ndarray, shape (views, numbers)
    """
    each = log_likelihoods(views, numbers)
    root = np.exp(each / 2).mean(axis=0)
    return 2 * np.log(np.maximum(root, np.finfo(float).tiny)), each


def read_line(
    line: Line,
    place: Place,
    pieces: Digits | None,
    views: Sequence[View],
    limits: ScoreLimits,
    sure: SureLimits = SureLimits(),
) -> LineReading:
    """Score every number that the pieces or a view propose.

    s = ln p + proposed, in nats, with p by the sequence model; the second term only for the number
    of the pieces.

    Parameters
    ----------
    line : list of Piece
    place : Place
    pieces : tuple of Digit or None
        The digits of the pieces, each read alone; None if they are too many.
    views : sequence of View
        At least one.
    limits : ScoreLimits
    sure : SureLimits
        When the number is sure.
    """
    proposed = None if pieces is None else number_of(pieces)
    decoded = {greedy_decode(view.P) for view in views}
    numbers = sorted(decoded if proposed is None else decoded | {proposed})
    together, each = log_likelihood_of(views, numbers)
    own = np.array([number == proposed for number in numbers])
    nats = together + limits.proposed * own
    order = np.argsort(-nats, kind="stable")
    best = order[0]
    return LineReading(
        line,
        place,
        pieces or (),
        tuple(numbers[i] for i in order),
        nats[order],
        float(np.exp(together[best])),
        views[int(np.argmax(each[:, best]))],
        sure,
    )
