"""Scores of a model, to compare it with another one and with luck."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from digitnet.datasets.digits import Digits, DigitSet
from digitnet.datasets.normalised import normalised
from digitnet.errors import TrainingError
from digitnet.learning.training_digits import Handwriting
from digitnet.model.model import Model

ENOUGH: Final = 100
"""Least held-out digits; with fewer, luck and learning cannot be distinguished."""
LUCK: Final = 3.0
"""Standard errors above the expected accuracy: by luck, it is exceeded once in a thousand sets."""


@dataclass(frozen=True)
class Scores:
    """Accuracies, 0 to 1, and the numbers of digits.

    Attributes
    ----------
    test_accuracy, test_count
        On the data set's test digits.
    own_accuracy, own_count
        On the held-out digits of the user's handwriting; None if there are none.
    """

    test_accuracy: float
    test_count: int
    own_accuracy: float | None = None
    own_count: int | None = None


def score(
    model: Model, digits: DigitSet, own: Handwriting | None = None, cache: Path | None = None
) -> Scores:
    """Score a model on digits that are not used for training.

    Parameters
    ----------
    model : Model
    digits : DigitSet
        Its test digits are used.
    own : Handwriting, optional
        Its held-out digits are used.
    cache : Path, optional
        Folder for normalised digits, which later runs reuse.
    """

    def accuracy(some: Digits, folder: Path | None) -> float:
        seen = normalised(some, model.normalisation, folder)
        return model.evaluate(seen, prepared=True).accuracy

    on_test = accuracy(digits.test, cache), len(digits.test)
    if own is None:
        return Scores(*on_test)
    return Scores(*on_test, accuracy(own.held_out, None), len(own.held_out))


def check_learned(
    scores: Mapping[str, float], validation: Digits, test: Digits, learned: Digits
) -> None:
    """Refuse weights whose accuracy always answering the most frequent digit may reach by luck.

    It is measured on validation digits, or else on test digits; if too few are held out, on the
    training digits.

    Parameters
    ----------
    scores : mapping
        Accuracies of the network, by name.
    validation, test, learned : Digits
        Those of the run.

    Raises
    ------
    TrainingError
        If the network has learned nothing.
    """
    if len(validation) >= ENOUGH:
        kind, found, labels = "validation", scores["validation_accuracy"], validation.labels
    elif len(test) >= ENOUGH:
        kind, found, labels = "test", scores["test_accuracy"], test.labels
    else:
        kind, found, labels = "training", scores["training_accuracy"], learned.labels
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
