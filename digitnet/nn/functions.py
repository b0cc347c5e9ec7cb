"""Activation functions, each with its derivative.

Every function works on whole arrays: a column is an example, a row a neuron.
Derivatives are functions of the activation a = f(z), which the forward pass has
computed, so that no exponential is computed twice. ``out`` names an array
that receives the result, as in NumPy; it may be the input itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import TrainingError

Array = NDArray[np.floating[Any]]
T = TypeVar("T")

# Numbers as arrays: on a mini-batch, converting a Python number takes as long as the arithmetic.
ZERO, HALF, ONE, TWO = (np.array(number, np.float32) for number in (0, 0.5, 1, 2))


class Activation:
    """One activation function f for the whole network."""

    name: ClassVar[str]
    gain: ClassVar[float] = 1.0
    """Variance of the first weights, times the neurons in: 1 after LeCun 1998, 2 after He 2015."""

    def f(self, Z: Array, out: Array | None = None) -> Array:
        """A = f(Z), element by element; shape and dtype of Z."""
        raise NotImplementedError

    def derivative(self, A: Array, out: Array | None = None) -> Array:
        """f'(Z) as a function of A = f(Z); shape and dtype of A."""
        raise NotImplementedError


class Sigmoid(Activation):
    """f(z) = 1 / (1 + e^-z)."""

    name = "sigmoid"

    def f(self, Z: Array, out: Array | None = None) -> Array:
        """Compute f(z) = (1 + tanh(z/2)) / 2, which is equal and cannot overflow."""
        A = np.multiply(Z, HALF, out=out)
        np.tanh(A, out=A)
        A *= HALF
        A += HALF
        return A

    def derivative(self, A: Array, out: Array | None = None) -> Array:
        """f'(z) = a (1 - a)."""
        slope = np.subtract(ONE, A, out=None if out is A else out)
        return np.multiply(A, slope, out=slope if out is None else out)


class Tanh(Activation):
    """f(z) = tanh z."""

    name = "tanh"

    def f(self, Z: Array, out: Array | None = None) -> Array:
        """A = tanh Z."""
        return np.tanh(Z, out=out)

    def derivative(self, A: Array, out: Array | None = None) -> Array:
        """f'(z) = 1 - a²."""
        slope = np.multiply(A, A, out=out)
        return np.subtract(ONE, slope, out=slope)


class ReLU(Activation):
    """f(z) = max(0, z)."""

    name = "relu"
    gain = 2.0

    def f(self, Z: Array, out: Array | None = None) -> Array:
        """A = max(0, Z)."""
        return np.maximum(Z, ZERO, out=out)

    def derivative(self, A: Array, out: Array | None = None) -> Array:
        """f'(z) = 1 where a > 0, else 0."""
        return np.sign(A, out=out)


class LeakyReLU(Activation):
    """f(z) = z where z > 0, else 0.2 z: the slope is never 0, no neuron dies (Xu et al. 2015)."""

    name = "leaky-relu"
    slope: ClassVar[float] = 0.2
    gain = 2 / (1 + slope**2)

    def f(self, Z: Array, out: Array | None = None) -> Array:
        """A = max(Z, 0.2 Z)."""
        A = np.multiply(Z, self.slope, out=None if out is Z else out)
        return np.maximum(Z, A, out=A if out is None else out)

    def derivative(self, A: Array, out: Array | None = None) -> Array:
        """f'(z) = 1 where a > 0, else 0.2."""
        slope = np.sign(A, out=out)
        return np.maximum(slope, self.slope, out=slope)


class Step(Activation):
    """f(z) = 1 where z > 0, else 0: the first artificial neuron."""

    name = "step"

    def f(self, Z: Array, out: Array | None = None) -> Array:
        """A = 1 where Z > 0, else 0."""
        A: Array = np.heaviside(Z, 0, out=out)
        return A

    def derivative(self, A: Array, out: Array | None = None) -> Array:  # noqa: ARG002
        """Refuse: the derivative is 0 everywhere and undefined at the step.

        Raises
        ------
        TrainingError
            Always.
        """
        raise TrainingError(
            "A network of binary steps cannot be trained by gradient descent.",
            "Gradient descent needs a slope; the step's is 0 on both sides and undefined between.",
            "Choose sigmoid, tanh, relu or leaky-relu; the step can still run forward.",
        )


class Softmax(Activation):
    """f(z)_i = e^z_i / Σ_j e^z_j: ten outputs that sum to 1; for the output layer only."""

    name = "softmax"

    def f(self, Z: Array, out: Array | None = None) -> Array:
        """Subtract the largest z of each column first, so that no e^z overflows."""
        A: Array = np.subtract(Z, np.maximum.reduce(Z), out=out)
        np.exp(A, out=A)
        A /= np.add.reduce(A)
        return A


ACTIVATIONS: Final[dict[str, Activation]] = {
    f.name: f for f in (Sigmoid(), ReLU(), Tanh(), LeakyReLU(), Step())
}
"""The activation functions of a network, by name."""


def named(choices: Mapping[str, T], name: str, kind: str) -> T:
    """Choose by name.

    Raises
    ------
    TrainingError
        If there is none of that name.
    """
    if name not in choices:
        raise TrainingError(
            f"There is no {kind} named {name!r}.",
            f"Expected one of: {', '.join(choices)}.",
            f"Choose one of these for the {kind}.",
        )
    return choices[name]
