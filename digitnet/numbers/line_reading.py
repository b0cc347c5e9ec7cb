"""Reading a line by both readers, and the posterior of the numbers that it may be.

The single-digit model reads the pieces of the ink, put together to digits; the sequence model
reads the line as a whole. Every number that one of them proposes is a hypothesis, and each is
scored by what both give it.
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
    """What a reader's word counts in the score of a hypothesis."""

    proposed: float = 2.5
    """Nats in favour of what the single-digit model proposes."""


@dataclass(frozen=True)
class SureLimits:
    """When a number is sure."""

    sure: float = 0.98
    """Probability of the number from which it is sure."""
    agreed: float = 0.7
    """The same where the pieces give that number, too, each sure of its digit."""
    legible: float = 0.05
    """Likelihood of the number by the sequence model; one with less is not sure, and where the
    pieces are too many to be read, and no line has more, they are a pattern."""


@dataclass(frozen=True, eq=False)
class LineReading:
    """The numbers that a line may be.

    Attributes
    ----------
    line : list of Piece
    place : Place
    pieces : tuple of Digit
        The digits of its pieces, each read alone; empty where they are too many.
    numbers : tuple of tuple of int
        The hypotheses, the likeliest first.
    nats : ndarray, shape (n,)
        Score of each.
    likelihood : float
        Of the first by the sequence model, from 0 to 1. It is low where the line is not like
        writing.
    view : View or None
        The one in which the first is likeliest; None if the sequence model was not asked.
    """

    line: Line
    place: Place
    pieces: Digits
    numbers: tuple[Number, ...]
    nats: Floats
    likelihood: float
    view: View | None

    @property
    def number(self) -> Number:
        """The likeliest number; of no digit if the line is likelier to be no writing."""
        return self.numbers[0]

    @property
    def probabilities(self) -> Floats:
        """Posterior probability of each hypothesis: they sum to 1."""
        return posterior(self.nats)

    @property
    def agreed(self) -> bool:
        """Whether the pieces give the same number."""
        return self.number == number_of(self.pieces)

    def is_sure(self, limits: SureLimits) -> bool:
        """Whether one number is likely, by both readers or clearly, and the line is legible."""
        both = self.agreed and all(digit.sure for digit in self.pieces)
        least = limits.agreed if both else limits.sure
        clear = self.probabilities[0] >= least and self.likelihood >= limits.legible
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

    A number that is clear in some views is likelier than one that is possible in all, but no
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
    line: Line, place: Place, pieces: Digits | None, views: Sequence[View], limits: ScoreLimits
) -> LineReading:
    """Score every number that the pieces or a view propose by what both models give it.

    s = ln p + proposed, in nats, with p by the sequence model; the second term for the number that
    the pieces propose.

    Parameters
    ----------
    line : list of Piece
    place : Place
    pieces : tuple of Digit or None
        What the pieces say, each read alone; None where they are too many to be read.
    views : sequence of View
        At least one.
    limits : ScoreLimits
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
    )
