"""Separate a ruled line from the strokes that cross or touch it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from digitnet.images.ink.runs import CrossingLimits, Runs
from digitnet.images.measure.components import Components, Integers, Mask
from digitnet.images.measure.morphology import Grey

_Columns = tuple[int, int]


@dataclass(frozen=True, eq=False)
class RuledLine:
    """A line from left to right, and the columns in which no stroke crosses it.

    Attributes
    ----------
    runs : Runs
    middle : ndarray of float, shape (width,)
    alone : ndarray of bool, shape (width,)
        True where no stroke crosses the line or ends on it.
    down : bool
        Whether it goes down the picture; everything else is turned as if it went across.
    """

    runs: Runs
    middle: NDArray[np.float64]
    alone: Mask
    down: bool = False

    @staticmethod
    def along(
        values: Grey,
        middle: NDArray[np.float64],
        thickness: float,
        least: tuple[float, float],
        limits: CrossingLimits,
    ) -> RuledLine:
        """Separate the line from strokes, which make it thicker or bolder.

        The parameters are those of :meth:`Runs.along`.
        """
        reach = limits.rows(len(values))
        around = reach + int(2 * thickness) + 2
        runs = Runs.along(values, middle, least, (reach, around), limits)
        thin = (runs.length > 0) & (runs.length <= runs.thickness + runs.margin)
        usual = float(np.median(runs.darkest[thin])) if thin.any() else 0.0
        alone = thin & (runs.darkest <= limits.bolder * usual)
        if alone.any():
            columns = np.flatnonzero(alone)
            own = runs.first[columns] + (runs.length[columns] - 1) / 2
            middle = np.interp(np.arange(len(middle)), columns, own)
        return RuledLine(runs, middle, alone)

    @property
    def thickness(self) -> float:
        """Thickness of the line in pixels, without its blur."""
        return self.runs.thickness + 2 * int(self.runs.margin)

    def draw(self, mask: Mask) -> None:
        """Set the pixels of the line alone, and of its blur, in a mask of the picture."""
        first = self.runs.first - int(self.runs.margin)
        last = self.runs.first + self.runs.length + int(self.runs.margin)
        self._fill(mask, first, last, self.alone)

    def draw_course(self, mask: Mask) -> None:
        """Set all pixels between its ends, those of its blur, and one more on either side."""
        half = self.runs.thickness / 2 + self.runs.margin + 1
        first, last = np.ceil(self.middle - half), np.floor(self.middle + half) + 1
        self._fill(mask, first.astype(int), last.astype(int), np.ones_like(self.alone))

    def _fill(self, mask: Mask, first: Integers, last: Integers, columns: Mask) -> None:
        if not columns.any():
            return
        mask = mask.T if self.down else mask
        # Only the rows around the line are examined: a page may have a hundred lines.
        top, bottom = max(0, first[columns].min()), min(len(mask), last[columns].max())
        rows = np.arange(top, bottom)[:, np.newaxis]
        mask[top:bottom] |= columns & (rows >= first) & (rows < last)

    def without_bridges(self, pieces: Components, limits: CrossingLimits) -> RuledLine:
        """The line without the strokes of digits that run along it.

        No digit stands on two feet: between two strokes of one digit that end on the line, the
        line is its stroke, too.

        Parameters
        ----------
        pieces : Components
            Of the page without the lines, turned so that this line is from left to right.
        limits : CrossingLimits
        """
        bridges = list(self._bridges(pieces, limits))
        if not bridges:
            return self
        alone = self.alone.copy()
        for columns in bridges:
            alone[columns] = False
        return replace(self, alone=alone)

    def _feet(self) -> Iterator[tuple[_Columns, _Columns]]:
        """First and last column, exclusive, of neighbouring strokes that end on one side."""
        half = self.runs.thickness / 2
        above = self.middle - half - self.runs.first
        below = self.runs.first + self.runs.length - self.middle - half
        crossed = ~self.alone & (self.runs.length > 0)
        strokes = np.flatnonzero(np.diff(np.pad(crossed, 1).astype(np.int8))).reshape(-1, 2)
        reach = [(above[a:b].max(), below[a:b].max()) for a, b in strokes]
        ends = [i for i, longest in enumerate(reach) if max(longest) > 1 + half]
        for i, j in pairwise(ends):
            if min(max(reach[i][side], reach[j][side]) for side in (0, 1)) <= 1 + 2 * half:
                yield strokes[i], strokes[j]

    def _bridges(self, pieces: Components, limits: CrossingLimits) -> Iterator[slice]:
        """Columns of the line between two strokes of one digit that end on it."""
        heights, first = pieces.sides[:, 1], self.runs.first
        joined: set[int] = set()
        for (_, b), (c, _) in sorted(self._feet(), key=lambda pair: pair[1][0] - pair[0][1]):
            one, other = pieces.labels[first[b - 1], b - 1], pieces.labels[first[c], c]
            if min(one, other) < 0:
                continue
            small, large = sorted((int(one), int(other)), key=lambda piece: heights[piece])
            fragment = heights[small] < limits.fragment * heights[large] and small not in joined
            if c - b <= limits.bridge * heights[large] and (one == other or fragment):
                joined.add(small)
                yield slice(b, c)
