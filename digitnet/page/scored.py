"""How a model reads the sample's test digits: the confusion matrix, and the mistakes."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.datasets.digits import Digits
from digitnet.model.model import Model


@dataclass(frozen=True)
class MistakeLimits:
    """Numbers of mistakes on a page."""

    in_cell: int = 6
    """Most mistakes of a cell of the confusion matrix: those with the highest confidence."""
    in_all: int = 90
    """Most mistakes: 30 kB, and one for each of the 90 cells."""


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
        the highest confidence first, and ``examples``, one of each digit: each a dict of digit,
        answer, certainty and image.
    """
    found = model.evaluate(digits)
    labels, answers = found.labels.tolist(), found.answers.tolist()
    sureness = model.certainty.of(found.outputs).max(axis=1)
    order = np.argsort(-sureness, kind="stable").tolist()

    def record(i: int) -> dict[str, Any]:
        return {
            "digit": labels[i],
            "answer": answers[i],
            "certainty": round(float(sureness[i]), 4),
            "image": packed_image(digits.images[i]),
        }

    wrong = [i for i in order if labels[i] != answers[i]]
    # Of each digit the most certain that is right, or else the most certain.
    examples = [
        min((i for i in order if labels[i] == digit), key=lambda i: answers[i] != labels[i])
        for digit in sorted(set(labels))
    ]
    shown = _of_each_kind([(labels[i], answers[i]) for i in wrong], limits)
    return {
        "count": len(labels),
        "confusion": found.confusion.tolist(),
        "mistakes": [record(wrong[n]) for n in shown],
        "examples": [record(i) for i in examples],
    }


def _of_each_kind(kinds: list[tuple[int, int]], limits: MistakeLimits) -> list[int]:
    """Places of the mistakes that are shown, the most certain first.

    Of each kind there is one before there are two of any, so that every field of the confusion
    matrix opens.
    """
    turns = [kinds[:n].count(kind) for n, kind in enumerate(kinds)]
    kept = [n for n, turn in enumerate(turns) if turn < limits.in_cell]
    return sorted(sorted(kept, key=turns.__getitem__)[: limits.in_all])


def packed_image(image: NDArray[np.uint8]) -> list[Any]:
    """Left, top, width and height of the ink, and its levels as base64.

    Parameters
    ----------
    image : ndarray of uint8, shape (28, 28)
    """
    picture = Image.fromarray(image)
    left, top, right, bottom = picture.getbbox() or (0, 0, 0, 0)
    levels = picture.crop((left, top, right, bottom)).tobytes()
    return [left, top, right - left, bottom - top, base64.b64encode(levels).decode()]
