"""A report on how far the training has come; several on the first epoch, which teaches most."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

SHARES: Final = (1 / 16, 1 / 8, 1 / 4, 1 / 2)
"""Of the first epoch, after which there is a report: each doubles what was learned from."""


@dataclass(frozen=True)
class EpochReport:
    """What an epoch has done, at its end or, for the first epoch, so far.

    Attributes
    ----------
    epoch : float
        Epochs done: 0 before the first step, then 1/16, 1/8, 1/4, 1/2, and 1, 2, 3, …
    cost : float
        Mean cost of a training example in this epoch, each taken just before the step it made.
        Before the first step: of the first thousand examples.
    validation_accuracy : float or None
        Share of right answers on the validation digits, 0 to 1, if there are any.
    examples : int
        Training digits used in this epoch.
    seconds : float
        Time that they took, without the validation.
    """

    epoch: float
    cost: float
    validation_accuracy: float | None
    examples: int
    seconds: float

    @property
    def whole(self) -> bool:
        """Whether an epoch has ended."""
        return self.epoch >= 1 and self.epoch == int(self.epoch)


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
