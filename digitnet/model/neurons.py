"""What a neuron does: its weights to the digits, and the digits that activate it most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digitnet.model.model import Model
from digitnet.nn.functions import Array

Float = NDArray[np.float64]


@dataclass(frozen=True)
class NeuronLimits:
    """When a neuron is dead, or like another one.

    Attributes
    ----------
    dead : float
        Most strength of a dead neuron, by that of the strongest neuron of the layer.
    alike : float
        Least correlation of the activations of two neurons that are alike; below -alike they are
        opposite.
    """

    dead: float = 0.01
    alike: float = 0.95


LIMITS: Final = NeuronLimits()


@dataclass(frozen=True, eq=False)
class Neuron:
    """A neuron of the first layer.

    Attributes
    ----------
    number : int
        Its row of W0.
    weights : ndarray, shape (inputs,)
    bias : float
    says : ndarray, shape (10,)
        Its weight to each output: how much z of the output changes if its activation rises by 1.
        With further layers: the product of their weights, without f. Without hidden layers: 1 for
        its own output.
    strength : float
        Standard deviation over the digits of its product in the output that it changes most.
    activations : ndarray, shape (N,)
        For each digit.
    dead : bool
        Whether its strength is negligible.
    like : tuple of (int, float), or None
        An earlier neuron with correlated activations, and the correlation.
    """

    number: int
    weights: Array
    bias: float
    says: Float
    strength: float
    activations: Array
    dead: bool
    like: tuple[int, float] | None

    def speaks(self, most: int = 2) -> tuple[list[int], list[int]]:
        """Digits with positive and with negative weights, the largest first, down to half of it."""
        order = np.argsort(-self.says, kind="stable")
        least = np.abs(self.says).max() / 2
        said_for = [int(d) for d in order[:most] if self.says[d] >= least > 0]
        against = [int(d) for d in order[::-1][:most] if -self.says[d] >= least > 0]
        return said_for, against

    def excited_by(self, most: int) -> list[int]:
        """Indices of the digits that activate it most, the highest activation first."""
        return [int(i) for i in np.argsort(-self.activations, kind="stable")[:most]]


def neurons(model: Model, images: NDArray[np.uint8], limits: NeuronLimits = LIMITS) -> list[Neuron]:
    """Describe each neuron of the first layer by its activations for some digits.

    Parameters
    ----------
    model : Model
    images : ndarray of uint8, shape (N, 28, 28)
        Normalised as the model's training digits were.
    limits : NeuronLimits
    """
    network = model.network
    X = model.shown(images).astype(network.dtype).T
    A = network.forward(X).A[0]
    says = _ways(network.W)
    strength = A.std(axis=1, dtype=np.float64) * np.abs(says).max(axis=0)
    dead = strength <= limits.dead * strength.max()
    like = _alike(A, dead, limits.alike)
    return [
        Neuron(
            n,
            network.W[0][n],
            float(network.B[0][n, 0]),
            says[:, n],
            float(strength[n]),
            A[n],
            bool(dead[n]),
            like[n],
        )
        for n in range(len(A))
    ]


def _ways(W: list[Array]) -> Float:
    """Product of the weights after the first layer, the last first: shape (outputs, neurons)."""
    way = np.eye(len(W[0]))
    for behind in W[1:]:
        way = behind @ way
    return way


def _alike(A: Array, dead: NDArray[np.bool_], least: float) -> list[tuple[int, float] | None]:
    """For each neuron, the earlier one with the most correlated activations."""
    found: list[tuple[int, float] | None] = [None] * len(A)
    alive = np.flatnonzero(~dead)
    if len(alive) < 2:
        return found
    r: Float = np.atleast_2d(np.corrcoef(A[alive].astype(np.float64)))
    for place, n in enumerate(alive.tolist()):
        earlier = np.abs(r[place, :place])
        if place and earlier.max() >= least:
            best = int(earlier.argmax())
            found[n] = int(alive[best]), float(r[place, best])
    return found
