"""Cut a line out of its picture, straightened and scaled to one height."""

from __future__ import annotations

from typing import Final

import numpy as np
from PIL import Image

from digitnet.images.measure.morphology import Grey
from digitnet.numbers.lines import Place

ROWS: Final = 32
"""Rows of a strip."""
DIGIT: Final = 20
"""Rows of the digits in it."""
_SHRUNK: Final = 0.7
"""Scale from which pixels are averaged first, so that no stroke is skipped."""


def strip(levels: Grey, place: Place) -> Grey:
    """Cut out a line so that its digits are 20 rows high, in the middle of 32.

    Parameters
    ----------
    levels : ndarray of float32, shape (height, width)
        Contrast to the paper, or ink.
    place : Place

    Returns
    -------
    ndarray of float32, shape (32, width · 20 / place.height)
        Padded with paper outside the picture.
    """
    first = first_column(place)
    levels = levels[:, first : int(min(place.right, levels.shape[1])) + 1]
    rows, width = levels.shape
    scale = DIGIT / place.height
    image, down, across = Image.fromarray(levels), scale, scale
    if scale < _SHRUNK:
        small = max(1, round(width * scale)), max(1, round(rows * scale))
        image = image.resize(small, Image.Resampling.BOX)
        across, down = (scale * a / b for a, b in zip((width, rows), small, strict=True))
    size = max(1, round(width * scale)), ROWS
    top = (place.middle + place.slope * first - place.height / 2) * scale / down - (
        ROWS - DIGIT
    ) / 2 / down
    matrix = (1 / across, 0, 0, place.slope / down, 1 / down, top)
    turned = image.transform(
        size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR, fillcolor=0
    )
    return np.asarray(turned, np.float32)


def first_column(place: Place) -> int:
    """Column of the picture at the strip's first column."""
    return max(0, int(place.left))
