"""What a network sees of a digit: the brightness of its pixels, or orientation features.

The essay's network sees 784 brightnesses, and must find out by itself that a stroke is a stroke
wherever it lies. What distinguishes digits most is the orientation of their strokes in each part
of the picture: those are the 392 numbers of `orientations`.
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
"""|x| of every digit: its numbers are then about as large as brightnesses are."""

POWER: Final = 0.7
"""Of each edge, so that a few strong ones do not outweigh the rest."""
_AT_ONCE: Final = 64  # pictures whose gradients stay in a core's cache


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
    """8 orientations × 7 × 7 cells of the brightness gradient: x, with |x| = 10.

    At the edge of a stroke the brightness changes: `digitnet.images.form.gradient` splits that
    among 8 orientations. Each is summed in cells that overlap with triangular weights: a stroke
    that is moved a little, or made a little thicker, changes little. A power of 0.7 keeps a few
    strong edges from outweighing the rest (Liu, Nakashima, Sako and Fujisawa, Pattern Recognition
    37, 2004).

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
    """Edge of each orientation in each cell: shape (FEATURES, n), a picture a column."""
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
    """A rose of 4 × 4 pixels for each cell, light on the sides where the ink begins.

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
    """What a network may see of a digit.

    Attributes
    ----------
    of : callable
        From pictures, uint8 of shape (N, 28, 28), to float32 of shape (N, size).
    size : int
        Numbers for each digit.
    largest : float
        None of them is larger.
    drawn : callable
        What they are of one picture, to look at: from uint8 of shape (28, 28) to the same.
    """

    of: Callable[[NDArray[np.uint8]], Array]
    size: int
    largest: float
    drawn: Callable[[NDArray[np.uint8]], NDArray[np.uint8]]


INPUTS: Final = {
    "pixels": Inputs(pixels, SIDE**2, 1.0, pixels_drawn),
    "orientations": Inputs(orientations, FEATURES, LENGTH, orientations_drawn),
}
"""What a network may see, by name."""
