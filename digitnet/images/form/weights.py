"""What a neuron's weights mean, as a picture: positive where ink excites it, else negative.

Of a network that sees orientation features, a weight belongs to an edge in a cell. A stroke has two
edges, on which the gradient of the brightness points to it from both sides; their two weights
together say what a stroke there, running that way, does.
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
"""Times that half of a stroke goes into its cell."""


class Strokes(NamedTuple):
    """The one stroke of each cell that weighs most.

    Attributes
    ----------
    runs : ndarray of int, shape (7, 7)
        Which way it runs: 0 up, 1 up and right, 2 across, 3 down and right.
    weight : ndarray of float32, shape (7, 7)
        Positive if it excites the neuron.
    """

    runs: NDArray[np.intp]
    weight: Array


def strokes(weights: Array) -> Strokes:
    """Find what a neuron that sees orientation features looks for in each cell.

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
        Of the brightness of each pixel, or of the orientations in each cell.
    part : int
        Pixels of a cell's side, from 3 on, in which its stroke is drawn.

    Returns
    -------
    ndarray of float32, shape (28, 28)
        Of pixels, the weights themselves; of orientations, the `strokes`, shape (7 part, 7 part).
    """
    if len(weights) != FEATURES:
        return np.asarray(weights.reshape(SIDE, SIDE), np.float32)
    runs, weight = strokes(weights)
    drawn = weight[:, :, None, None] * _inked(part)[runs]
    return np.asarray(drawn.transpose(0, 2, 1, 3).reshape(CELLS * part, -1), np.float32)


@cache
def _inked(part: int) -> Array:
    """Where each of the four strokes has ink in a cell: shape (4, part, part)."""
    row, column = np.indices((part, part)) - (part - 1) / 2
    across = [column, (row + column) / np.sqrt(2), row, (row - column) / np.sqrt(2)]
    return np.stack([np.abs(away) < part / _THICK for away in across]).astype(np.float32)
