"""An even border around a picture: a scanner's, a screenshot's, a drawing program's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from digitnet.images.measure.morphology import Levels

_Level = TypeVar("_Level", bound=np.generic)


@dataclass(frozen=True)
class FrameLimits:
    """What is taken for a border."""

    least_side: int = 12
    """Pixels; a picture smaller than this along both sides holds a digit and nothing else."""
    longest: float = 2.0
    """Long side by short side; in a longer picture a 1 would do for a framed sheet."""
    step: float = 0.2
    """Share of the picture's range of grey levels between the border and what it surrounds."""
    deepest: float = 0.25
    """Share of the picture's height in which the border ends."""
    uneven: float = 0.15
    """Share of a row of the border that is of another level, at most."""
    ended: float = 0.5
    """Share of the first row within the border that is of another level."""
    along: float = 0.8
    """Share of the middle of a side along which the border ends at once."""
    alone: float = 0.9
    """The same of the whole side, where not all four sides have a border."""


def without_frame(grey: Levels, limits: FrameLimits) -> tuple[Levels, int]:
    """Replace an even border around the picture by the level of what it surrounds.

    A side has a border where its outermost rows are even and the first row of another level is
    of that level nearly everywhere: beneath a margin of paper there is never such a row.

    Parameters
    ----------
    grey : ndarray of uint8, shape (height, width)
    limits : FrameLimits

    Returns
    -------
    grey : ndarray of uint8, shape (height, width)
    found : int
        Sides that had a border.
    """
    if max(grey.shape) > limits.longest * min(grey.shape) or max(grey.shape) < limits.least_side:
        return grey, 0
    least = limits.step * float(np.ptp(grey))
    borders = [_border(np.rot90(grey, side), least, limits) for side in range(4)]
    # Where all four sides have one, it need not be seen on the whole of a side.
    surrounded = all(rows for rows, _ in borders)
    thickness = [rows if surrounded or alone else 0 for rows, alone in borders]
    if not any(thickness):
        return grey, 0
    inside = grey.copy()
    for side, rows in enumerate(thickness):
        if rows:
            turned = np.rot90(inside, side)
            turned[:rows] = np.median(_middle(turned[rows : rows + 1]))
    return inside, sum(rows > 0 for rows in thickness)


def _border(grey: Levels, least: float, limits: FrameLimits) -> tuple[int, bool]:
    """Rows of an even border at the top, 0 without one, and whether it ends all along the side."""
    deepest = int(limits.deepest * len(grey))
    outer = grey[: max(2, deepest)].astype(np.float32)
    level = float(np.median(outer[0]))
    other = np.abs(outer - level) > least
    first = int(np.argmax(other.mean(axis=1) > limits.ended))
    if not first:
        return 0, False
    even = other[:first].mean(axis=1) < limits.uneven
    # One row more: the edge itself may be blurred.
    inner = other[first : first + 2]
    # A line around a digit is no border: within it there is the same paper again.
    centre = _middle(grey[deepest : -deepest or None])
    ends = bool(even.all() and _middle(inner).mean(axis=1).max() > limits.along)
    ends &= abs(float(np.median(centre)) - level) > least
    return (first + len(inner) - 1) * ends, float(inner.mean(axis=1).max()) > limits.alone


def _middle(rows: NDArray[_Level]) -> NDArray[_Level]:
    """Half of each row: the sides may have a border of their own."""
    quarter = rows.shape[1] // 4
    return rows[:, quarter : rows.shape[1] - quarter]
