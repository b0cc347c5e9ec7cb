"""Digits by writers who had no part in MNIST, 8 × 8 pixels each.

E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning
Repository, 1998: the 13 writers of its test part, in scikit-learn's version.
The mistakes of models on them led to `digitnet.synthesis.low_resolution`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from digitnet.images.form.mnist import to_mnist
from digitnet.images.pipeline import find_ink
from digitnet.model.digit import read_forms
from digitnet.model.model import Model


def forms(*, dark: bool) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Pictures in MNIST's form, (1797, 28, 28), read from dark or light ink, and their labels."""
    digits = load_digits()
    levels: NDArray[np.uint8] = np.rint(digits.images * 255 / 16).astype(np.uint8)
    pictures = 255 - levels if dark else levels
    return np.array([to_mnist(find_ink(picture).pixels) for picture in pictures]), digits.target


def accuracy(model: Model, images: NDArray[np.uint8], labels: NDArray[np.int64]) -> float:
    """Share of the pictures that a model reads correctly."""
    return float(np.mean([digit.digit for digit in read_forms(model, images)] == labels))
