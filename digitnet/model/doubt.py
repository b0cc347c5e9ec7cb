"""Why an answer is not sure, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitnet.model.certainty import FLOOR
from digitnet.model.model import Model


@dataclass(frozen=True)
class DoubtLimits:
    """When a model is weak, and when two digits are close."""

    weak: float = 0.8
    """Least test accuracy of a model whose answers may be sure, because users' pictures are harder
    than test digits."""
    close: float = 0.5
    """Least confidence of a close second digit, by the answer's."""
    likely: float = 0.05
    """Least confidence of a second digit that the reason names."""


def doubts(
    model: Model,
    outputs: NDArray[np.floating],
    limits: DoubtLimits = DoubtLimits(),
) -> list[str | None]:
    """Why each answer is not sure: None if it is.

    Parameters
    ----------
    model : Model
    outputs : ndarray, shape (N, digits)
        The network's outputs for prepared pictures.
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
    """Reason, if the model's test accuracy is too low for any answer to be sure."""
    accuracy = model.accuracy
    if accuracy is None or accuracy >= limits.weak:
        return None
    return f"the model is weak: it reads {accuracy:.1%} of its test digits"


def _low(certainties: NDArray[np.float64], limits: DoubtLimits) -> str:
    """Reason: which other digits are likely, or that none is."""
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
