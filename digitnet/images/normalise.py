"""From ink to the form in which MNIST was made."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.errors import PictureError

SIDE = 28
BOX = 20


def to_mnist(ink: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Crop, scale into 20 × 20 with area averaging, centre of mass to the centre of 28 × 28.

    The aspect is kept. As MNIST was made: LeCun, Cortes, Burges, "The MNIST database of
    handwritten digits".

    Parameters
    ----------
    ink : ndarray of float32, shape (height, width)
        0 where there is paper, 1 where there is ink.

    Returns
    -------
    ndarray of uint8, shape (28, 28)
        Light ink (255) on dark ground (0).

    Raises
    ------
    PictureError
        There is no ink.
    """
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        raise PictureError(
            "The picture holds no digit.",
            "Expected ink on paper, found an even ground.",
            "Check that the digit is in the picture and stands out from the paper.",
        )
    crop = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return _centred(_boxed(crop))


def _boxed(crop: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale the longer side to 20 pixels: by area averaging down, smoothly up."""
    height, width = crop.shape
    scale = BOX / max(height, width)
    if scale == 1:
        return crop
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    how = Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC
    return np.asarray(Image.fromarray(crop).resize(size, how)).clip(0, 1)


def _centred(boxed: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Shift by whole pixels so that the centre of mass is nearest to the centre of 28 × 28.

    The centre is pixel (14, 14), where MNIST has it (the mean over its training digits is
    13.99, 14.00). The box stays inside the picture: no ink is ever cut off.
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
