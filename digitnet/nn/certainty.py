"""How sure is an answer: outputs to certainties that mean what they say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitnet.nn.functions import Array

UNSURE = 0.015
"""Share of the validation digits that are called unsure."""

_LEAST = 1e-6  # an output of 0 or below still leaves a logarithm


@dataclass(frozen=True)
class Certainty:
    """p_i = a_i^(1/T) / Σ_j a_j^(1/T), and sure where the largest p reaches a threshold.

    Temperature scaling after Guo et al., "On calibration of modern neural networks"
    (2017), on the outputs themselves, so that it serves every output activation:
    for a softmax it is the same as dividing Z by T.

    Parameters
    ----------
    temperature : float
        T; above 1 it takes certainty away.
    threshold : float
        Smallest certainty of an answer that is sure.
    """

    temperature: float = 1.0
    threshold: float = 0.5

    def of(self, outputs: Array) -> NDArray[np.float64]:
        """Certainties that sum to 1.

        Parameters
        ----------
        outputs : ndarray, shape (N, digits)
            The output layer's activations, a row an example.

        Returns
        -------
        ndarray of float64, shape (N, digits)
        """
        logs = np.log(np.maximum(outputs.astype(np.float64), _LEAST)) / self.temperature
        powers = np.exp(logs - logs.max(axis=1, keepdims=True))
        certainties: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
        return certainties


def fit_certainty(outputs: Array, labels: NDArray[np.integer]) -> Certainty:
    """Choose T for the least -Σ ln p_label, then the threshold that leaves 1.5 % unsure.

    Parameters
    ----------
    outputs : ndarray, shape (N, digits)
        Of digits that the network was not trained on.
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
    largest = Certainty(temperature).of(outputs).max(axis=1)
    return Certainty(temperature, float(np.quantile(largest, UNSURE)))


def _surprise(certainty: Certainty, outputs: Array, labels: NDArray[np.integer]) -> float:
    p = certainty.of(outputs)[np.arange(len(labels)), labels]
    return float(-np.mean(np.log(np.maximum(p, _LEAST))))
