"""Small made-up labelled pictures for the tests of the network."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Labelled(NamedTuple):
    images: NDArray[Any]
    labels: NDArray[Any]


def blobs(count: int, seed: int = 0, classes: int = 10, pixels: int = 12) -> Labelled:
    """Noisy copies of one random picture a class: a small network can learn them."""
    rng = np.random.default_rng(seed)
    patterns = np.random.default_rng(99).integers(0, 200, (classes, pixels))
    labels = rng.integers(0, classes, count).astype(np.uint8)
    images = patterns[labels] + rng.integers(0, 56, (count, pixels))
    return Labelled(images.astype(np.uint8), labels)
