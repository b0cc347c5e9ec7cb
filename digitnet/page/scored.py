"""How a model reads the sample's test digits: the confusion matrix, and the mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitnet.datasets.digits import Digits
from digitnet.model.model import Model
from digitnet.page.packed import packed_image


@dataclass(frozen=True)
class MistakeLimits:
    """How many mistakes a page shows."""

    in_cell: int = 6
    """Of one digit that is read as one other: those of the highest certainty."""
    in_all: int = 90
    """Pictures: 30 kB, and one of each of the 90 kinds of mistake."""


def scored(model: Model, digits: Digits, limits: MistakeLimits = MistakeLimits()) -> dict[str, Any]:
    """Read labelled digits, for the page.

    Parameters
    ----------
    model : Model
    digits : Digits
    limits : MistakeLimits

    Returns
    -------
    dict
        ``count``; ``confusion``, a row for each digit and a column for each answer; ``mistakes``,
        the most certain first, and ``examples``, one of each digit that is there: each a dict of
        digit, answer, certainty and image.
    """
    outputs = model.answer(model.prepare(digits.images))
    certainties, answers = model.certainty.of(outputs), outputs.argmax(axis=1)
    labels = digits.labels.astype(np.intp)
    sureness = certainties[np.arange(len(labels)), answers]

    def record(i: int) -> dict[str, Any]:
        return {
            "digit": int(labels[i]),
            "answer": int(answers[i]),
            "certainty": round(float(sureness[i]), 4),
            "image": packed_image(digits.images[i]),
        }

    mistakes = _worst(labels, answers, sureness, limits)
    return {
        "count": len(labels),
        "confusion": np.bincount(10 * labels + answers, minlength=100).reshape(10, 10).tolist(),
        "mistakes": [record(i) for i in mistakes],
        "examples": [record(i) for i in _best(labels, answers, sureness)],
    }


def _worst(
    labels: NDArray[np.intp],
    answers: NDArray[np.intp],
    sureness: NDArray[np.float64],
    limits: MistakeLimits,
) -> list[int]:
    """The mistakes that are shown, the most certain first.

    Of each kind there is one before there are two of any, so that every field of the confusion
    matrix opens; of a kind, those of the most certainty.
    """
    order = [i for i in np.argsort(-sureness, kind="stable").tolist() if labels[i] != answers[i]]
    of_kind = np.zeros((10, 10), dtype=np.intp)
    turns = []  # of each mistake in its kind, from 0, and its place in the order
    for place, i in enumerate(order):
        turn = int(of_kind[labels[i], answers[i]])
        of_kind[labels[i], answers[i]] += 1
        if turn < limits.in_cell:
            turns.append((turn, place))
    return [order[place] for place in sorted(place for _, place in sorted(turns)[: limits.in_all])]


def _best(
    labels: NDArray[np.intp], answers: NDArray[np.intp], sureness: NDArray[np.float64]
) -> list[int]:
    """One of each digit: that which is read right with the most certainty, or else the first."""
    found = []
    for digit in np.unique(labels):
        of_it = np.flatnonzero(labels == digit)
        found.append(int(of_it[np.argmax(sureness[of_it] * (answers[of_it] == digit))]))
    return found
