"""The essay's worked examples: a network of two neurons, and descent on a parabola."""

from __future__ import annotations

from typing import Final

import numpy as np

from digitnet.nn.descent import GradientDescent
from digitnet.nn.functions import Array
from digitnet.nn.network import Network, Parameters

H: Final = 1e-5
"""Step of a difference: small, but far above the rounding of float64."""


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
