"""Grey-scale morphology with flat rectangles, in O(log size) passes over the picture.

A running maximum over ``size`` pixels is the maximum of two running maxima over the largest
power of two that is not larger: the logarithmic decomposition of a flat structuring element
(for the problem see van Herk, Pattern Recognition Letters 13, 1992).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]
Levels = NDArray[np.uint8]
Size = int | tuple[int, int]
_Fold = Callable[..., Grey]


def dilation(picture: Grey, size: Size) -> Grey:
    """Maximum over the rectangle centred on each pixel; outside counts as -∞.

    Parameters
    ----------
    picture : ndarray of float32, shape (height, width)
    size : int or (int, int)
        Side of a square, or height and width, in pixels; raised to the next odd number.

    Returns
    -------
    ndarray of float32, shape (height, width)
    """
    return _running(picture, size, np.maximum, -np.inf)


def erosion(picture: Grey, size: Size) -> Grey:
    """Minimum over the rectangle centred on each pixel; outside counts as +∞."""
    return _running(picture, size, np.minimum, np.inf)


def closing(picture: Grey, size: Size) -> Grey:
    """Fill everything dark that is narrower than the rectangle: erosion of the dilation."""
    return erosion(dilation(picture, size), size)


def opening(picture: Grey, size: Size) -> Grey:
    """Remove everything light that is narrower than the rectangle: dilation of the erosion."""
    return dilation(erosion(picture, size), size)


def _running(picture: Grey, size: Size, fold: _Fold, outside: float) -> Grey:
    """Fold along columns, then along rows."""
    height, width = (size, size) if isinstance(size, int) else size
    return _running_down(_running_down(picture, height, fold, outside).T, width, fold, outside).T


def _running_down(picture: Grey, size: int, fold: _Fold, outside: float) -> Grey:
    """Fold ``size`` neighbouring rows into each row."""
    radius = min(size // 2, picture.shape[0])
    if radius == 0:
        return picture
    reach = 2 * radius + 1
    folded = np.full((len(picture) + 2 * radius, picture.shape[1]), outside, picture.dtype)
    folded[radius:-radius] = picture
    width = 1
    while 2 * width <= reach:
        folded = fold(folded[:-width], folded[width:])
        width *= 2
    rest = reach - width
    return fold(folded[: len(folded) - rest], folded[rest:]) if rest else folded
