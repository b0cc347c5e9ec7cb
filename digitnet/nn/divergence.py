"""Divergence: a cost that grows instead of falling."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from digitnet.errors import TrainingError
from digitnet.nn.functions import Array

DIVERGED: Final = 2.0
"""Times the cost before training; a run that learns stays below the cost it began with."""


def has_end(cost: float, vector: Array) -> bool:
    """Whether the cost and every weight are finite."""
    return math.isfinite(cost) and bool(np.isfinite(vector).all())


def divergence(epoch: int, cost: float, learning_rate: float) -> TrainingError:
    """Make the error that says in which epoch, and what learning rate to try."""
    return TrainingError(
        f"The training diverged in epoch {epoch}.",
        f"Expected the cost to fall, found {cost:.3g} with learning rate {learning_rate:g}.",
        f"Lower it: try {{parameter}} {learning_rate / 10:g}.",
        "learning_rate",
    )
