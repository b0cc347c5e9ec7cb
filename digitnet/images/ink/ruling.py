"""Ruled lines and squares of the paper, found and taken away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from digitnet.images.ink.crossings import (
    CROSSINGS,
    CrossingLimits,
    Runs,
    line_alone,
    line_thickness,
)
from digitnet.images.ink.threshold import Contrast
from digitnet.images.measure.components import Mask
from digitnet.images.measure.morphology import Grey, dilation
from digitnet.images.measure.widths import ink_width


@dataclass(frozen=True)
class RulingLimits:
    """What is taken for a ruled line."""

    largest_digit: int = 28
    """Pixels; a picture no larger than MNIST's holds a digit and nothing else."""
    working_side: int = 256
    """Pixels along the longer side on which lines are looked for; a slight slope is straight."""
    apart: int = 4
    """Rows between two lines, at least; what is closer is one line, found twice."""
    certain: int = 3
    """Lines that are ruled, whatever they look like: no digit has as many."""
    steepest: float = 0.06
    """Slope of a line, at most."""
    deepest: float = 0.015
    """Depth of its bend by its length, at most."""
    thickest: float = 0.06
    """Its thickness by the picture's height, at most."""
    faint: float = 0.65
    """Share of the least contrast of ink that a line has; grain that reaches it is not in line."""
    level: float = 75.0
    """Per cent of the writing's ink that has less contrast than a stroke."""
    edge: float = 1.3
    """Width by height of a picture, at most, that may be cut out along the outline of a 7."""
    # Along a picture that is longer than a digit is wide, no digit's own stroke goes through all
    # of it; across it, the bar of a 7 or a 1 nearly does.
    long: float = 1.6
    """Width by height of a picture of several digits."""
    longer: float = 1.3
    """Width by height of a picture longer than a digit."""
    spans: tuple[float, float, float] = (0.7, 0.85, 0.95)
    """Share of the picture that a line goes through: in a long one, a longer one, another."""
    heaviest: float = 1.2
    """Ink of a line per pixel of its length by that of a stroke, at most."""
    heaviest_across: float = 0.75
    """The same in a picture that is no longer than a digit: the bar of a 7 goes through it."""
    beside: int = 2
    """Pixels from a line within which what is left of it lies."""
    left: float = 0.8
    """Share of a piece that lies there if it is left of the line."""
    crossing: CrossingLimits = CROSSINGS
    """What of a line is crossed by strokes."""


def without_ruling(page: Contrast, limits: RulingLimits) -> tuple[Contrast, int]:
    """Take ruled lines away, but for the strokes that cross them.

    A line is a thin, nearly straight piece that goes through the whole picture; it may be bent
    as by a lens (a parabola). Where its run across is longer than elsewhere, a stroke crosses
    and stays, as in the removal of staff lines from music (Dalitz et al., IEEE Transactions on
    Pattern Analysis and Machine Intelligence 30, 2008).

    Parameters
    ----------
    page : Contrast
    limits : RulingLimits

    Returns
    -------
    page : Contrast
    found : int
        How many lines there were.
    """
    values, floor = page.values, page.floor
    if max(values.shape) <= limits.largest_digit:
        return page, 0
    bands = [
        (band if direction == 0 else band.T, heavy)
        for direction, view in enumerate((values, values.T))
        for band, heavy in _bands(view, floor, limits)
    ]
    if not bands:
        return page, 0
    certain = len(bands) >= limits.certain
    writing = np.where(reduce(np.logical_or, [band for band, _ in bands]), 0, values)
    inked = writing > floor
    level = float(np.percentile(writing[inked], limits.level)) if inked.any() else 0.0
    stroke = ink_width((writing > level / 2).astype(np.float32)) if inked.any() else 0.0
    ruled = [
        band for band, heavy in bands if certain or _weight(values, band) <= heavy * stroke * level
    ]
    if not ruled:
        return page, 0
    lines = reduce(np.logical_or, ruled)
    left = page.changed(np.where(lines, np.float32(0), values))
    if len(ruled) >= limits.certain:
        thickness = float(np.median([band.sum() / _length(band) for band in ruled]))
        left = replace(left, ruled=thickness)
    return left.without(_on_lines(left, lines, limits))[0], len(ruled)


def _on_lines(page: Contrast, lines: Mask, limits: RulingLimits) -> Mask:
    """Which pieces are left of the lines: nearly all of their pixels lie beside them."""
    beside = dilation(lines.astype(np.float32), 2 * limits.beside + 1) > 0
    labels = page.pieces.labels[beside & page.pieces.mask]
    share = np.bincount(labels, minlength=len(page.pieces.areas)) / page.pieces.areas
    return share >= limits.left


def _weight(values: Grey, band: Mask) -> float:
    """Ink of a line per pixel of its length."""
    return float(values[band].sum()) / _length(band)


def _length(band: Mask) -> int:
    """Pixels along a line, at least one."""
    return max(int(band.any(axis=0).sum()), int(band.any(axis=1).sum()), 1)


def _lines(values: Grey, floor: float, limits: RulingLimits) -> list[NDArray[np.float64]]:
    """Middle row at each column of every line from left to right."""
    step = -(-max(values.shape) // limits.working_side)
    small = dilation(values, step)[step // 2 :: step, step // 2 :: step]
    mask = small > limits.faint * floor
    height, width = mask.shape
    if height < 1 or width < 2:  # of a strip, less than a line is left
        return []
    inked, middles = Runs.of(mask), list[NDArray[np.float64]]()
    for straight in _straight(mask, limits.spans[_shape(values, limits)], limits):
        middle, thickness = _followed(inked, straight, limits)
        apart = [np.abs(middle - other).mean() > limits.apart for other in middles]
        if thickness <= max(3, limits.thickest * height) and all(apart):
            middles.append(middle)
    if len(middles) < limits.certain and _reaches_edge(small > floor, middles, limits):
        return []
    at = (np.arange(values.shape[1]) - step // 2) / step
    return [np.interp(at, np.arange(width), middle) * step + step // 2 for middle in middles]


def _shape(values: Grey, limits: RulingLimits) -> int:
    """Which kind of picture it is, seen in this direction: 0 long, 1 longer than a digit, 2."""
    aspect = values.shape[1] / values.shape[0]
    return 0 if aspect > limits.long else 1 if aspect > limits.longer else 2


def _straight(mask: Mask, least: float, limits: RulingLimits) -> list[NDArray[np.int64]]:
    """Nearly straight lines with ink along the least share of their length, from top to bottom.

    The Hough transform (Duda and Hart, Communications of the ACM 15, 1972) of ink widened to three
    rows, for lines by the row in which they are in the middle, their slope, and their bend.
    """
    height, width = mask.shape
    y, x = np.nonzero(dilation(mask.astype(np.float32), (3, 1)) > 0)
    across = np.arange(width) / (width - 1) * 2 - 1
    tilts = np.arange(-(end := round(limits.steepest * width / 2)), end + 1)
    bends = np.arange(-(deep := round(limits.deepest * width)), deep + 1, 2)
    shapes = np.array([tilt * across + bend * across**2 for tilt in tilts for bend in bends])
    shapes = np.rint(shapes).astype(np.int64)
    rows = y - shapes[:, x]
    inside = (rows >= 0) & (rows < height)
    flat = (rows + height * np.arange(len(shapes))[:, np.newaxis])[inside]
    shares = np.bincount(flat, minlength=height * len(shapes)).reshape(-1, height) / width
    best = shares.max(axis=0)
    around = dilation(best.astype(np.float32)[:, np.newaxis], (7, 1))[:, 0]
    found = np.flatnonzero((best >= least) & (best >= around))
    return [row + shapes[shares[:, row].argmax()] for row in found]


def _followed(
    inked: Runs, middle: NDArray[np.int64], limits: RulingLimits
) -> tuple[NDArray[np.float64], float]:
    """Parabola through the middles of the runs that are no strokes, and their length."""
    first, length = inked.nearest(middle, limits.crossing)
    thickness = line_thickness(length, limits.crossing)
    x = np.flatnonzero((length > 0) & (length <= thickness + 1))
    y = first[x] + (length[x] - 1) / 2
    degree = min(2, len(x) - 1)  # of a strip of a few columns a parabola is not known
    return np.polynomial.Polynomial.fit(x, y, degree)(np.arange(len(middle))), thickness


def _reaches_edge(mask: Mask, middles: list[NDArray[np.float64]], limits: RulingLimits) -> bool:
    """Whether other ink reaches the edges beside the lines, as if cut out along its outline.

    A 7 that was cut out so has a bar through the whole picture, too.
    """
    height, width = mask.shape
    rest = mask.copy()
    for middle in middles:
        rest &= np.abs(np.arange(height)[:, np.newaxis] - middle) > 2
    return bool((rest[:2].any() or rest[-2:].any()) and width < limits.edge * height)


def _bands(values: Grey, floor: float, limits: RulingLimits) -> list[tuple[Mask, float]]:
    """Pixels of every line from left to right, without the strokes that cross it, and its limit."""
    heavy = limits.heaviest_across if _shape(values, limits) == 2 else limits.heaviest
    middles = _lines(values, floor, limits)
    inked = Runs.of(values > floor)
    return [
        (line_alone(values, inked, middle, floor, limits.crossing), heavy) for middle in middles
    ]
