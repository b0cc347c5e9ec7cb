"""Detect pictures that are stored transposed, as EMNIST's are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitnet.datasets.digits import Digits
from digitnet.datasets.mnist import load_sample

Rows = NDArray[np.float64]


@dataclass(frozen=True)
class TransposedLimits:
    """When pictures count as transposed.

    The mean correlation of a digit with the mean of MNIST's digits of its label is 0.67, and
    0.37 if the digit is transposed; with wrong labels it is 0.45 and 0.33.
    """

    looked_at: int = 1000
    """Most digits that are compared, evenly spread over the set."""
    alike: float = 0.5
    """Least mean correlation of the transposed pictures, so that they are digits."""
    gain: float = 0.05
    """Least difference to the mean correlation of the pictures as stored; in 2,000 samples of ten
    digits of MNIST, it was at least 0.10."""


def transposed(digits: Digits, limits: TransposedLimits = TransposedLimits()) -> bool:
    """Whether the pictures look like their digits only after transposing.

    Parameters
    ----------
    digits : Digits
        At least one.
    limits : TransposedLimits
    """
    sample = load_sample().train
    means = np.stack([sample.images[sample.labels == digit].mean(axis=0) for digit in range(10)])
    looked_at = np.linspace(0, len(digits) - 1, min(len(digits), limits.looked_at)).astype(int)
    images, alike = digits.images[looked_at], _standard(means)[digits.labels[looked_at]]
    as_it_is = float((_standard(images) * alike).sum(axis=1).mean())
    turned = float((_standard(images.transpose(0, 2, 1)) * alike).sum(axis=1).mean())
    return turned > max(limits.alike, as_it_is + limits.gain)


def transpose(digits: Digits) -> Digits:
    """Transpose every picture: a copy in memory."""
    return Digits(np.ascontiguousarray(digits.images.transpose(0, 2, 1)), digits.labels)


def _standard(images: NDArray[np.generic]) -> Rows:
    """Each picture as a row of mean 0 and length 1, so that a product of two is a correlation."""
    rows = images.reshape(len(images), -1).astype(np.float64)
    rows -= rows.mean(axis=1, keepdims=True)
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(length > 0, length, 1))
