"""The inputs of a network for one digit: pixels, or orientation features.

The essay's network has 784 brightnesses as input, and must learn that a stroke is a stroke
wherever it is. Digits differ most in the orientation of their strokes in each part of the picture,
which `orientations` gives in 392 numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitnet.images.form.gradient import ORIENTATIONS, by_orientation, triangles
from digitnet.images.form.mnist import SIDE

Array = NDArray[np.float32]

CELLS: Final = 7
FEATURES: Final = ORIENTATIONS * CELLS**2
LENGTH: Final = 10.0
"""|x| of every digit, so that the features are about as large as brightnesses."""

POWER: Final = 0.7
"""Exponent of each feature, so that a few strong edges do not dominate."""
_AT_ONCE: Final = 64  # pictures whose gradients fit into a core's cache


def pixels(images: NDArray[np.uint8]) -> Array:
    """x = byte / 255: the brightness of each pixel, from 0 to 1.

    Parameters
    ----------
    images : ndarray of uint8, shape (N, 28, 28)

    Returns
    -------
    ndarray of float32, shape (N, 784)
    """
    rows = images.reshape(len(images), math.prod(images.shape[1:]))
    return rows.astype(np.float32) / np.float32(255)


def orientations(images: NDArray[np.uint8]) -> Array:
    """Brightness gradient in 8 orientations and 7 × 7 cells, scaled to |x| = 10.

    `digitnet.images.form.gradient` splits the gradient among 8 orientations. Each is summed in
    overlapping cells with triangular weights, so that moving or thickening a stroke a little
    changes the features only a little. The power of 0.7 keeps a few strong edges from dominating
    (Liu, Nakashima, Sako and Fujisawa, Pattern Recognition 37, 2004).

    Parameters
    ----------
    images : ndarray of uint8, shape (N, 28, 28)

    Returns
    -------
    ndarray of float32, shape (N, FEATURES)
        Orientation by orientation, each by rows of cells; 0 for a picture without an edge.
    """
    x = np.empty((len(images), FEATURES), np.float32)
    for first in range(0, len(images), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        x[some] = _edges(images[some]).T
    x **= np.float32(POWER)
    length = np.linalg.norm(x, axis=1, keepdims=True)
    np.divide(np.float32(LENGTH) * x, length, out=x, where=length > 0)
    return x


def _edges(images: NDArray[np.uint8]) -> Array:
    """Gradient of each orientation in each cell: shape (FEATURES, n), a picture a column."""
    side, count = images.shape[1], len(images)
    light = np.zeros((side + 2, side + 2, count), np.float32)
    light[1:-1, 1:-1] = images.transpose(1, 2, 0)
    light /= 255
    x = np.empty((ORIENTATIONS, CELLS, CELLS, count), np.float32)
    for orientation, part in by_orientation(light):
        x[orientation] = _summed(part, _cells(side))
    return x.reshape(FEATURES, count)


def _summed(part: Array, to_cells: Array) -> Array:
    """Sums over the cells, by columns and then by rows: shape (CELLS, CELLS, n)."""
    side, _, count = part.shape
    rows = (to_cells @ part.reshape(side, -1)).reshape(CELLS, side, count)
    columns = to_cells @ rows.transpose(1, 0, 2).reshape(side, -1)
    return columns.reshape(CELLS, CELLS, count).transpose(1, 0, 2)


@cache
def _cells(side: int) -> Array:
    return triangles(side, CELLS)


def pixels_drawn(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture itself, uint8 of shape (28, 28)."""
    return image


def orientations_drawn(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Draw the features: 4 × 4 pixels a cell, light on the sides where ink begins.

    Parameters
    ----------
    image : ndarray of uint8, shape (28, 28)

    Returns
    -------
    ndarray of uint8, shape (28, 28)
    """
    x = orientations(image[np.newaxis])[0].reshape(ORIENTATIONS, CELLS, CELLS)
    rose = np.zeros((4, CELLS, 4, CELLS), np.float32)
    for edges, places in zip(x, _ROSE, strict=True):
        for row, column in places:
            rose[row, :, column] = edges
    rose *= 255 / max(float(rose.max()), 1e-9)
    drawn = np.rint(rose.transpose(1, 0, 3, 2)).astype(np.uint8)
    return drawn.reshape(4 * CELLS, 4 * CELLS)


_ROSE: Final = (
    ((1, 3), (2, 3)),
    ((3, 3),),
    ((3, 1), (3, 2)),
    ((3, 0),),
    ((1, 0), (2, 0)),
    ((0, 0),),
    ((0, 1), (0, 2)),
    ((0, 3),),
)  # rows and columns of the orientations, from right by way of down


class Inputs(NamedTuple):
    """One kind of input.

    Attributes
    ----------
    of : callable
        From pictures, uint8 of shape (N, 28, 28), to float32 of shape (N, size).
    size : int
        Numbers for each digit.
    largest : float
        Upper bound of each number.
    drawn : callable
        A drawing of the inputs of one picture: from uint8 of shape (28, 28) to the same.
    """

    of: Callable[[NDArray[np.uint8]], Array]
    size: int
    largest: float
    drawn: Callable[[NDArray[np.uint8]], NDArray[np.uint8]]


INPUTS: Final = {
    "pixels": Inputs(pixels, SIDE**2, 1.0, pixels_drawn),
    "orientations": Inputs(orientations, FEATURES, LENGTH, orientations_drawn),
}
"""The kinds of input, by name."""
