"""Convert ink to MNIST's form."""

from __future__ import annotations

from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import PictureError
from digitnet.images.form.stroke import BOX, STROKES, StrokeLimits, reweighted, scaled

SIDE: Final = 28
"""Side of MNIST's pictures, in pixels."""
T = TypeVar("T", np.uint8, np.float32)


def to_mnist(ink: NDArray[np.float32], limits: StrokeLimits = STROKES) -> NDArray[np.uint8]:
    """Crop, scale into 20 × 20 with area averaging, centre of mass to the centre of 28 × 28.

    The aspect is kept. As MNIST was made: LeCun, Cortes, Burges, "The MNIST database of
    handwritten digits".

    Parameters
    ----------
    ink : ndarray of float32, shape (height, width)
        0 paper, 1 ink.
    limits : StrokeLimits

    Returns
    -------
    ndarray of uint8, shape (28, 28)
        Light ink (255) on dark ground (0).

    Raises
    ------
    PictureError
        If there is no ink.
    """
    if not ink.any():
        raise PictureError(
            "The picture holds no digit.",
            "Expected ink on paper, found a blank picture.",
            "Check that the digit is in the picture and stands out from the paper.",
        )
    return _centred(scaled(cropped(reweighted(cropped(ink), limits)), BOX))


def cropped(ink: NDArray[T]) -> NDArray[T]:
    """Crop to the pixels that are not 0, of which there must be one."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _centred(boxed: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Shift by whole pixels so that the centre of mass is nearest to the centre of 28 × 28.

    The centre is pixel (14, 14), as in MNIST (the mean over its training digits is 13.99, 14.00).
    The box stays inside the picture, so that no ink is cut off.
    """
    height, width = boxed.shape
    mass = boxed.sum()
    y = float(boxed.sum(axis=1) @ np.arange(height)) / mass
    x = float(boxed.sum(axis=0) @ np.arange(width)) / mass
    top = int(np.clip(round(SIDE / 2 - y), 0, SIDE - height))
    left = int(np.clip(round(SIDE / 2 - x), 0, SIDE - width))
    digit = np.zeros((SIDE, SIDE), dtype=np.uint8)
    digit[top : top + height, left : left + width] = np.rint(255 * boxed)
    return digit
