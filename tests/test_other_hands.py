"""Digits by writers who had no part in MNIST, 8 × 8 pixels each.

E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning
Repository, 1998: the 13 writers of its test part, as scikit-learn carries it.
They helped to choose the small model's seed.
"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from digitnet.bundled import bundled_model
from digitnet.images.ink import find_ink
from digitnet.images.normalise import to_mnist
from digitnet.reading import answer


@pytest.mark.parametrize("dark", [False, True])
def test_tiny_digits_by_other_writers_are_read(dark: bool) -> None:
    digits = load_digits()
    levels: NDArray[np.uint8] = np.rint(digits.images * 255 / 16).astype(np.uint8)
    pictures = (255 - levels if dark else levels)[::2]
    forms = np.array([to_mnist(find_ink(picture).pixels) for picture in pictures])
    for name, share in (("small", 0.93), ("large", 0.96)):
        answers = [reading.digit for reading in answer(bundled_model(name), forms)]
        assert np.mean(answers == digits.target[::2]) >= share, name
