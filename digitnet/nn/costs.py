"""Costs, each with its derivative.

Here c is the cost of one example. A step follows the mean over its mini-batch, for which
`Network.backward` divides v by the number of examples.
"""

from __future__ import annotations

from typing import ClassVar, Final

import numpy as np

from digitnet.nn.functions import TWO, Activation, Array, Sigmoid, Softmax


class Cost:
    """The cost c, and ∂c/∂Z of the output layer, from which v^(L) follows."""

    name: ClassVar[str]
    output: ClassVar[Activation | None] = None
    """The output layer's f, if the cost requires one; None: the network's own."""

    def c(self, Z: Array, A: Array, y: Array) -> Array:
        """Cost of each example, shape (batch,), from the output layer's Z, A and the targets."""
        raise NotImplementedError

    def total(self, Z: Array, A: Array, y: Array) -> float:
        """Σ c over the batch."""
        return float(np.add.reduce(self.c(Z, A, y)))

    def v(self, f: Activation, A: Array, y: Array, out: Array | None = None) -> Array:
        """∂c/∂Z^(L) of each example, shape (outputs, batch): v^(L), times the size of the batch."""
        raise NotImplementedError


class Quadratic(Cost):
    """c = Σ (ŷ - y)², without the ½ that other books have."""

    name = "quadratic"

    def c(self, Z: Array, A: Array, y: Array) -> Array:  # noqa: ARG002
        """c = Σ (a - y)² over the outputs."""
        c: Array = np.add.reduce(np.square(A - y))
        return c

    def total(self, Z: Array, A: Array, y: Array) -> float:  # noqa: ARG002
        """Σ (a - y)² over outputs and batch, as the dot product of A - y with itself."""
        difference = A - y
        return float(np.vdot(difference, difference))

    def v(self, f: Activation, A: Array, y: Array, out: Array | None = None) -> Array:
        """v^(L) = f'(Z) ⊙ 2 (A - y)."""
        slope = f.derivative(A)
        v = np.subtract(A, y, out=out)
        v *= TWO
        v *= slope
        return v


class CrossEntropy(Cost):
    """c = -Σ (y ln a + (1 - y) ln(1 - a)) with a sigmoid output."""

    name = "cross-entropy"
    output: ClassVar[Activation | None] = Sigmoid()

    def c(self, Z: Array, A: Array, y: Array) -> Array:  # noqa: ARG002
        """c = Σ (ln(1 + e^z) - y z): the same number, finite for every z."""
        c: Array = np.add.reduce(np.logaddexp(0, Z) - y * Z)
        return c

    def v(self, f: Activation, A: Array, y: Array, out: Array | None = None) -> Array:  # noqa: ARG002
        """v^(L) = A - y: the sigmoid's derivative cancels."""
        return np.subtract(A, y, out=out)


class SoftmaxCrossEntropy(CrossEntropy):
    """c = -Σ y ln a with a softmax output; v^(L) = A - y as for the sigmoid."""

    name = "softmax-cross-entropy"
    output = Softmax()

    def c(self, Z: Array, A: Array, y: Array) -> Array:  # noqa: ARG002
        """c = Σ y (ln Σ_j e^z_j - z), with the largest z taken out of the logarithm."""
        top = np.maximum.reduce(Z)
        below = Z - top
        c: Array = np.add.reduce(y * (np.log(np.add.reduce(np.exp(below))) - below))
        return c


COSTS: Final[dict[str, Cost]] = {
    c.name: c for c in (Quadratic(), CrossEntropy(), SoftmaxCrossEntropy())
}
"""The costs, by name."""
