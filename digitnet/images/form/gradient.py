"""The brightness gradient, split among eight orientations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

ORIENTATIONS: Final = 8
"""Right, right and down, down, …: every 45° once around."""


def by_orientation(light: Array) -> Iterator[tuple[int, Array]]:
    """The part of each pixel's gradient that belongs to each orientation.

    At the edge of a stroke the gradient (right, down) points across the stroke. It is split among
    the two of the 8 orientations that are next to it: the part of an orientation is
    max(0, gradient along it - |gradient| cos 45°), which is 0 from the next orientation on.
    Gradient orientations as features of characters: Liu, Nakashima, Sako and Fujisawa,
    "Handwritten digit recognition: investigation of normalization and feature extraction
    techniques", Pattern Recognition 37, 2004.

    Parameters
    ----------
    light : ndarray of float32, shape (rows + 2, columns + 2, …)
        Brightness, padded by a pixel on each side.

    Yields
    ------
    orientation : int
    part : ndarray of float32, shape (rows, columns, …)
        Overwritten by the next one.
    """
    right = light[1:-1, 2:] - light[1:-1, :-2]
    down = light[2:, 1:-1] - light[:-2, 1:-1]
    diagonal = np.float32(np.cos(np.pi / 4))
    beside = diagonal * np.sqrt(right * right + down * down)
    halves = right, diagonal * (right + down), down, diagonal * (down - right)
    part = np.empty_like(right)
    for j, along in enumerate(halves):
        yield j, np.maximum(np.subtract(along, beside, out=part), 0, out=part)
        opposite = np.minimum(np.add(along, beside, out=part), 0, out=part)
        yield j + len(halves), np.negative(opposite, out=part)


def triangles(side: int, cells: int) -> Array:
    """Weight of each of `side` pixels for each of so many cells: shape (cells, side).

    A cell's weights fall linearly from its centre to the centres of its neighbours, so that moving
    a stroke a little changes the sums only a little.
    """
    width = side / cells
    centres = width * (np.arange(cells) + 0.5) - 0.5
    away = np.abs(np.arange(side) - centres[:, None]) / width
    return np.maximum(1 - away, 0).astype(np.float32)
