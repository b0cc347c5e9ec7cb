"""The network that learns, where it differs from the network that is kept.

Two things help a small network to learn and cost nothing afterwards:

centring    the mean picture μ is taken from every X (LeCun et al., "Efficient BackProp",
            1998); since W(X - μ) + B = W X + (B - W μ), the kept network takes X as it is
averaging   the kept weights are a running mean of the learner's, w̄ ← w̄ + (1 - d)(w - w̄)
            (Polyak and Juditsky 1992)
"""

from __future__ import annotations

import numpy as np

from digitnet.nn.batches import Examples
from digitnet.nn.functions import Array
from digitnet.nn.network import Network


class Learner:
    """A copy of a network that learns in its stead.

    Parameters
    ----------
    kept : Network
        The network to write to.
    centre : ndarray, shape (inputs,), optional
        μ.
    average : float
        d, from 0 to 1; 0 keeps the weights as they are.

    Attributes
    ----------
    network : Network
        Learns from X - μ.
    mean : ndarray
        w̄, as `Parameters.vector`.
    """

    def __init__(self, kept: Network, centre: Array | None = None, average: float = 0.0) -> None:
        self.kept, self.centre, self.average = kept, centre, average
        self.network = kept
        if centre is not None or average:
            self.network = Network(kept.sizes, kept.f.name, kept.cost.name, dtype=kept.dtype)
            self.network.parameters.vector[:] = kept.parameters.vector
        if centre is not None:
            self.network.B[0] += kept.W[0] @ centre[:, None]
        self.mean = self.network.parameters.vector.copy()
        self._scratch = np.empty_like(self.mean)

    def remember(self) -> None:
        """w̄ ← w̄ + (1 - d)(w - w̄), after a step."""
        if self.average:
            np.subtract(self.network.parameters.vector, self.mean, out=self._scratch)
            self._scratch *= 1 - self.average
            self.mean += self._scratch

    def publish(self) -> None:
        """Write w̄ to the kept network, as W and B for an X that is not centred."""
        if self.network is self.kept:
            return
        self.kept.parameters.vector[:] = (
            self.mean if self.average else self.network.parameters.vector
        )
        if self.centre is not None:
            self.kept.B[0] -= self.kept.W[0] @ self.centre[:, None]


def mean_picture(examples: Examples) -> Array:
    """μ: the mean of all pictures, brightness from 0 to 1, shape (inputs,)."""
    rows = examples.images.reshape(len(examples.images), -1)
    scale = 255 if rows.dtype == np.uint8 else 1
    mean: Array = rows.sum(axis=0, dtype=np.float64) / (len(rows) * scale)
    return mean
