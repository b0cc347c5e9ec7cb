"""Progress of a run: its state for resuming, and the times of its reports."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from digitnet.errors import TrainingError
from digitnet.model.schema import number, one_of, or_none, table, whole
from digitnet.nn.functions import Array

SHARES: Final = (1 / 16, 1 / 8, 1 / 4, 1 / 2)
"""Fractions of the first epoch after which there is a report; each doubles the examples."""
DIVERGED: Final = 2.0
"""Most cost by that before training; beyond it, a run has diverged."""
FIRST: Final = 1000
"""Examples for the cost before training."""

_128_BITS: Final = whole(0, 2**128 - 1)
PROGRESS: Final = table(
    {
        "step": whole(),
        "total": number(0),
        "seconds": number(0),
        "limit": number(0),
        "last_cost": or_none(number(0)),
        "rng": table(
            {
                "bit_generator": one_of(["PCG64"]),
                "state": table({"state": _128_BITS, "inc": _128_BITS}),
                "has_uint32": whole(0, 1),
                "uinteger": whole(0, 2**32 - 1),
            }
        ),
        "kept": whole(),
        "best_accuracy": number(-1, 1),
        "best_epoch": whole(),
        "waited": whole(),
    }
)
"""Rule of a `Progress` in a file."""


@dataclass
class Progress:
    """Progress of a run; with its arrays, the run can be resumed.

    Attributes
    ----------
    rng : mapping
        State of the generator at the start of the epoch, to draw its order again.
    limit : float
        Mean cost of an example above which the run has diverged.
    step : int
        Steps taken.
    total, seconds : float
        Sum of the costs and time of the epoch so far.
    last_cost : float or None
        Mean cost of an example in the last complete epoch.
    kept : int
        The epoch whose weights the network has.
    best_accuracy : float
        The best validation accuracy; -1 before any.
    best_epoch : int
        Its epoch, counted from 1.
    waited : int
        Epochs since then (Prechelt, "Early stopping", 1998).
    """

    rng: Mapping[str, Any]
    limit: float
    step: int = 0
    total: float = 0.0
    seconds: float = 0.0
    last_cost: float | None = None
    kept: int = 0
    best_accuracy: float = -1.0
    best_epoch: int = 0
    waited: int = 0

    @classmethod
    def before(cls, rng: Mapping[str, Any], cost: float) -> Progress:
        """Begin with the mean cost of an example before training."""
        return cls(rng, DIVERGED * cost)

    def update(self, accuracy: float, epoch: int) -> bool:
        """Record a validation accuracy; True if it is better than all before."""
        better = accuracy > self.best_accuracy
        self.waited = 0 if better else self.waited + 1
        if better:
            self.best_accuracy, self.best_epoch = accuracy, epoch
        return better


def next_reports(step: int, steps: int) -> dict[int, float]:
    """The steps of this epoch after which there is a report, and the fraction of the epoch by then.

    Parameters
    ----------
    step : int
        Steps of the run so far.
    steps : int
        Steps of an epoch. If several fractions end with the same step, the largest is reported.
    """
    epoch = step // steps
    within = {} if epoch else {math.ceil(share * steps): share for share in SHARES}
    due = {**within, (epoch + 1) * steps: 1.0}
    return {last: share for last, share in due.items() if last > step}


def is_finite(cost: float, vector: Array) -> bool:
    """Whether the cost and every weight are finite."""
    return math.isfinite(cost) and bool(np.isfinite(vector).all())


def divergence(epoch: int, cost: float, learning_rate: float) -> TrainingError:
    """Make the error for a cost that grew instead of falling."""
    return TrainingError(
        f"The training diverged in epoch {epoch}.",
        f"Expected the cost to fall, found {cost:.3g} with learning rate {learning_rate:g}.",
        f"Lower it: try {{parameter}} {learning_rate / 10:g}.",
        "learning_rate",
    )
