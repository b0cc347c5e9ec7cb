"""What the looks along a line mean together: the numbers that it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from digitnet.numbers.ctc import Floats, Number, batch, greedy_decode, log_likelihood
from digitnet.numbers.views import Look


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

    def confirmed(self, nats: float) -> LineAnswer:
        """The same answer, by so many nats likelier against all others."""
        shares = self.shares.copy()
        shares[0] *= np.exp(nats)
        return replace(self, shares=shares / shares.sum())


def weighed(
    looks: Sequence[Look], proposed: Number | None = None, agreed: float = 0.0
) -> LineAnswer:
    """Weigh every number that a look or the pieces propose by what all the looks say of it.

    Parameters
    ----------
    looks : sequence of Look
        At least one.
    proposed : tuple of int, optional
        What the pieces of the ink say, each read alone.
    agreed : float
        Nats in its favour.
    """
    said = {greedy_decode(look.P) for look in looks}
    numbers = sorted(said if proposed is None else said | {proposed})
    P = batch([look.P for look in looks])
    logs = log_likelihood(np.repeat(P, len(numbers), axis=0), numbers * len(looks))
    logs = logs.reshape(len(looks), len(numbers))
    likelihood = np.exp(logs / 2).mean(axis=0) ** 2
    same = np.array([number == proposed for number in numbers])
    weights = np.sqrt(likelihood) * np.exp(agreed * same)
    order = np.argsort(-weights, kind="stable")
    best = order[0]
    return LineAnswer(
        tuple(numbers[i] for i in order),
        weights[order] / max(weights.sum(), np.finfo(float).tiny),
        float(likelihood[best]),
        looks[int(np.argmax(logs[:, best]))],
    )
