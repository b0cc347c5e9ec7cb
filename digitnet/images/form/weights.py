"""Draw the weights of a neuron: positive where ink excites it.

With orientation features, a weight belongs to an edge in a cell. A stroke has two edges with
opposite gradients, so the sum of their two weights is the effect of a stroke of that orientation
there.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitnet.images.form.gradient import ORIENTATIONS
from digitnet.images.form.inputs import CELLS, FEATURES
from digitnet.images.form.mnist import SIDE

Array = NDArray[np.float32]


_THICK: Final = 5
"""Half-strokes in a cell."""


class Strokes(NamedTuple):
    """The stroke with the largest weight in each cell.

    Attributes
    ----------
    runs : ndarray of int, shape (7, 7)
        Its orientation: 0 up, 1 up and right, 2 across, 3 down and right.
    weight : ndarray of float32, shape (7, 7)
        Positive if it excites the neuron.
    """

    runs: NDArray[np.intp]
    weight: Array


def strokes(weights: Array) -> Strokes:
    """Find the stroke with the largest weight in each cell, for orientation features.

    Parameters
    ----------
    weights : ndarray, shape (392,)
    """
    edges = weights.reshape(ORIENTATIONS, CELLS, CELLS)
    both = edges[: ORIENTATIONS // 2] + edges[ORIENTATIONS // 2 :]
    runs = np.abs(both).argmax(axis=0)
    return Strokes(runs, np.take_along_axis(both, runs[None], axis=0)[0])


def weights_drawn(weights: Array, part: int = SIDE // CELLS) -> Array:
    """Draw the weights of a neuron, one for each of its inputs.

    Parameters
    ----------
    weights : ndarray, shape (784,) or (392,)
        Of pixels, or of orientation features.
    part : int
        Side of a cell in pixels, at least 3.

    Returns
    -------
    ndarray of float32, shape (28, 28)
        For pixels the weights; for orientation features the `strokes`, shape (7 part, 7 part).
    """
    if len(weights) != FEATURES:
        return np.asarray(weights.reshape(SIDE, SIDE), np.float32)
    runs, weight = strokes(weights)
    drawn = weight[:, :, None, None] * _inked(part)[runs]
    return np.asarray(drawn.transpose(0, 2, 1, 3).reshape(CELLS * part, -1), np.float32)


@cache
def _inked(part: int) -> Array:
    """Ink of each of the four strokes in a cell: shape (4, part, part)."""
    row, column = np.indices((part, part)) - (part - 1) / 2
    across = [column, (row + column) / np.sqrt(2), row, (row - column) / np.sqrt(2)]
    return np.stack([np.abs(away) < part / _THICK for away in across]).astype(np.float32)
