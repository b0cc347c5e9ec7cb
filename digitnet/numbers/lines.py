"""Lines of writing: the position and slope of each, and neighbours that may be one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from digitnet.images.measure.morphology import Grey
from digitnet.numbers.parts import joined
from digitnet.numbers.pieces import Line, Piece


@dataclass(frozen=True)
class PlaceLimits:
    """Limits for locating a line."""

    tall: float = 0.6
    """Least height of a piece that locates the line, by the median of its pieces."""
    long: float = 2.0
    """Least distance of the first and the last piece for a slope, in heights."""
    around: float = 4.0
    """Margin before the first piece and after the last, in heights: a faint digit may be there."""
    least: float = 6.0
    """Least height of writing, in pixels."""


class Place(NamedTuple):
    """The middle of a line and its height, in pixels of the ink.

    Attributes
    ----------
    middle : float
        Row of the line's middle at column 0.
    height : float
        Height of its digits.
    slope : float
        Rows by which the middle descends per column.
    left, right : float
        Columns between which it is read.
    """

    middle: float
    height: float
    slope: float = 0.0
    left: float = 0.0
    right: float = np.inf


def place_of(line: Line, limits: PlaceLimits = PlaceLimits()) -> Place:
    """Locate a line by the medians of its pieces, so that a few odd ones do not matter.

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


def place_of_all(ink: Grey, limits: PlaceLimits = PlaceLimits()) -> Place:
    """Locate all the ink as a single digit."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    height = max(float(rows[-1] + 1 - rows[0]), limits.least)
    around = limits.around * height
    middle = (rows[0] + rows[-1] + 1) / 2
    return Place(float(middle), height, 0.0, columns[0] - around, columns[-1] + 1 + around)


def gap_between(upper: Line, lower: Line) -> float:
    """Rows between two lines, in heights of the smaller one; below 0 where they overlap."""
    edges = np.array([_rows(upper), _rows(lower)])
    gap = edges[:, 0].max() - edges[:, 1].min()
    return float(gap / np.diff(edges).min())


def _rows(line: Line) -> tuple[float, float]:
    """Median of the first rows of a line's pieces, and of the last."""
    boxes = np.array([piece.box for piece in line])
    return float(np.median(boxes[:, 1])), float(np.median(boxes[:, 3]))


def stacked(pieces: Sequence[Piece]) -> Line:
    """Pieces from left to right, with those above one another joined."""
    line: Line = []
    for piece in sorted(pieces, key=lambda piece: piece.box[0] + piece.box[2]):
        if line and _above(line[-1], piece):
            line[-1] = joined([line[-1], piece])
        else:
            line.append(piece)
    return line


def _above(one: Piece, other: Piece) -> bool:
    """Whether the middle of the narrower one is among the columns of the wider one."""
    narrow, wide = sorted((one, other), key=lambda piece: piece.width)
    return wide.box[0] < (narrow.box[0] + narrow.box[2]) / 2 < wide.box[2]
