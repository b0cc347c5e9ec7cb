"""Where a line of writing is, however it slopes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from digitnet.numbers.pieces import Line


@dataclass(frozen=True)
class PlaceLimits:
    """What tells where a line is."""

    tall: float = 0.6
    """Share of the median height of a line's pieces; a lower one tells nothing of its place."""
    long: float = 2.0
    """Heights between the first and the last piece from which a slope can be told."""
    around: float = 4.0
    """Heights before the first piece and behind the last: a faint digit may be lost there."""
    least: float = 6.0
    """Pixels; no writing is lower."""


class Place(NamedTuple):
    """The middle of a line and its height, in pixels of the ink.

    Attributes
    ----------
    middle : float
        Row of the line's middle at column 0.
    height : float
        Of its digits.
    slope : float
        Rows by which the middle is lower at the next column.
    left, right : float
        Columns between which it is looked for.
    """

    middle: float
    height: float
    slope: float = 0.0
    left: float = 0.0
    right: float = np.inf


def place_of(line: Line, limits: PlaceLimits = PlaceLimits()) -> Place:
    """Say where a line is by its pieces: of medians, so that a few odd ones do no harm.

    Parameters
    ----------
    line : list of Piece
        At least one.
    limits : PlaceLimits
    """
    boxes = np.array([piece.box for piece in line], np.float64)
    heights = boxes[:, 3] - boxes[:, 1]
    left, right = float(boxes[:, 0].min()), float(boxes[:, 2].max())
    boxes = boxes[heights >= limits.tall * np.median(heights)]
    height = float(np.median(boxes[:, 3] - boxes[:, 1]))
    across, middles = boxes[:, 0::2].mean(axis=1), boxes[:, 1::2].mean(axis=1)
    slope = 0.0
    if len(boxes) > 2 and np.ptp(across) > limits.long * height:
        slope = float(np.polyfit(across, middles, 1)[0])
    middle, height = float(np.median(middles - slope * across)), max(height, limits.least)
    around = limits.around * height
    return Place(middle, height, slope, left - around, right + around)
