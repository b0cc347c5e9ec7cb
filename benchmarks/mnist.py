"""MNIST as the libraries want it: bytes for digitnet, float32 rows and labels for the others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitnet.datasets.digits import Digits
from digitnet.datasets.mnist import load_mnist


def training_digits(data: Path) -> Digits:
    """The 60,000 training digits."""
    return load_mnist(data).train


def rows(digits: Digits) -> NDArray[np.float32]:
    """Brightness from 0 to 1, a row a digit."""
    flat = digits.images.reshape(len(digits), -1)
    return flat.astype(np.float32) / np.float32(255)


def wanted(digits: Digits) -> NDArray[np.float32]:
    """1 for the digit shown, 0 elsewhere, a row a digit."""
    return np.eye(10, dtype=np.float32)[digits.labels]
