"""Why an answer is not sure, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitnet.model.certainty import FLOOR
from digitnet.model.model import Model


@dataclass(frozen=True)
class DoubtLimits:
    """What is called weak, and what close."""

    weak: float = 0.8
    """Share of right test digits; a model that reads fewer is sure of no answer, for people's
    pictures are harder than test digits."""
    close: float = 0.5
    """Share of the answer's certainty; a second digit that has as much is close to it."""


def doubts(
    model: Model,
    certainties: NDArray[np.float64],
    answers: NDArray[np.integer],
    seen: NDArray[np.uint8],
    limits: DoubtLimits = DoubtLimits(),
) -> list[str | None]:
    """Say of each answer why it is not sure: None where it is.

    Parameters
    ----------
    model : Model
    certainties : ndarray of float64, shape (N, digits)
        As the model's `Certainty` gives them.
    answers : ndarray of int, shape (N,)
        The digits of the largest ones.
    seen : ndarray of uint8, shape (N, 28, 28)
        What the network saw.
    limits : DoubtLimits

    Returns
    -------
    list of str or None
        One short sentence each: that of the model before that of the certainty, and that of the
        certainty before that of the looks.
    """
    accuracy = model.accuracy
    if accuracy is not None and accuracy < limits.weak:
        weak = f"the model is weak: it reads {accuracy:.1%} of its test digits"
        return [weak] * len(certainties)
    suffices = model.certainty.suffices(certainties.max(axis=1))
    usual = np.ones(len(answers), np.bool_)
    if model.familiarity is not None:
        usual = model.familiarity.of(seen, answers)
    return [
        _low(certainties[i], limits)
        if not suffices[i]
        else None
        if usual[i]
        else f"it does not look like a usual {answers[i]}"
        for i in range(len(answers))
    ]


def _low(certainties: NDArray[np.float64], limits: DoubtLimits) -> str:
    """Say which digits share the certainty that the answer lacks."""
    first, second = np.argsort(-certainties, kind="stable")[:2].tolist()
    if certainties[first] + certainties[second] <= FLOOR:
        return "no digit stands out"
    if certainties[second] >= limits.close * certainties[first]:
        return f"two digits are close: {first} or {second}"
    return f"it may also be {_a(second)}"


def _a(digit: int) -> str:
    return f"an {digit}" if digit == 8 else f"a {digit}"
