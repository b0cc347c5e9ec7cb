"""Strokes that cross or meet a ruled line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digitnet.images.measure.components import Components, Mask, components
from digitnet.images.measure.morphology import Grey

_Rows = NDArray[np.int64]
_Columns = list[int]


@dataclass(frozen=True)
class CrossingLimits:
    """What of a line is crossed by strokes, or is one."""

    alone: float = 20.0
    """Per cent of a line's length, at least, that no stroke crosses."""
    longer: int = 2
    """Pixels by which a run is longer than the shortest fifth, and still the line alone."""
    thicker: float = 0.25
    """Share of its thickness by which a line alone varies, and at least a pixel."""
    bolder: float = 1.3
    """Contrast of a line alone, at most, by its median."""
    bridge: float = 0.6
    """Length of a stroke along a line, at most, by its digit's height."""
    fragment: float = 0.5
    """Height of a fragment, at most, by that of the digit it belongs to."""
    reach: float = 0.01
    """Share of the picture's height within which a line is found, and at least two pixels."""


CROSSINGS: Final = CrossingLimits()


def line_alone(
    values: Grey,
    inked: Runs,
    middle: NDArray[np.float64],
    floor: float,
    limits: CrossingLimits,
) -> Mask:
    """Pixels of a line from left to right, without the strokes that cross it or end on it.

    A stroke makes the line thicker or bolder. No digit stands on two feet: where two strokes
    of one digit end on the line, what is between them is its stroke, too.

    Parameters
    ----------
    values : ndarray of float32, shape (height, width)
        Contrast to the paper.
    inked : Runs
        Of what has more contrast than the floor.
    middle : ndarray of float, shape (width,)
        Row of the line at each column.
    floor : float
        The least contrast that is ink or line.
    limits : CrossingLimits

    Returns
    -------
    ndarray of bool, shape (height, width)
    """
    first, length = inked.nearest(middle, limits)
    thickness = line_thickness(length, limits)
    line = np.zeros(values.shape, dtype=np.bool_)
    if not length.any():
        return line
    # Nothing but the rows around the line is looked at: a page may have a hundred lines.
    top, bottom = _rows_of(first, length, len(values))
    rows = np.arange(top, bottom)[:, np.newaxis]
    run = (rows >= first - 1) & (rows < first + length + 1)
    darkest = np.where(run, values[top:bottom], 0).max(axis=0)
    alone = (length > 0) & (length <= thickness + max(1.0, limits.thicker * thickness))
    alone &= darkest <= limits.bolder * (np.median(darkest[alone]) if alone.any() else 0.0)
    above = np.where(length > 0, middle - thickness / 2 - first, 0)
    below = np.where(length > 0, first + length - middle - thickness / 2, 0)
    line[top:bottom] = run & alone
    feet = _feet(~alone & (length > 0), above, below, thickness)
    if feet:
        pieces = components((values > floor) & ~line)
        for columns in _bridges(pieces, feet, first, limits):
            line[:, columns] = False
    return line


def _rows_of(first: _Rows, length: _Rows, height: int) -> tuple[int, int]:
    """First and last row, exclusive, of all runs and a row on either side."""
    there = length > 0
    top, bottom = first[there].min() - 1, (first + length)[there].max() + 1
    return max(0, int(top)), min(height, int(bottom))


def _feet(
    crossed: Mask, above: NDArray[np.float64], below: NDArray[np.float64], thickness: float
) -> list[tuple[_Columns, _Columns]]:
    """First and last column, exclusive, of neighbouring strokes that end on one side of a line."""
    strokes = np.flatnonzero(np.diff(np.pad(crossed, 1).astype(np.int8))).reshape(-1, 2).tolist()
    reach = [(above[a:b].max(), below[a:b].max()) for a, b in strokes]
    ends = [i for i, longest in enumerate(reach) if max(longest) > 1 + thickness / 2]
    return [
        (strokes[i], strokes[j])
        for i, j in pairwise(ends)
        if min(max(reach[i][side], reach[j][side]) for side in (0, 1)) <= 1 + thickness
    ]


def _bridges(
    pieces: Components, feet: list[tuple[_Columns, _Columns]], first: _Rows, limits: CrossingLimits
) -> Iterator[slice]:
    """Columns of the line between two strokes of one digit that end on it."""
    heights = pieces.sides[:, 1]
    joined: set[int] = set()
    for (_, b), (c, _) in sorted(feet, key=lambda pair: pair[1][0] - pair[0][1]):
        one, other = pieces.labels[first[b - 1], b - 1], pieces.labels[first[c], c]
        if min(one, other) < 0:
            continue
        small, large = sorted((int(one), int(other)), key=lambda piece: heights[piece])
        fragment = heights[small] < limits.fragment * heights[large] and small not in joined
        if c - b <= limits.bridge * heights[large] and (one == other or fragment):
            joined.add(small)
            yield slice(b, c)


def line_thickness(length: _Rows, limits: CrossingLimits) -> float:
    """Median length of the runs that are hardly longer than the least fifth; 0 without any."""
    if not length.any():
        return 0.0
    found = length[length > 0]
    return float(np.median(found[found <= np.percentile(found, limits.alone) + limits.longer]))


@dataclass(frozen=True, eq=False)
class Runs:
    """The vertical runs of a mask.

    Attributes
    ----------
    above, below : ndarray of int32, shape (height + 2, width)
        At each pixel of a run: the row before the run, and the one after it. There is a row of
        ground before the first row and one after the last.
    """

    above: NDArray[np.int32]
    below: NDArray[np.int32]

    @staticmethod
    def of(mask: Mask) -> Runs:
        """Find all of them at once."""
        ground = np.pad(~mask, ((1, 1), (0, 0)), constant_values=True)
        rows = np.arange(len(ground), dtype=np.int32)[:, np.newaxis]
        above = np.maximum.accumulate(np.where(ground, rows, -1), axis=0, dtype=np.int32)
        last = np.int32(len(ground))
        below = np.minimum.accumulate(np.where(ground, rows, last)[::-1], axis=0, dtype=np.int32)
        return Runs(above, below[::-1])

    def nearest(self, middle: NDArray[np.number], limits: CrossingLimits) -> tuple[_Rows, _Rows]:
        """First row and length of the run nearest to the middle, column by column.

        A length of 0 says that there is none within two pixels or 1 % of the height.
        """
        rows, width = self.above.shape
        reach = max(2, int(limits.reach * (rows - 2)))
        columns = np.arange(width)
        best = np.full(width, -1)
        for offset in sorted(range(-reach, reach + 1), key=abs, reverse=True):
            at = np.clip(np.rint(middle).astype(int) + 1 + offset, 0, rows - 1)
            best = np.where(self.below[at, columns] > at, at, best)
        first, last = self.above[best, columns], self.below[best, columns]
        return first.astype(np.int64), np.where(best >= 0, last - first - 1, 0)
