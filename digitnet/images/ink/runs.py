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
    """Limits for separating a line from strokes across and along it."""

    alone: float = 20.0
    """Least per cent of a line's length that no stroke crosses."""
    thicker: float = 0.25
    """Variation of a line's thickness, as a fraction of it; at least a pixel."""
    bolder: float = 1.3
    """Most contrast of a line alone, by its median."""
    bridge: float = 0.6
    """Most length of a stroke along a line, by its digit's height."""
    fragment: float = 0.5
    """Most height of a fragment, by that of its digit."""
    reach: float = 0.01
    """Distance within which a line is found, as a fraction of the picture's height; at least two
    pixels."""

    def rows(self, height: int) -> int:
        """Rows within which a line is found."""
        return max(2, int(self.reach * height))

    def margin(self, thickness: float) -> float:
        """Variation of a line of this thickness, in pixels."""
        return max(1.0, self.thicker * thickness)


CROSSINGS: Final = CrossingLimits()


@dataclass(frozen=True, eq=False)
class Runs:
    """The run of ink nearest to a line's middle, in each column of a picture.

    Attributes
    ----------
    first, length : ndarray of int64, shape (width,)
        Its first row and its length; length 0 if there is no run within reach.
    darkest : ndarray of float32, shape (width,)
        Highest contrast in the run.
    thickness : float
        Median length of the runs that are hardly longer than the shortest fifth; 0 without runs.
    margin : float
        Variation of a line of this thickness, in pixels.
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
        """Find the runs.

        Parameters
        ----------
        values : ndarray of float32, shape (height, width)
            Contrast to the paper.
        middle : ndarray of float, shape (width,)
            Row of the line at each column.
        least : (float, float)
            Least contrast of a line's pixel, absolute and as a fraction of the line's own: the blur
            of a bold line, and uneven light beside it, also exceed the paper's grain.
        sizes : (int, int)
            Pixels on each side of the middle within which the run is found, and up to which it is
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
        """Fraction of a line's columns in which it is on the run, to half a pixel."""
        inside = (middle >= 0) & (middle < height)
        on = (self.first <= middle + 0.5) & (middle - 0.5 < self.first + self.length)
        return float((on & (self.length > 0))[inside].sum() / max(1, inside.sum()))

    def middles(self) -> tuple[Integers, NDArray[np.float64]]:
        """Columns in which the run is not a stroke, and its middle there."""
        columns = np.flatnonzero((self.length > 0) & (self.length <= self.thickness + 1))
        return columns, self.first[columns] + (self.length[columns] - 1) / 2

    def course(self) -> NDArray[np.float64]:
        """Row of the line at each column: a cubic curve through the runs that are not strokes.

        Paper that is not flat may bend a line twice. Without any run, the line is in row 0.
        """
        x, y = self.middles()
        if not len(x):
            return np.zeros(len(self.length))
        degree = min(3, len(x) - 1)  # a few columns do not determine a curve
        return np.polynomial.Polynomial.fit(x, y, degree)(np.arange(len(self.length)))


def _thickness(length: Integers, limits: CrossingLimits) -> float:
    if not length.any():
        return 0.0
    lengths = length[length > 0]
    short = float(np.percentile(lengths, limits.alone))
    return float(np.median(lengths[lengths <= short + limits.margin(short)]))
