"""What only the training of the sequence model needs: its first weights, targets and gradient."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from digitnet.nn.functions import Array
from digitnet.nn.network import Parameters
from digitnet.numbers.ctc import BLANK, Floats, Number, occupied
from digitnet.numbers.sequence_model import LAYERS, Layer, SequenceModel, unfold


def untrained(rng: np.random.Generator, layers: Sequence[Layer] = LAYERS) -> SequenceModel:
    """Draw the first weights as `digitnet.nn.network.Network` does."""
    network = SequenceModel(layers)
    for W, f in zip(network.W, network.fs, strict=True):
        W[:] = rng.standard_normal(W.shape) * np.sqrt(f.gain / W.shape[1])
    return network


def fold(V: Array, layer: Layer) -> Array:
    """∂c/∂A from V = ∂c/∂S: a place that occurs several times in S gets the sum."""
    _, places, apart = layer
    width = V.shape[1]
    parts = V.reshape(places, -1, width)
    v = np.zeros((parts.shape[1], width + (places - 1) * apart), V.dtype)
    for i, part in enumerate(parts):
        v[:, i * apart :][:, :width] += part
    return v


def ctc_targets(P: Floats, numbers: Sequence[Number]) -> Floats:
    """Targets y at each place, for lines of known numbers: shape (N, T, 11).

    They are the expectation over all paths of the number, so that the network learns by itself
    where the digits are. They sum to 1 at each place. For a softmax, ∂c/∂z = ŷ - y where c is -ln
    of the probability of the number.

    Parameters
    ----------
    P : ndarray, shape (N, T, 11)
    numbers : sequence of N tuples of int
    """
    y = np.zeros_like(P)
    for targets, at, number in zip(y, occupied(P, numbers), numbers, strict=True):
        classes = np.full(at.shape[1], BLANK)
        classes[1 : 2 * len(number) : 2] = number
        targets[:] = at @ (classes[:, np.newaxis] == np.arange(BLANK + 1))
    return y


def backward(network: SequenceModel, X: Array, A: Sequence[Array], y: Array) -> Parameters:
    """v^(L) = ŷ - y, v^(n) = f'(Z^(n)) ⊙ fold(W^(n+1)ᵀ · v^(n+1)); the cost is the cross-entropy.

    Parameters
    ----------
    network : SequenceModel
    X : ndarray, shape (SIZE, T)
    A : sequence of ndarray
        ``network.forward(X)``.
    y : ndarray, shape (11, T - 2 reach)
        Targets.

    Returns
    -------
    gradient : Parameters
        ∂c/∂W^(n) = v^(n) · S^(n)ᵀ and ∂c/∂B^(n) = v^(n) · 1, means over the places.
    """
    gradient = Parameters(network.shapes)
    below = [X, *A]
    v = (A[-1] - y) / np.float32(y.shape[1])
    for n in range(len(A) - 1, -1, -1):
        np.dot(v, unfold(below[n], network.layers[n]).T, out=gradient.W[n])
        np.sum(v, axis=1, keepdims=True, out=gradient.B[n])
        if n:
            v = fold(network.W[n].T @ v, network.layers[n])
            v *= network.fs[n - 1].derivative(below[n])
    return gradient
