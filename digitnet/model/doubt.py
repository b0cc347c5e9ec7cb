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
    likely: float = 0.05
    """Certainty of a second digit that the answer may also be."""


def doubts(
    model: Model,
    outputs: NDArray[np.floating],
    limits: DoubtLimits = DoubtLimits(),
) -> list[str | None]:
    """Say of each answer why it is not sure: None where it is.

    Parameters
    ----------
    model : Model
    outputs : ndarray, shape (N, digits)
        The network's answers to prepared pictures.
    limits : DoubtLimits

    Returns
    -------
    list of str or None
        One short sentence each.
    """
    weak = weakness(model, limits)
    if weak is not None:
        return [weak] * len(outputs)
    sure, certainties = model.certainty.suffices(outputs), model.certainty.of(outputs)
    return [None if sure[i] else _low(certainties[i], limits) for i in range(len(outputs))]


def weakness(model: Model, limits: DoubtLimits = DoubtLimits()) -> str | None:
    """Say so if the model reads too few test digits to be sure of any answer."""
    accuracy = model.accuracy
    if accuracy is None or accuracy >= limits.weak:
        return None
    return f"the model is weak: it reads {accuracy:.1%} of its test digits"


def _low(certainties: NDArray[np.float64], limits: DoubtLimits) -> str:
    """Say which digits share the certainty that the answer lacks, or that it is of none."""
    first, second = np.argsort(-certainties, kind="stable")[:2].tolist()
    if certainties[first] + certainties[second] <= FLOOR:
        return "no digit stands out"
    if certainties[second] >= limits.close * certainties[first]:
        return f"two digits are close: {first} or {second}"
    if certainties[second] >= limits.likely:
        return f"it may also be {_a(second)}"
    return f"it does not look like a usual {first}"


def _a(digit: int) -> str:
    return f"an {digit}" if digit == 8 else f"a {digit}"
