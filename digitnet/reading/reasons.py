"""Explain an answer: the contributions of neurons, and the strokes that matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitnet.model.digit import Digit
from digitnet.model.model import Model

Array = NDArray[np.floating[Any]]

HIDDEN_SIDE: Final = 5
"""Side of the hidden square in pixels: a stroke and its surroundings."""


class Voice(NamedTuple):
    """The contribution of a neuron.

    Attributes
    ----------
    neuron : int
        Its index in the last hidden layer.
    activation : float
    winner, runner_up : float
        Its product in z of each output: weight times activation.
    """

    neuron: int
    activation: float
    winner: float
    runner_up: float

    @property
    def lead(self) -> float:
        """The difference of its products for the winner and the runner-up."""
        return self.winner - self.runner_up


@dataclass(frozen=True, eq=False)
class Reasons:
    """The reasons of an answer.

    Attributes
    ----------
    winner, runner_up : int
        The digits with the largest outputs.
    voices : list of Voice
        The neurons of the last hidden layer, the largest difference first; empty without one.
    biases : tuple of float
        B of the two outputs.
    z : tuple of float
        z of both outputs: the sum of the products and the bias.
    strokes : ndarray of float32, shape (28, 28)
        Loss of the lead in z if a square around each pixel is hidden: positive where ink supports
        the winner, negative where it supports the runner-up.
    """

    winner: int
    runner_up: int
    voices: list[Voice]
    biases: tuple[float, float]
    z: tuple[float, float]
    strokes: Array


def reasons(model: Model, digit: Digit) -> Reasons:
    """Explain the model's answer.

    Parameters
    ----------
    model : Model
        The model that read it.
    digit : Digit
    """
    network = model.network
    this = network.forward(_shown(model, digit.seen[np.newaxis]))
    both = np.argsort(-this.A[-1][:, 0], kind="stable")[:2]
    z = this.Z[-1][both, 0].astype(np.float64)
    voices = []
    if len(network.W) > 1:
        A = this.A[-2][:, 0].astype(np.float64)
        said = network.W[-1][both] * A
        voices = [
            Voice(n, float(A[n]), float(said[0, n]), float(said[1, n])) for n in range(len(A))
        ]
        voices.sort(key=lambda voice: -abs(voice.lead))
    B = network.B[-1][both, 0]
    winner, runner_up = both.tolist()
    return Reasons(
        winner,
        runner_up,
        voices,
        (float(B[0]), float(B[1])),
        (float(z[0]), float(z[1])),
        occlusion(model, digit.seen, winner, runner_up),
    )


def occlusion(model: Model, seen: NDArray[np.uint8], winner: int, runner_up: int) -> Array:
    """Hide a square around each pixel in turn, and measure the loss of the lead.

    Occlusion: Zeiler and Fergus, "Visualizing and understanding convolutional networks", 2014.
    It works with every kind of input, and needs no gradient.

    Parameters
    ----------
    model : Model
    seen : ndarray of uint8, shape (28, 28)
        The normalised digit.
    winner, runner_up : int
        The lead is the difference of their z.

    Returns
    -------
    ndarray of float32, shape (28, 28)
    """
    side, half = len(seen), HIDDEN_SIDE // 2
    hidden = np.repeat(seen[np.newaxis], side * side + 1, axis=0)
    for n in range(side * side):
        row, column = divmod(n, side)
        hidden[
            n, max(0, row - half) : row + half + 1, max(0, column - half) : column + half + 1
        ] = 0
    Z = model.network.forward(_shown(model, hidden)).Z[-1]
    lead = Z[winner] - Z[runner_up]
    return np.asarray((lead[-1] - lead[:-1]).reshape(side, side), np.float32)


def _shown(model: Model, images: NDArray[np.uint8]) -> Array:
    return model.shown(images).astype(model.network.dtype).T
