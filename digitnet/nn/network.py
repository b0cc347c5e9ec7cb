"""The network: W and B; forward computes Z and A; backward computes v and the gradients.

Layers are counted from 0 and the input X is no layer. A column is an example:
W^(n) is (neurons out, neurons in), B^(n) is (neurons, 1), Z^(n), A^(n) and
v^(n) are (neurons, batch).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import DTypeLike

from digitnet.errors import TrainingError
from digitnet.nn.costs import COSTS
from digitnet.nn.functions import ACTIVATIONS, Array, named

MOST_WEIGHTS: Final = 10_000_000
"""Most numbers in W and B; training has up to eight copies of them, 320 MB."""


class Parameters:
    """W and B of every layer, as views into one vector.

    The weights of a network and the gradient of its cost have this same shape;
    one vector lets a step of gradient descent move them all at once.

    Parameters
    ----------
    shapes : sequence of tuple of int
        Of each layer's W: neurons out, neurons in.
    dtype : dtype
        float32 or float64.

    Attributes
    ----------
    vector : ndarray, shape (count,)
        All numbers: W^(0), B^(0), W^(1), B^(1), …
    W : list of ndarray, shape (neurons out, neurons in)
    B : list of ndarray, shape (neurons, 1)
    """

    def __init__(self, shapes: Sequence[tuple[int, int]], dtype: DTypeLike = np.float32) -> None:
        self.vector = np.zeros(sum(n * m + n for n, m in shapes), dtype)
        self.W: list[Array] = []
        self.B: list[Array] = []
        start = 0
        for n, m in shapes:
            self.W.append(self.vector[start : start + n * m].reshape(n, m))
            self.B.append(self.vector[start + n * m : start + n * m + n].reshape(n, 1))
            start += n * m + n


class Pass:
    """The arrays of one forward and backward pass over a mini-batch.

    They are allocated once for a batch size and reused, so that training does not
    allocate memory in its inner loop.

    Attributes
    ----------
    Z, A, v : list of ndarray, shape (neurons, batch)
        Weighted inputs, activations and ∂c/∂Z of each layer, c being the mean over the batch.
    ones : ndarray, shape (batch, 1)
        v · 1 is the sum of v over the batch.
    share : ndarray, shape ()
        1 / batch: the weight of each example in the mean c.
    gradient : Parameters
        ∂c/∂W and ∂c/∂B, filled by `Network.backward`.
    """

    def __init__(
        self, shapes: Sequence[tuple[int, int]], batch: int, dtype: DTypeLike = np.float32
    ) -> None:
        def per_layer() -> list[Array]:
            return [np.empty((n, batch), dtype) for n, _ in shapes]

        self.X: Array = np.empty((shapes[0][1], 0), dtype)
        self.Z, self.A, self.v, self.slope = (per_layer() for _ in range(4))
        self.ones = np.ones((batch, 1), dtype)
        self.share = np.array(1 / batch, dtype)
        self.gradient = Parameters(shapes, dtype)


class Network:
    """A^(n) = f(W^(n) · A^(n-1) + B^(n)), from A^(-1) = X to the output ŷ = A^(L).

    Parameters
    ----------
    sizes : sequence of int
        Neurons of the input and of each layer, such as (784, 15, 10).
    activation : str
        f of every layer: ``sigmoid``, ``relu``, ``tanh``, ``leaky-relu`` or ``step``.
    cost : str
        ``quadratic``, ``cross-entropy`` or ``softmax-cross-entropy``. The last two
        have their own f for the output layer, a sigmoid and a softmax.
    rng : numpy.random.Generator, optional
        Draws the first weights: W from a normal distribution of variance 1/m for m
        neurons in (LeCun et al. 1998), 2/m for ReLU (He et al. 2015); B is 0.
        By default a new one: weights of 0 would all get the same steps and stay equal.
    dtype : dtype
        float32 by default, or float64.

    Raises
    ------
    TrainingError
        For fewer than two sizes, a size below 1, too many weights, or an unknown name.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        activation: str = "sigmoid",
        cost: str = "quadratic",
        rng: np.random.Generator | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        if len(sizes) < 2 or min(sizes) < 1:
            raise TrainingError(
                f"A network of layers {list(sizes)} cannot be built.",
                "Expected the inputs and at least one layer, each of 1 neuron or more.",
                "Give sizes such as 784, 15, 10.",
            )
        self.sizes = tuple(int(n) for n in sizes)
        self.shapes = [(n, m) for m, n in pairwise(self.sizes)]
        count = sum(n * (m + 1) for n, m in self.shapes)
        if count > MOST_WEIGHTS:
            raise TrainingError(
                f"A network of layers {list(sizes)} does not fit into memory.",
                f"Expected at most {MOST_WEIGHTS:,} weights, found {count:,}.",
                "Give fewer neurons.",
            )
        self.f = named(ACTIVATIONS, activation, "activation")
        self.cost = named(COSTS, cost, "cost")
        self.parameters = Parameters(self.shapes, dtype)
        self.W, self.B = self.parameters.W, self.parameters.B
        self.fs = [self.f] * (len(self.W) - 1) + [self.cost.output or self.f]
        rng = np.random.default_rng() if rng is None else rng
        for W, f in zip(self.W, self.fs, strict=True):
            W[:] = rng.standard_normal(W.shape) * np.sqrt(f.gain / W.shape[1])

    @property
    def dtype(self) -> np.dtype[np.floating]:
        """float32 or float64."""
        return self.parameters.vector.dtype

    def forward(self, X: Array, into: Pass | None = None) -> Pass:
        """Z^(n) = W^(n) · A^(n-1) + B^(n) and A^(n) = f(Z^(n)) for every layer n.

        Parameters
        ----------
        X : ndarray, shape (inputs, batch)
            An example a column, brightness from 0 to 1.
        into : Pass, optional
            Arrays of an earlier pass over as many examples, to be written again.

        Returns
        -------
        Pass
            With Z and A of every layer; A[-1] is ŷ.
        """
        passed = into or Pass(self.shapes, X.shape[1], self.dtype)
        passed.X = A = X
        for n, f in enumerate(self.fs):
            Z = np.dot(self.W[n], A, out=passed.Z[n])
            Z += self.B[n]
            A = f.f(Z, out=passed.A[n])
        return passed

    def backward(self, passed: Pass, y: Array) -> Parameters:
        """v^(L) = 1/batch · ∂c/∂Z^(L), v^(n) = f'(Z^(n)) ⊙ (W^(n+1)ᵀ · v^(n+1)).

        c is the mean cost of the mini-batch, so that a learning rate suits every batch size: v is
        divided by the number of its examples once, and from it come ∂c/∂W^(n) = v^(n) · A^(n-1)ᵀ
        and ∂c/∂B^(n) = v^(n) · 1, sums over the mini-batch. No weight
        changes.

        Parameters
        ----------
        passed : Pass
            What `forward` returned.
        y : ndarray, shape (outputs, batch)
            The targets.

        Returns
        -------
        gradient : Parameters
            ∂c/∂W and ∂c/∂B of every layer, in `passed.gradient`.
        """
        W, A, v, slope, gradient = self.W, passed.A, passed.v, passed.slope, passed.gradient
        L = len(W) - 1
        self.cost.v(self.fs[L], A[L], y, out=v[L])
        v[L] *= passed.share
        for n in range(L, -1, -1):
            np.dot(v[n], (A[n - 1] if n else passed.X).T, out=gradient.W[n])
            np.dot(v[n], passed.ones, out=gradient.B[n])
            if n:
                np.dot(W[n].T, v[n], out=v[n - 1])
                v[n - 1] *= self.f.derivative(A[n - 1], out=slope[n - 1])
        return gradient

    def __repr__(self) -> str:
        return f"Network({'-'.join(map(str, self.sizes))}, {self.f.name}, {self.cost.name})"
