"""Find nearly straight lines through a picture, from left to right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digitnet.images.ink.runs import CrossingLimits, Runs
from digitnet.images.measure.components import Mask
from digitnet.images.measure.morphology import Grey, dilation

Middle = NDArray[np.float64]
"""Row of a line's middle at each column."""


@dataclass(frozen=True)
class StraightLimits:
    """How to recognise a nearly straight line through the picture."""

    working_side: int = 256
    """Pixels of the longer side at which lines are searched; a slight slope is straight."""
    certain: int = 3
    """Least number of lines that are always ruled: no digit has as many."""
    steepest: float = 0.06
    """Most slope of a line, also at the ends of a bent one, whose depth by its length is then a
    quarter of that."""
    thickest: float = 0.06
    """Most thickness, by the picture's height."""
    faint: float = 0.65
    """Least contrast of a line, by the least of ink; grain of that contrast is not in line."""
    # In a picture that is longer than a digit, no stroke goes through the whole length; across it,
    # the bar of a 7 or a 1 nearly does.
    longer: float = 1.3
    """Least width by height of a picture longer than a digit; others may be cut out along a 7."""
    span: float = 0.7
    """Least fraction of a longer picture that a line goes through."""
    span_across: float = 0.95
    """Least fraction of another picture that a line goes through."""
    followed: float = 0.7
    """Least fraction of it in which the ink is on a smooth curve, to the pixel: digits side by side
    look like a line, but deviate with every bowl."""


STRAIGHT: Final = StraightLimits()


def straight_lines(
    values: Grey,
    strokes: Mask,
    least: tuple[float, float],
    limits: StraightLimits,
    crossing: CrossingLimits,
) -> list[tuple[Middle, float]]:
    """Find the lines from left to right.

    Parameters
    ----------
    values : ndarray of float32, shape (height, width)
        Contrast to the paper.
    strokes : ndarray of bool, shape (height, width)
        Pixels with enough contrast for a stroke beside other strokes.
    least : (float, float)
        As for :meth:`Runs.along`.
    limits : StraightLimits
    crossing : CrossingLimits

    Returns
    -------
    list of (ndarray of float, float)
        Row of a line's middle at each column, and its thickness.
    """
    step = -(-max(values.shape) // limits.working_side)
    small = _reduced(values, step)
    height, width = small.shape
    if height < 1 or width < 2:  # a strip is less than a line
        return []
    at, every = np.arange(width) * step + step // 2, np.arange(values.shape[1])
    column, faint = values[:, at], (limits.faint * least[0], least[1])
    is_longer = values.shape[1] > limits.longer * values.shape[0]
    span = limits.span if is_longer else limits.span_across
    reach = 2 * step + crossing.rows(len(values))
    lines = list[tuple[Middle, float]]()
    # A line as bold as the writing is not searched in grain and in what shows through.
    for mask in (_reduced(strokes.astype(np.float32), step) > 0, small > faint[0]):
        for rough in _straight(mask, span, limits):
            place = rough * step + step // 2
            if not _is_among(place, lines, reach):
                runs, thin = _followed(column, place, step, reach, faint, limits, crossing)
                middle = runs.course()
                new = not _is_among(middle, lines, reach)
                if new and thin and runs.share_on(middle, len(values)) >= limits.followed:
                    lines.append((middle, runs.thickness))
    on_small = [(middle - step // 2) / step for middle, _ in lines]
    if len(lines) < limits.certain and _reaches_edge(small > least[0], on_small, limits):
        return []
    return [(np.interp(every, at, middle), thickness) for middle, thickness in lines]


def _is_among(middle: NDArray[np.number], lines: list[tuple[Middle, float]], reach: int) -> bool:
    """Whether a line is within so many rows of one of the others, and so the same."""
    return any(np.abs(middle - other).mean() <= reach for other, _ in lines)


def _reduced(values: Grey, step: int) -> Grey:
    """The maximum of each square of pixels."""
    return dilation(values, step)[step // 2 :: step, step // 2 :: step]


def _straight(mask: Mask, least: float, limits: StraightLimits) -> list[NDArray[np.int64]]:
    """Nearly straight lines with ink along enough of their length, from top to bottom.

    The Hough transform (Duda and Hart, Communications of the ACM 15, 1972) of ink widened to three
    rows, for lines by the row in which they are in the middle, their slope, and their bend.
    """
    height, width = mask.shape
    y, x = np.nonzero(dilation(mask.astype(np.float32), (3, 1)) > 0)
    across = np.arange(width) / (width - 1) * 2 - 1
    tilts = np.arange(-(end := round(limits.steepest * width / 2)), end + 1)
    bends = np.arange(-(deep := round(limits.steepest / 4 * width)), deep + 1, 2)
    shapes = np.array([tilt * across + bend * across**2 for tilt in tilts for bend in bends])
    shapes = np.rint(shapes).astype(np.int64)
    rows = y - shapes[:, x]
    inside = (rows >= 0) & (rows < height)
    flat = (rows + height * np.arange(len(shapes))[:, np.newaxis])[inside]
    shares = np.bincount(flat, minlength=height * len(shapes)).reshape(-1, height)
    shares = shares / np.maximum(_inside(shapes, height), width / 2)
    best = shares.max(axis=0)
    around = dilation(best.astype(np.float32)[:, np.newaxis], (7, 1))[:, 0]
    peaks = np.flatnonzero((best >= least) & (best >= around))
    return [row + shapes[shares[:, row].argmax()] for row in peaks]


def _inside(shapes: NDArray[np.int64], height: int) -> NDArray[np.int64]:
    """Columns in which each shape is in the picture, by its row in the middle."""
    rows = np.arange(height)
    ordered = np.sort(shapes, axis=1)
    return np.array(
        [np.searchsorted(s, height - rows) - np.searchsorted(s, -rows) for s in ordered]
    )


def _followed(
    values: Grey,
    place: NDArray[np.int64],
    step: int,
    reach: int,
    least: tuple[float, float],
    limits: StraightLimits,
    crossing: CrossingLimits,
) -> tuple[Runs, bool]:
    """The runs along a line found in the small picture, and whether it is thin enough."""
    thickest = max(3 * step, limits.thickest * len(values))
    runs = Runs.along(values, place, least, (reach, reach + int(thickest) + 1), crossing)
    return runs, 0 < runs.thickness <= thickest


def _reaches_edge(mask: Mask, middles: list[Middle], limits: StraightLimits) -> bool:
    """Whether other ink touches the edges beside the lines, as if cut out along its outline.

    The bar of such a 7 also goes through the whole picture.
    """
    height, width = mask.shape
    rest = mask.copy()
    for middle in middles:
        rest &= np.abs(np.arange(height)[:, np.newaxis] - middle) > 2
    return bool((rest[:2].any() or rest[-2:].any()) and width < limits.longer * height)
