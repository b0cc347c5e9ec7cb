"""The runs of ink along a ruled line, column by column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digitnet.images.measure.components import Integers
from digitnet.images.measure.morphology import Grey


@dataclass(frozen=True)
class CrossingLimits:
    """What of a line is crossed by strokes, or is one."""

    alone: float = 20.0
    """Per cent of a line's length, at least, that no stroke crosses."""
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

    def rows(self, height: int) -> int:
        """Rows within which a line is found."""
        return max(2, int(self.reach * height))

    def margin(self, thickness: float) -> float:
        """Pixels by which a line of this thickness varies."""
        return max(1.0, self.thicker * thickness)


CROSSINGS: Final = CrossingLimits()


@dataclass(frozen=True, eq=False)
class Runs:
    """In each column of a picture, the run of ink that is nearest to a line's middle.

    Attributes
    ----------
    first, length : ndarray of int64, shape (width,)
        Its first row, and how many there are: 0 where there is none within reach.
    darkest : ndarray of float32, shape (width,)
        The greatest contrast in it.
    thickness : float
        Median length of the runs that are hardly longer than the least fifth; 0 without any.
    margin : float
        Pixels by which a line of this thickness varies.
    """

    first: Integers
    length: Integers
    darkest: Grey
    thickness: float
    margin: float

    @staticmethod
    def along(
        values: Grey,
        middle: NDArray[np.number],
        least: tuple[float, float],
        sizes: tuple[int, int],
        limits: CrossingLimits,
    ) -> Runs:
        """Find them.

        Parameters
        ----------
        values : ndarray of float32, shape (height, width)
            Contrast to the paper.
        middle : ndarray of float, shape (width,)
            Row of the line at each column.
        least : (float, float)
            The least contrast of a line's pixel, and that share of the line's own contrast. A
            bold line's blur and the uneven light beside it are above the paper's grain, too.
        sizes : (int, int)
            Pixels on either side of the middle within which the run is found, and by which it is
            followed.
        limits : CrossingLimits
        """
        reach, around = sizes
        offsets = np.arange(-around, around + 1)[:, np.newaxis]
        rows = np.rint(middle).astype(np.int64) + offsets
        strip = values[rows.clip(0, len(values) - 1), np.arange(len(middle))]
        strip[(rows < 0) | (rows >= len(values))] = 0
        within = slice(around - reach, around + reach + 1)
        cut = max(least[0], least[1] * float(np.median(strip[within].max(axis=0))))
        ground = strip <= cut
        away = np.where(ground[within], reach + 1, np.abs(offsets[within]))
        at = away.argmin(axis=0)
        is_near = away[at, np.arange(len(middle))] <= reach
        place = offsets[within][at, 0]
        first = np.where(ground & (offsets < place), offsets, -around - 1).max(axis=0) + 1
        last = np.where(ground & (offsets > place), offsets, around + 1).min(axis=0)
        length = np.where(is_near, last - first, 0)
        run = (offsets >= first) & (offsets < first + length)
        darkest = np.where(run, strip, np.float32(0)).max(axis=0)
        thickness = _thickness(length, limits)
        margin = limits.margin(thickness)
        return Runs(rows[around] + first, length, darkest, thickness, margin)

    def share_on(self, middle: NDArray[np.float64], height: int) -> float:
        """Share of a line's columns in the picture in which it is on the run, to half a pixel."""
        inside = (middle >= 0) & (middle < height)
        on = (self.first <= middle + 0.5) & (middle - 0.5 < self.first + self.length)
        return float((on & (self.length > 0))[inside].sum() / max(1, inside.sum()))

    def middles(self) -> tuple[Integers, NDArray[np.float64]]:
        """The columns in which a run is no stroke, and its middle there."""
        columns = np.flatnonzero((self.length > 0) & (self.length <= self.thickness + 1))
        return columns, self.first[columns] + (self.length[columns] - 1) / 2

    def course(self) -> NDArray[np.float64]:
        """Row of the line at each column: a cubic curve through the runs that are no strokes.

        Paper that does not lie flat bends a line twice. Without any run, the line is in row 0.
        """
        x, y = self.middles()
        if not len(x):
            return np.zeros(len(self.length))
        degree = min(3, len(x) - 1)  # of a strip of a few columns a curve is not known
        return np.polynomial.Polynomial.fit(x, y, degree)(np.arange(len(self.length)))


def _thickness(length: Integers, limits: CrossingLimits) -> float:
    if not length.any():
        return 0.0
    lengths = length[length > 0]
    short = float(np.percentile(lengths, limits.alone))
    return float(np.median(lengths[lengths <= short + limits.margin(short)]))
