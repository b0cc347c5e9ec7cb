"""The directions of the strokes in each part of a picture, and how long its outline is."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

CELLS: Final = 7
DIRECTIONS: Final = 8
FEATURES: Final = DIRECTIONS * CELLS**2


def stroke_directions(images: NDArray[np.uint8]) -> Array:
    """How much edge of each of 8 directions there is in each of 7 × 7 cells: x, with |x| = 1.

    The slope of the brightness is split among the directions next to its own; the cells
    overlap with triangular weights; a power of 0.7 lets a few strong edges not outweigh
    the rest. Directions of the slope as features of characters: Liu, Nakashima, Sako and
    Fujisawa, "Handwritten digit recognition: investigation of normalization and feature
    extraction techniques" (2004).

    Parameters
    ----------
    images : ndarray of uint8, shape (N, 28, 28)

    Returns
    -------
    ndarray of float32, shape (N, FEATURES)
        0 for a picture without an edge.
    """
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1))).astype(np.float32) / np.float32(255)
    right = padded[:, 1:-1, 2:] - padded[:, 1:-1, :-2]
    down = padded[:, 2:, 1:-1] - padded[:, :-2, 1:-1]
    angles = 2 * np.pi * np.arange(DIRECTIONS, dtype=np.float32) / DIRECTIONS
    beside = np.cos(angles[1]) * np.sqrt(right**2 + down**2)  # 0 from the next direction on
    to_cells = _cells(images.shape[1])
    x = np.empty((len(images), DIRECTIONS, CELLS**2), np.float32)
    for j, angle in enumerate(angles):
        along = np.cos(angle) * right + np.sin(angle) * down
        x[:, j] = np.maximum(along - beside, 0).reshape(len(images), -1) @ to_cells
    x = x.reshape(len(images), FEATURES) ** np.float32(0.7)
    length = np.linalg.norm(x, axis=1, keepdims=True)
    directions: Array = np.divide(x, length, out=np.zeros_like(x), where=length > 0)
    return directions


@cache
def _cells(side: int) -> Array:
    """Triangular weight of each pixel for each cell: shape (side², CELLS²)."""
    width = side / CELLS
    centres = width * (np.arange(CELLS) + 0.5) - 0.5
    away = np.abs(np.arange(side)[None, :] - centres[:, None]) / width
    along_a_side = np.maximum(1 - away, 0)
    return np.kron(along_a_side, along_a_side).T.astype(np.float32)


def outlines(images: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Σ |difference of neighbouring pixels| / 255 of each picture: shape (N,).

    The length of the ink's edge, in pixels, counted along rows and columns. Noise has more
    of it than any digit, a bare patch has less.
    """
    grey = images.astype(np.int16)
    steps = [np.abs(np.diff(grey, axis=axis)).sum(axis=(1, 2)) for axis in (1, 2)]
    outline: NDArray[np.float64] = (steps[0] + steps[1]) / 255
    return outline
