"""Whether the accuracy of a run is significantly above always giving the same answer."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from digitnet.datasets.digits import Digits
from digitnet.datasets.normalised import normalised
from digitnet.errors import TrainingError
from digitnet.learning.session import Session
from digitnet.nn.evaluation import evaluate

ENOUGH: Final = 100
"""Least held-out digits; with fewer, luck and learning cannot be distinguished."""
LUCK: Final = 3.0
"""Standard errors above the expected accuracy: by luck, it is exceeded once in a thousand sets."""


def check_learned(run: Session) -> None:
    """Refuse weights whose accuracy always answering the most frequent digit may reach by luck.

    It is measured on validation digits, or else on test digits; if too few are held out, on the
    training digits.

    Raises
    ------
    TrainingError
        If the current network has learned nothing.
    """
    kind, digits = _judges(run)
    found = evaluate(run.network, digits, run.inputs).accuracy
    counts = np.bincount(digits.labels)
    often = int(counts.argmax())
    share = float(counts[often] / len(digits))
    luck = LUCK * math.sqrt(share * (1 - share) / len(digits))
    if found <= share + luck:
        raise TrainingError(
            "This run learned nothing, and its weights are not saved.",
            f"Expected more than {share + luck:.2%} of {len(digits):,} {kind} digits right, which "
            f"always answering {often} may give by luck; found {found:.2%}.",
            "Try a smaller {parameter}, more epochs, or more neurons in the hidden layer.",
            "learning_rate",
        )


def _judges(run: Session) -> tuple[str, Digits]:
    if len(run.validation) >= ENOUGH:
        return "validation", run.validation
    if len(run.digits.test) >= ENOUGH:
        return "test", normalised(run.digits.test, run.targets, run.cache)
    return "training", run.learned
