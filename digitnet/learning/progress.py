"""How far a run of training is: what it needs to go on later, and when it is reported."""

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
"""Of the first epoch, after which there is a report: each doubles what was learned from."""
DIVERGED: Final = 2.0
"""Times the cost before training; a run that learns stays below the cost it began with."""

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
    """How far a run is, as plain facts; with the arrays of the run it can go on from there.

    Attributes
    ----------
    rng : mapping
        State of the generator when the epoch began, so that its order can be drawn again.
    limit : float
        Mean cost of an example above which the run has diverged.
    step : int
        Steps taken.
    total, seconds : float
        Of the epoch so far: the sum of the examples' costs, and the time.
    last_cost : float or None
        Mean cost of an example in the last whole epoch.
    kept : int
        The epoch whose weights the network has, as far as it is whole.
    best_accuracy : float
        The best validation accuracy; -1 before any.
    best_epoch : int
        The epoch that had it, counted from 1.
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

    def update(self, accuracy: float, epoch: int) -> bool:
        """Take an epoch's validation accuracy; True if it is the best so far, not only as good."""
        better = accuracy > self.best_accuracy
        self.waited = 0 if better else self.waited + 1
        if better:
            self.best_accuracy, self.best_epoch = accuracy, epoch
        return better


def next_reports(step: int, steps: int) -> dict[int, float]:
    """Return the steps of this epoch after which there is a report, and its share done by then.

    Parameters
    ----------
    step : int
        Steps that the run has taken.
    steps : int
        Of an epoch. Of shares that end with the same step, the largest is reported.
    """
    epoch = step // steps
    within = {} if epoch else {math.ceil(share * steps): share for share in SHARES}
    due = {**within, (epoch + 1) * steps: 1.0}
    return {last: share for last, share in due.items() if last > step}


def is_finite(cost: float, vector: Array) -> bool:
    """Whether the cost and every weight are finite."""
    return math.isfinite(cost) and bool(np.isfinite(vector).all())


def divergence(epoch: int, cost: float, learning_rate: float) -> TrainingError:
    """Make the error that says in which epoch a cost grew instead of falling, and what to try."""
    return TrainingError(
        f"The training diverged in epoch {epoch}.",
        f"Expected the cost to fall, found {cost:.3g} with learning rate {learning_rate:g}.",
        f"Lower it: try {{parameter}} {learning_rate / 10:g}.",
        "learning_rate",
    )
