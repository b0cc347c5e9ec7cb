"""What the looks along a line mean together: the numbers that it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from digitnet.lines.columns import STEP
from digitnet.lines.looks import Look
from digitnet.lines.paths import NOTHING, Floats, Number, batch, likeliest_path, log_likelihood
from digitnet.lines.strip import DIGIT, first_column


@dataclass(frozen=True)
class WeighLimits:
    """What speaks for a number beside what the looks say of it."""

    agreed: float = 2.0
    """Nats in favour of the number that the pieces say."""
    empty: float = 8.0
    """Nats against taking what is before the first piece, or behind the last, for no writing."""


@dataclass(frozen=True, eq=False)
class LineAnswer:
    """Which numbers a line may be.

    Attributes
    ----------
    numbers : tuple of tuple of int
        The likeliest first.
    shares : ndarray, shape (n,)
        Of all that were thought of: they sum to 1.
    likelihood : float
        Of the first, from 0 to 1: the mean square of the root of what the looks say of it. It is
        low where the line is not like writing.
    look : Look
        The one that says it most clearly.
    """

    numbers: tuple[Number, ...]
    shares: Floats
    likelihood: float
    look: Look

    @property
    def number(self) -> Number:
        """The answer."""
        return self.numbers[0]


def weighed(
    looks: Sequence[Look], proposed: Number | None = None, limits: WeighLimits = WeighLimits()
) -> LineAnswer:
    """Weigh every number that a look or the pieces propose by what all the looks say of it.

    Parameters
    ----------
    looks : sequence of Look
        At least one.
    proposed : tuple of int, optional
        What the pieces of the ink say, each read alone.
    limits : WeighLimits
    """
    ways = [_with_ends(look, ends) for look in looks for ends in _ENDS]
    costs = limits.empty * np.array([sum(ends) for ends in _ENDS])
    said = {likeliest_path(P) for P in ways}
    numbers = sorted(said if proposed is None else said | {proposed})
    logs = log_likelihood(np.repeat(batch(ways), len(numbers), axis=0), numbers * len(ways))
    logs = logs.reshape(len(looks), len(_ENDS), len(numbers)) - costs[:, np.newaxis]
    logs = np.logaddexp.reduce(logs, axis=1) - np.logaddexp.reduce(-costs)
    likelihood = np.exp(logs / 2).mean(axis=0) ** 2
    same = np.array([number == proposed for number in numbers])
    weights = np.sqrt(likelihood) * np.exp(limits.agreed * same)
    order = np.argsort(-weights, kind="stable")
    best = order[0]
    return LineAnswer(
        tuple(numbers[i] for i in order),
        weights[order] / max(weights.sum(), np.finfo(float).tiny),
        float(likelihood[best]),
        looks[int(np.argmax(logs[:, best]))],
    )


_ENDS: Final = ((False, False), (False, True), (True, False), (True, True))
"""Whether nothing is written before the first piece, and behind the last one."""


def _with_ends(look: Look, empty: tuple[bool, bool]) -> Floats:
    """What the look says, with nothing before the first piece, or behind the last one."""
    place = look.place
    per = STEP * place.height / DIGIT
    at = first_column(place) + per * (np.arange(len(look.P)) + 0.5)
    beyond = (empty[0] & (at < place.first)) | (empty[1] & (at > place.last))
    P: Floats = np.where(beyond[:, np.newaxis], np.arange(look.P.shape[1]) == NOTHING, look.P)
    return P
