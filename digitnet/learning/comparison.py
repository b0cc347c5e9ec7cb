"""How well a model reads everybody's test digits and one hand's, so that two can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from digitnet.datasets.digits import Digits, DigitSet
from digitnet.datasets.normalised import normalised
from digitnet.learning.handwriting import Handwriting
from digitnet.model.model import Model


@dataclass(frozen=True)
class Scores:
    """Shares of right answers, 0 to 1, and of how many digits they are.

    Attributes
    ----------
    test_accuracy, test_count
        On the data set's test digits.
    own_accuracy, own_count
        On the digits of a hand that are held out; None if there is no hand.
    """

    test_accuracy: float
    test_count: int
    own_accuracy: float | None = None
    own_count: int | None = None


def score(
    model: Model, digits: DigitSet, own: Handwriting | None = None, cache: Path | None = None
) -> Scores:
    """Score a model on digits that teach nothing.

    Parameters
    ----------
    model : Model
    digits : DigitSet
        Its test digits are read.
    own : Handwriting, optional
        Its digits that are held out are read.
    cache : Path, optional
        Folder that keeps normalised test digits for the next time.
    """

    def accuracy(some: Digits, folder: Path | None) -> float:
        seen = normalised(some, model.normalisation, folder)
        return model.evaluate(seen, prepared=True).accuracy

    on_test = accuracy(digits.test, cache), len(digits.test)
    if own is None:
        return Scores(*on_test)
    return Scores(*on_test, accuracy(own.held_out, None), len(own.held_out))
