"""A report on one epoch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class EpochReport:
    """What one epoch did.

    Attributes
    ----------
    epoch : int
        Counted from 1.
    cost : float
        Mean cost of a training example, each taken just before the step it made.
    validation_accuracy : float or None
        Share of right answers on the validation digits, 0 to 1, if there are any.
    examples : int
        Training digits used.
    seconds : float
        Time that the epoch took, without the validation.
    """

    epoch: int
    cost: float
    validation_accuracy: float | None
    examples: int
    seconds: float
