"""The input of the sequence model: orientation features of a line, in a sliding window."""

from __future__ import annotations

from typing import Final

import numpy as np

from digitnet.images.form.gradient import ORIENTATIONS, Array, by_orientation, triangles
from digitnet.images.form.inputs import LENGTH, POWER
from digitnet.numbers.strip import ROWS

STEP: Final = 2
"""Pixels between two places of the window."""
CELL: Final = 4
"""Pixels of a cell's side; cells overlap by half."""
CELLS: Final = ROWS // CELL
"""Cells in a column."""
FEATURES: Final = ORIENTATIONS * CELLS
"""Features of a column."""
COLUMNS: Final = 3
"""Columns in a window, a cell apart: it is 12 pixels wide, of digits that are 20 high."""
SIZE: Final = COLUMNS * FEATURES
"""Features of a window."""

_FAINTEST: Final = 0.35
"""Least norm of a window, by that of the boldest tenth; a lower one is paper, and is not scaled up
like the others."""
_BOLDEST: Final = 90.0  # per cent of the windows that are less bold
_ACROSS: Final = triangles(3 * CELL, 3)[
    1, CELL // 2 : -(CELL // 2)
]  # pixels from a cell's centre to its edge


def columns(strip: Array) -> Array:
    """Brightness gradient of each orientation in each cell, column by column.

    The same features as those of :func:`digitnet.images.form.inputs.orientations` for a single
    digit, with a column every two pixels.

    Parameters
    ----------
    strip : ndarray of float32, shape (ROWS, width)
        From :func:`digitnet.numbers.strip.strip`.

    Returns
    -------
    ndarray of float32, shape (⌈width / STEP⌉, FEATURES)
    """
    width = strip.shape[1] + strip.shape[1] % STEP
    aside = CELL + 1  # the reach of a cell, and a pixel for the gradient
    light = np.pad(strip, ((1, 1), (aside, aside + width - strip.shape[1])))
    down = triangles(ROWS, CELLS)
    x = np.zeros((ORIENTATIONS, CELLS, width // STEP), np.float32)
    for orientation, part in by_orientation(light):
        rows = down @ part
        for i, weight in enumerate(_ACROSS):
            x[orientation] += weight * rows[:, 1 + i : 1 + i + width : STEP]
    return np.maximum(x, 0).reshape(FEATURES, -1).T ** np.float32(POWER)


def windows(columns: Array) -> Array:
    """The input at each place of a line: x, with |x| = 10 where there is ink.

    Parameters
    ----------
    columns : ndarray of float32, shape (T, FEATURES)

    Returns
    -------
    ndarray of float32, shape (T, SIZE)
        The window around each column, padded with paper.
    """
    apart = CELL // STEP
    half = apart * (COLUMNS // 2)
    padded = np.pad(columns, ((half, half), (0, 0)))
    x = np.concatenate([padded[i * apart :][: len(columns)] for i in range(COLUMNS)], axis=1)
    length = np.sqrt(np.einsum("ij,ij->i", x, x))
    least = _FAINTEST * np.percentile(length, _BOLDEST) if len(length) else 0.0
    x *= (np.float32(LENGTH) / np.maximum(length, max(least, 1e-6)))[:, np.newaxis]
    return x
