"""Whether the accuracy of a run is significantly above always giving the same answer."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from digitnet.errors import TrainingError
from digitnet.learning.session import Session
from digitnet.model.model import Model

ENOUGH: Final = 100
"""Least held-out digits; with fewer, luck and learning cannot be distinguished."""
LUCK: Final = 3.0
"""Standard errors above the expected accuracy: by luck, it is exceeded once in a thousand sets."""


def check_learned(run: Session, model: Model) -> None:
    """Refuse weights whose accuracy always answering the most frequent digit may reach by luck.

    It is measured on validation digits, or else on test digits; if too few are held out, on the
    training digits.

    Parameters
    ----------
    run : Session
    model : Model
        The result of the run, with its scores.

    Raises
    ------
    TrainingError
        If the network has learned nothing.
    """
    scores = model.about["scores"]
    if len(run.validation) >= ENOUGH:
        kind, found, labels = "validation", scores["validation_accuracy"], run.validation.labels
    elif len(run.digits.test) >= ENOUGH:
        kind, found, labels = "test", scores["test_accuracy"], run.digits.test.labels
    else:
        evaluation = model.evaluate(run.learned, prepared=True)
        kind, found, labels = "training", evaluation.accuracy, run.learned.labels
    counts = np.bincount(labels)
    often = int(counts.argmax())
    share = float(counts[often] / len(labels))
    luck = LUCK * math.sqrt(share * (1 - share) / len(labels))
    if found <= share + luck:
        raise TrainingError(
            "This run learned nothing, and its weights are not saved.",
            f"Expected more than {share + luck:.2%} of {len(labels):,} {kind} digits right, which "
            f"always answering {often} may give by luck; found {found:.2%}.",
            "Try a smaller {parameter}, more epochs, or more neurons in the hidden layer.",
            "learning_rate",
        )
