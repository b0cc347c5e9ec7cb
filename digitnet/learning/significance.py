"""Whether a run learned anything: to read more digits than one who always says the same."""

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
"""Digits; of fewer that were held out, luck and learning cannot be told apart."""
LUCK: Final = 3.0
"""Standard errors of a share; one who always says the same reads so many more in one set of a
thousand."""


def check_learned(run: Session) -> None:
    """Refuse weights that read no more than the most frequent digit's share and luck can give.

    Validation digits tell; without them test digits; and where too few are held out, those that
    the run learned from.

    Raises
    ------
    TrainingError
        If the network, as it is now, learned nothing.
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
