"""Fit a small network to a curve: a network is a function approximator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from digitnet.nn.descent import SCHEDULES, Adam
from digitnet.nn.functions import Array, named
from digitnet.nn.network import Network

_POINTS: Final = 41
_RATE: Final = 0.1
"""α of the first step; it falls to 0 as a cosine."""
_LOW, _HIGH = 0.2, 0.8
"""Range of outputs to which the curve is scaled: a sigmoid approaches 0 and 1 only slowly."""


@dataclass(frozen=True)
class Curve:
    """A function of one number, with the interval on which it is learned."""

    name: str
    of: Callable[[Array], Array]
    low: float
    high: float

    def between(self, count: int) -> Array:
        """So many x from low to high, shape (1, count)."""
        return np.linspace(self.low, self.high, count).reshape(1, -1)


CURVES: Final = {
    curve.name: curve
    for curve in (
        Curve("2^x", np.exp2, -2, 2),
        Curve("x^2-2x+1.5", lambda x: x**2 - 2 * x + 1.5, -1, 3),
        Curve("sin", np.sin, -np.pi, np.pi),
        Curve("abs", np.abs, -2, 2),
        Curve("x^3", lambda x: x**3, -2, 2),
    )
}
"""The curves by name."""


class Fit:
    """A network of 1 input, some neurons and 1 output that is fitted to a curve.

    Parameters
    ----------
    curve : str
        A name of `CURVES`.
    neurons : int
    steps : int
        Steps of Adam, each over all points.
    seed : int
        Of the first weights.

    Attributes
    ----------
    taken : int
        Steps so far.

    Raises
    ------
    TrainingError
        If there is no curve of that name.
    """

    def __init__(self, curve: str, neurons: int = 8, steps: int = 5000, seed: int = 2) -> None:
        self.curve = named(CURVES, curve, "curve")
        self.steps, self.taken = steps, 0
        rng = np.random.default_rng(seed)
        self.network = Network((1, neurons, 1), "sigmoid", rng=rng, dtype=np.float64)
        values = self.curve.of(self.curve.between(_POINTS))
        self.least, self.span = float(values.min()), float(np.ptp(values))

    def of(self, X: Array) -> Array:
        """The network's value at x, in the curve's units: shape (1, n)."""
        shares = (self.network.forward(X).A[-1] - _LOW) / (_HIGH - _LOW)
        return np.asarray(self.least + self.span * shares)

    def error(self) -> float:
        """Largest difference from the curve, also between the points that it was fitted to."""
        X = self.curve.between(10 * _POINTS)
        return float(np.abs(self.of(X) - self.curve.of(X)).max())

    def run(self) -> Iterator[int]:
        """Take the steps, and yield their number before the first and after each."""
        X = self.curve.between(_POINTS)
        y = _LOW + (self.curve.of(X) - self.least) / self.span * (_HIGH - _LOW)
        adam, cosine = Adam(self.network.parameters), SCHEDULES["cosine"]
        yield 0
        for step in range(self.steps):
            gradient = self.network.backward(self.network.forward(X), y)
            adam.step(gradient, _RATE * cosine(step / self.steps))
            self.taken = step + 1
            yield self.taken
