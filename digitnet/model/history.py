"""The history of a run: its reports, and snapshots of the weights."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digitnet.model.model import Model
from digitnet.nn.functions import Array
from digitnet.nn.network import Network

MOST_WEIGHTS: Final = 50_000
"""Most weights of a network whose snapshots are kept: 100 kB a report."""
MOST_REPORTS: Final = 64
"""Most reports of a history, which every checkpoint contains; in a longer run, older reports are
thinned."""


@dataclass(frozen=True)
class EpochReport:
    """The result of an epoch, or of a part of the first one.

    Attributes
    ----------
    epoch : float
        Epochs done: 0 before the first step, then 1/16, 1/8, 1/4, 1/2, and 1, 2, 3, …
    cost : float
        Mean cost of the training examples in this epoch, each computed before its step; before
        the first step, that of the first thousand examples.
    validation_accuracy : float or None
        Accuracy on the validation digits, 0 to 1, if there are any.
    seconds : float
        Time of the epoch, without the validation.
    """

    epoch: float
    cost: float
    validation_accuracy: float | None
    seconds: float

    @property
    def whole(self) -> bool:
        """Whether an epoch has ended."""
        return self.epoch >= 1 and self.epoch == int(self.epoch)


@dataclass(frozen=True, eq=False)
class History:
    """The reports of a run, and snapshots of the weights, from the untrained network on.

    Attributes
    ----------
    layers : tuple of int
        Neurons of the input and of each layer.
    activation, inputs : str
        f of every layer, and the kind of input.
    reports : tuple of EpochReport
        In the order of their epochs: 0, 1/16, 1/8, 1/4, 1/2, 1, 2, …
    vectors : ndarray of float16, shape (reports, weights), or None
        Snapshots of `Parameters.vector`; None for a network of more than 50,000 weights. Values
        are clipped to ±65,504.
    weights : str
        SHA-256 of the final weights; "" during the run.
    """

    layers: tuple[int, ...]
    activation: str
    inputs: str
    reports: tuple[EpochReport, ...] = ()
    vectors: NDArray[np.float16] | None = None
    weights: str = ""

    @classmethod
    def of(cls, network: Network, inputs: str) -> History:
        """Make an empty history."""
        vectors = np.empty((0, len(network.parameters.vector)), np.float16)
        few = vectors.shape[1] <= MOST_WEIGHTS
        return cls(network.sizes, network.f.name, inputs, (), vectors if few else None)

    def __repr__(self) -> str:
        last = f"to epoch {self.reports[-1].epoch:g}" if self.reports else "of nothing yet"
        return f"History({'-'.join(map(str, self.layers))}, {len(self.reports)} reports {last})"

    @property
    def W(self) -> list[NDArray[np.float16]]:  # noqa: N802 - the essay's letter
        """W of each layer, shape (reports, neurons out, neurons in); empty for a large network."""
        return self._stacked()[::2]

    @property
    def B(self) -> list[NDArray[np.float16]]:  # noqa: N802
        """B of each layer, shape (reports, neurons, 1); empty for a large network."""
        return self._stacked()[1::2]

    def _stacked(self) -> list[NDArray[np.float16]]:
        found: list[NDArray[np.float16]] = []
        if self.vectors is None:
            return found
        start = 0
        for m, n in pairwise(self.layers):
            for shape in ((n, m), (n, 1)):
                size = shape[0] * shape[1]
                found.append(self.vectors[:, start : start + size].reshape(-1, *shape))
                start += size
        return found

    def seen(self, report: EpochReport, vector: Array) -> History:
        """Add a report and a snapshot, replacing an earlier report of the same epoch."""
        kept = [n for n, old in enumerate(self.reports) if old.epoch < report.epoch]
        if len(kept) == MOST_REPORTS:
            whole = [n for n in kept if self.reports[n].epoch >= 1]
            kept = sorted({*kept} - {*whole[:-1:2]})
        reports = (*(self.reports[n] for n in kept), report)
        if self.vectors is None:
            return replace(self, reports=reports)
        limit = float(np.finfo(np.float16).max)
        row = np.clip(vector, -limit, limit).astype(np.float16)
        return replace(self, reports=reports, vectors=np.vstack([self.vectors[kept], row]))

    def led_to(self, network: Network) -> History:
        """Record the final weights."""
        return replace(self, weights=_hash(network))

    def fits(self, model: Model) -> bool:
        """Whether it is the history of this model."""
        network = model.network
        named = network.sizes, network.f.name, model.inputs
        same = (self.layers, self.activation, self.inputs) == named
        return same and self.weights in ("", _hash(network))


def _hash(network: Network) -> str:
    return hashlib.sha256(network.parameters.vector.astype("<f4").tobytes()).hexdigest()
