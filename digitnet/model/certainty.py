"""Confidence: convert outputs to calibrated probabilities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import TrainingError
from digitnet.nn.functions import Array

FLOOR: Final = 0.5
"""Confidence that a sure answer exceeds, so that it is likelier than all other digits together.

It also applies to models that were fitted before this floor existed.
"""

DOUBTED: Final = 0.01
"""Fraction of the validation digits that are unsure."""

_LEAST = 1e-6  # so that an output of 0 or below still has a logarithm


@dataclass(frozen=True)
class Certainty:
    """p_i = a_i^(1/T) / Σ_j a_j^(1/T); sure if the largest a exceeds the second by `lead`.

    A network that was trained on non-digits has low outputs for them, so that a small lead
    indicates both an ambiguous digit and a non-digit.

    Temperature scaling after Guo et al., "On calibration of modern neural networks"
    (2017), applied to the outputs, so that it works with every output activation: for a
    softmax it is the same as dividing Z by T.

    Parameters
    ----------
    temperature : float
        T; above 1 it lowers the confidence.
    threshold : float
        Least confidence of a sure answer, if it is above `FLOOR`.
    lead : float
        Least difference between the largest and the second output of a sure answer.

    Raises
    ------
    TrainingError
        If one of them is out of its range.
    """

    temperature: float = 1.0
    threshold: float = 0.5
    lead: float = 0.0

    def __post_init__(self) -> None:
        if not (
            0 < self.temperature < np.inf and 0 <= self.threshold <= 1 and 0 <= self.lead < np.inf
        ):
            raise TrainingError(
                "These certainties make no sense.",
                "Expected a temperature above 0, a threshold from 0 to 1 and a lead of 0 or more, "
                f"found {self}.",
                "Use the default ones, or fit them on validation digits.",
            )

    def of(self, outputs: Array) -> NDArray[np.float64]:
        """Confidences, which sum to 1.

        Parameters
        ----------
        outputs : ndarray, shape (N, digits)
            The output layer's activations, a row for each example.

        Returns
        -------
        ndarray of float64, shape (N, digits)
        """
        logs = np.log(np.maximum(outputs.astype(np.float64), _LEAST)) / self.temperature
        powers = np.exp(logs - logs.max(axis=1, keepdims=True))
        certainties: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
        return certainties

    def suffices(self, outputs: Array) -> NDArray[np.bool_]:
        """Which answers are sure: bool, shape (N,)."""
        largest = self.of(outputs).max(axis=1)
        enough: NDArray[np.bool_] = (largest >= self.threshold) & (largest > FLOOR)
        return enough & (leads(outputs) >= self.lead)


def leads(outputs: Array) -> NDArray[np.float64]:
    """Difference of the largest output of each example and the second: shape (N,)."""
    second, first = np.partition(outputs.astype(np.float64), (-2, -1), axis=1)[:, -2:].T
    difference: NDArray[np.float64] = first - second
    return difference


def fit_certainty(outputs: Array, labels: NDArray[np.integer]) -> Certainty:
    """Choose T to minimise -Σ ln p_label, then the lead that 1 % do not reach.

    Parameters
    ----------
    outputs : ndarray, shape (N, digits)
        For digits that the network was not trained on.
    labels : ndarray of int, shape (N,)

    Returns
    -------
    Certainty
        The default one if there are no digits.
    """
    if not len(labels):
        return Certainty()
    temperatures = np.geomspace(0.2, 5, 65)
    surprise = [_surprise(Certainty(float(T)), outputs, labels) for T in temperatures]
    temperature = float(temperatures[np.argmin(surprise)])
    return Certainty(temperature, lead=float(np.quantile(leads(outputs), DOUBTED)))


def _surprise(certainty: Certainty, outputs: Array, labels: NDArray[np.integer]) -> float:
    p = certainty.of(outputs)[np.arange(len(labels)), labels]
    return float(-np.mean(np.log(np.maximum(p, _LEAST))))
