"""Low-resolution digits, as in a picture of few pixels."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.images.form.mnist import cropped, to_mnist

_ROWS: Final = (8, 12)
"""Least and most height of a shrunk digit, in pixels."""


def lower_resolution(
    images: NDArray[np.uint8], rng: np.random.Generator, share: float
) -> NDArray[np.uint8]:
    """Shrink digits to 8 to 12 rows of pixels and enlarge them again.

    Small loops close and strokes merge, which a network must learn from examples.

    Parameters
    ----------
    images : ndarray of uint8, shape (N, 28, 28)
        In MNIST's form.
    rng : numpy.random.Generator
        Chooses the digits and their rows.
    share : float
        Fraction of the digits to shrink, 0 to 1.

    Returns
    -------
    ndarray of uint8, shape (N, 28, 28)
        A new array.
    """
    changed: NDArray[np.uint8] = np.array(images)
    for i in np.flatnonzero(rng.random(len(images)) < share):
        if not images[i].any():
            continue
        ink = cropped(images[i])
        height = int(rng.integers(_ROWS[0], _ROWS[1] + 1))
        width = min(height, max(2, round(ink.shape[1] * height / ink.shape[0])))
        small = Image.fromarray(ink).resize((width, height), Image.Resampling.BOX)
        if (levels := np.asarray(small, np.float32) / np.float32(255)).any():
            changed[i] = to_mnist(levels)
    return changed
