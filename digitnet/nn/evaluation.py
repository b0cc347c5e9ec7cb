"""Evaluate a network: answers, cost, confusion matrix and scores of each digit."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import TrainingError
from digitnet.nn.batches import Examples, Inputs, mini_batches
from digitnet.nn.functions import Array
from digitnet.nn.network import Network

BATCH = 500
"""Examples evaluated at a time; the result does not depend on it."""


@dataclass(frozen=True)
class Evaluation:
    """The answers of a network to labelled digits.

    Attributes
    ----------
    labels, answers : ndarray of int, shape (N,)
        The digit shown and the digit answered.
    outputs : ndarray, shape (N, outputs)
        The output layer's activations.
    cost : float
        Mean cost of an example.
    """

    labels: NDArray[np.intp]
    answers: NDArray[np.intp]
    outputs: Array
    cost: float

    @property
    def accuracy(self) -> float:
        """Fraction of right answers, 0 to 1."""
        return float(np.mean(self.answers == self.labels))

    @property
    def confusion(self) -> NDArray[np.intp]:
        """Number of digits i that were answered as j: a row a digit, a column an answer."""
        n = self.outputs.shape[1]
        pairs = np.bincount(self.labels * n + self.answers, minlength=n * n)
        return pairs.reshape(n, n)

    def __repr__(self) -> str:
        count = len(self.labels)
        return f"Evaluation({self.accuracy:.2%} of {count:,} digits right, cost {self.cost:.4f})"

    def per_digit(self) -> list[DigitScore]:
        """Precision, recall and F1 of each digit, from the confusion matrix."""
        C = self.confusion
        right, shown, answered = np.diag(C), C.sum(axis=1), C.sum(axis=0)
        precision = _ratio(right, answered)
        recall = _ratio(right, shown)
        f1 = _ratio(2 * right, shown + answered)
        return [
            DigitScore(d, float(precision[d]), float(recall[d]), float(f1[d]), int(shown[d]))
            for d in range(len(C))
        ]


@dataclass(frozen=True)
class DigitScore:
    """One digit's scores.

    Attributes
    ----------
    precision : float
        Fraction of right answers among those with this digit; 0 without any.
    recall : float
        Fraction of right answers among the examples of this digit; 0 without any.
    f1 : float
        Harmonic mean of both.
    support : int
        Number of examples of this digit.
    """

    digit: int
    precision: float
    recall: float
    f1: float
    support: int


def _ratio(part: NDArray[np.intp], whole: NDArray[np.intp]) -> NDArray[np.float64]:
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)


def check(
    network: Network, examples: Examples, inputs: Inputs | None = None, *, none: bool = False
) -> None:
    """Refuse examples that do not fit the network.

    Parameters
    ----------
    network : Network
    examples : Examples
    inputs : callable, optional
    none : bool
        Whether a label may equal the number of outputs, which means no digit: all targets are 0.

    Raises
    ------
    TrainingError
        If there are none, the numbers of labels and pictures differ, a picture has another number
        of inputs than the network, or a label has no output.
    """
    images, labels = examples.images, examples.labels
    if not len(labels):
        raise TrainingError(
            "There are no labelled digits to train on or to score.",
            "Expected one labelled digit or more, found none.",
            "Hold fewer digits out for validation, or give more digits.",
        )
    if len(images) != len(labels):
        raise TrainingError(
            "The pictures and labels do not belong together.",
            f"Expected a label for each of {len(images)} pictures, found {len(labels)} labels.",
            "Give as many labels as pictures.",
        )
    found = math.prod(images.shape[1:]) if inputs is None else inputs(images[:1]).shape[1]
    if found != network.sizes[0]:
        unit = "pixels" if inputs is None else "numbers"
        raise TrainingError(
            "The pictures do not fit the network.",
            f"Expected {network.sizes[0]} {unit} a picture, found {found}.",
            f"Make the network with {found} inputs.",
        )
    low, high, outputs = int(labels.min()), int(labels.max()), network.sizes[-1]
    if low < 0 or high >= outputs + none:
        raise TrainingError(
            "The labels do not fit the network.",
            f"Expected labels from 0 to {outputs - 1}, found {low} to {high}.",
            "Make the network with an output for each label.",
        )


def evaluate(
    network: Network, examples: Examples, inputs: Inputs | None = None, *, none: bool = False
) -> Evaluation:
    """Answer every example and compare with its label.

    Parameters
    ----------
    network : Network
    examples : Examples
        N labelled pictures.
    inputs : callable, optional
        The input of the network; by default the brightness of each pixel.
    none : bool
        Whether a label may be the number of outputs, as in `check`.
    """
    check(network, examples, inputs, none=none)
    outputs = np.empty((len(examples.labels), network.sizes[-1]), network.dtype)
    costs = np.empty(len(outputs), network.dtype)
    first = 0
    batches = mini_batches(examples, BATCH, network.sizes[-1], network.dtype, inputs=inputs)
    for X, y in batches:
        # Finite weights of a diverging run may give infinite outputs, which the cost shows.
        with np.errstate(over="ignore", invalid="ignore"):
            passed = network.forward(X)
        last = first + X.shape[1]
        outputs[first:last] = passed.A[-1].T
        costs[first:last] = network.cost.c(passed.Z[-1], passed.A[-1], y)
        first = last
    return Evaluation(
        labels=examples.labels.astype(np.intp),
        answers=outputs.argmax(axis=1),
        outputs=outputs,
        cost=float(costs.mean(dtype=np.float64)),
    )
