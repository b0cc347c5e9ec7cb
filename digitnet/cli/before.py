"""What learning a hand has changed: scores on it and on the other digits, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from digitnet.cli import load
from digitnet.datasets.digits import Digits
from digitnet.learning.session import Session
from digitnet.model.model import Model
from digitnet.nn.evaluation import evaluate


@dataclass(frozen=True)
class Before:
    """Scores of the model that the run is going to replace.

    Attributes
    ----------
    name : str
        Which one it was.
    test_accuracy : float
        On the data set's test digits.
    own_accuracy : float
        On the digits of this hand that are held out.
    """

    name: str
    test_accuracy: float
    own_accuracy: float


def score_before(session: Session, path: Path) -> Before | None:
    """Score it, if there is a hand to learn."""
    if session.own is None:
        return None
    model, name = load.model_before(path)

    def accuracy(digits: Digits) -> float:
        seen = Digits(model.prepare(digits.images), digits.labels)
        return evaluate(model.network, seen).accuracy

    return Before(name, accuracy(session.digits.test), accuracy(session.own.held_out))


def compared(model: Model, before: Before | None) -> list[tuple[str, str]]:
    """Rows for the table at the end of the run."""
    if before is None:
        return []
    scores = model.about["scores"]
    return [
        ("your digits", f"{scores['own_accuracy']:.2%} of {scores['own_count']:,} held out"),
        ("before", f"{before.test_accuracy:.2%} in the test, {before.own_accuracy:.2%} of yours"),
        ("", f"({before.name})"),
    ]


def as_json(model: Model, before: Before | None) -> dict[str, object]:
    """Return the same for --json."""
    if before is None:
        return {}
    scores = model.about["scores"]
    return {
        "own_accuracy": scores["own_accuracy"],
        "own_count": scores["own_count"],
        "before": {
            "model": before.name,
            "test_accuracy": before.test_accuracy,
            "own_accuracy": before.own_accuracy,
        },
    }
