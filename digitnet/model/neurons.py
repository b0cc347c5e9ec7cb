"""What a neuron is for: which digits it speaks for and against, and what excites it."""

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
    """When a neuron is said to do nothing, or what another does.

    Attributes
    ----------
    dead : float
        Share of what the strongest neuron of the layer changes in an output, from digit to
        digit; one that changes less says nothing.
    alike : float
        Correlation of two neurons' activations over the digits, from which on they do the same;
        below -alike they do the opposite.
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
        How much it raises z of each output as its activation rises by 1: above 0 it speaks for
        that digit, below against it. Behind further layers: the product of the weights on the
        way, without their f. Of a network without hidden layers, 1 for its own output.
    strength : float
        Standard deviation over the digits of what it adds to the output it changes most.
    activations : ndarray, shape (N,)
        For each digit.
    dead : bool
        Whether its strength is next to nothing.
    like : tuple of (int, float), or None
        An earlier neuron whose activations go with its own, and their correlation.
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
        """Digits it speaks for and against, the strongest first, each by half as much at least."""
        order = np.argsort(-self.says, kind="stable")
        least = np.abs(self.says).max() / 2
        said_for = [int(d) for d in order[:most] if self.says[d] >= least > 0]
        against = [int(d) for d in order[::-1][:most] if -self.says[d] >= least > 0]
        return said_for, against

    def excited_by(self, most: int) -> list[int]:
        """Digits, by their index, that excite it most, the most exciting first."""
        return [int(i) for i in np.argsort(-self.activations, kind="stable")[:most]]


def neurons(model: Model, images: NDArray[np.uint8], limits: NeuronLimits = LIMITS) -> list[Neuron]:
    """Look at each neuron of the first layer while the network reads some digits.

    Parameters
    ----------
    model : Model
    images : ndarray of uint8, shape (N, 28, 28)
        Prepared as the model's were.
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
    """Product of the weights behind the first layer, the last first: shape (outputs, neurons)."""
    way = np.eye(len(W[0]))
    for behind in W[1:]:
        way = behind @ way
    return way


def _alike(A: Array, dead: NDArray[np.bool_], least: float) -> list[tuple[int, float] | None]:
    """Of each neuron, the earlier one whose activations go with its own most."""
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
