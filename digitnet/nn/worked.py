"""The essay's examples: a network of two neurons, descent on a parabola, and a fitted curve.

A network is a function approximator: a small one comes close to any curve.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from digitnet.nn.descent import SCHEDULES, Adam, GradientDescent
from digitnet.nn.functions import Array, named
from digitnet.nn.network import Network, Parameters

H: Final = 1e-5
"""Step of a difference: small, but far above the rounding of float64."""
_POINTS: Final = 41
_RATE: Final = 0.1
"""α of the first step; it falls to 0 as a cosine."""
_LOW, _HIGH = 0.2, 0.8
"""Range of outputs to which the curve is scaled: a sigmoid approaches 0 and 1 only slowly."""


def two_neurons() -> tuple[Network, Array, Array]:
    """w0 = 0.5, b0 = 1, w1 = 1, b1 = 0, sigmoid, quadratic cost; x = 1 and y = 0.

    Returns
    -------
    network : Network
        Of float64.
    X, y : ndarray, shape (1, 1)
    """
    network = Network((1, 1, 1), "sigmoid", "quadratic", dtype=np.float64)
    network.W[0][:], network.B[0][:] = 0.5, 1
    network.W[1][:], network.B[1][:] = 1, 0
    return network, np.array([[1.0]]), np.array([[0.0]])


def cost_of(network: Network, X: Array, y: Array) -> float:
    """Mean cost of the examples."""
    passed = network.forward(X)
    total = network.cost.total(passed.Z[-1], passed.A[-1], y)
    return float(total / X.shape[1])


def central_differences(network: Network, X: Array, y: Array, h: float = H) -> Array:
    """∂c/∂w ≈ (c(w + h) - c(w - h)) / 2h, one weight at a time; the network is unchanged.

    Parameters
    ----------
    network : Network
        Of float64.
    X : ndarray, shape (inputs, batch)
    y : ndarray, shape (outputs, batch)
    h : float

    Returns
    -------
    ndarray, shape (count,)
        In the order of `Parameters.vector`; `Network.backward` computes the same by the chain rule.
    """
    vector = network.parameters.vector
    found = np.empty_like(vector)
    for n, weight in enumerate(vector.tolist()):
        vector[n] = weight + h
        above = cost_of(network, X, y)
        vector[n] = weight - h
        found[n] = (above - cost_of(network, X, y)) / (2 * h)
        vector[n] = weight
    return found


def descend(learning_rate: float, steps: int, start: float = -1.0) -> list[float]:
    """Gradient descent on x² - 2x + 1.5, whose derivative is 2x - 2 and whose minimum is at 1.

    Parameters
    ----------
    learning_rate : float
        α.
    steps : int
    start : float

    Returns
    -------
    list of float
        x before the first step, and after each.
    """
    at, slope = Parameters([(1, 1)], np.float64), Parameters([(1, 1)], np.float64)
    x = at.W[0]
    x[:] = start
    descent = GradientDescent(at)
    way = [x.item()]
    for _ in range(steps):
        slope.W[0][:] = 2 * x - 2
        descent.step(slope, learning_rate)
        way.append(x.item())
    return way


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
