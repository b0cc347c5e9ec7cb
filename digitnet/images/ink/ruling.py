"""Ruled lines and squares of the paper, found and taken away."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digitnet.images.form.mnist import SIDE
from digitnet.images.form.stroke import stroke_width
from digitnet.images.ink.crossings import line_alone, line_thickness, runs
from digitnet.images.measure.components import Mask
from digitnet.images.measure.morphology import Grey, dilation

# Lines are looked for on at most so many pixels, on which a slope of 6 % is still straight.
_SIDE = 256
_LEAST_SIDE = 20  # a lower picture has no room for a line and a digit
# A line goes through this share of the picture at least, and has at most this share of the
# writing's ink per pixel of its length. Along a picture that is longer than a digit is wide, no
# digit's own stroke can do so; across it, the bar of a 7 or a 1 nearly can.
# So many lines are ruled, whatever they look like: no digit has as many.
_CERTAIN = 3
# Slope, depth of the bend as a share of the length, thickness as a share of the picture's height.
_STEEPEST, _DEEPEST, _THICKEST = 0.06, 0.015, 0.06
_FAINT = 0.65  # of the least contrast of ink; grain that reaches it is not in line
_APART = 4  # rows between two lines, at least
_FAR, _ALONG, _ACROSS = (0.7, 1.2), (0.85, 1.2), (0.95, 0.75)


def without_ruling(away: Grey, floor: float) -> tuple[Grey, bool]:
    """Take ruled lines away, but for the strokes that cross them.

    A line is a thin, nearly straight piece that goes through the whole picture; it may be bent
    as by a lens (a parabola). Where its run across is longer than elsewhere, a stroke crosses
    and stays, as in the removal of staff lines from music (Dalitz et al., IEEE Transactions on
    Pattern Analysis and Machine Intelligence 30, 2008).

    Parameters
    ----------
    away : ndarray of float32, shape (height, width)
        Contrast to the paper.
    floor : float
        The least contrast that is ink or line.

    Returns
    -------
    away : ndarray of float32, shape (height, width)
    ruled : bool
        Whether there were lines.
    """
    if max(away.shape) <= SIDE:
        return away, False  # a picture no larger than MNIST's holds a digit and nothing else
    bands = [
        (band if direction == 0 else band.T, heavy)
        for direction, view in enumerate((away, away.T))
        for band, heavy in _bands(view, floor)
    ]
    if not bands:
        return away, False
    writing = np.where(np.any([band for band, _ in bands], axis=0), 0, away)
    inked = writing > floor
    if inked.sum() < 0.1 * (away > floor).sum() and len(bands) < _CERTAIN:
        return away, False
    level = float(np.percentile(writing[inked], 75)) if inked.any() else 0.0
    stroke = stroke_width((writing > level / 2).astype(np.float32)) if inked.any() else 0.0
    ruled = [
        band
        for band, heavy in bands
        if len(bands) >= _CERTAIN or _weight(away, band) <= heavy * stroke * level
    ]
    if not ruled:
        return away, False
    return np.where(np.any(ruled, axis=0), np.float32(0), away), True


def _weight(away: Grey, band: Mask) -> float:
    """Ink of a line per pixel of its length."""
    length = max(int(band.any(axis=0).sum()), int(band.any(axis=1).sum()))
    return float(away[band].sum()) / max(length, 1)


def _lines(away: Grey, floor: float) -> list[NDArray[np.float64]]:
    """Middle row at each column of every line from left to right."""
    step = -(-max(away.shape) // _SIDE)
    small = dilation(away, step)[step // 2 :: step, step // 2 :: step]
    mask = small > _FAINT * floor
    height, width = mask.shape
    if min(height, width) < _LEAST_SIDE:
        return []
    middles: list[NDArray[np.float64]] = []
    for straight in _straight(mask, _limits(away)[0]):
        middle, thickness = _followed(mask, straight)
        apart = [np.abs(middle - other).mean() > _APART for other in middles]
        if thickness <= max(3, _THICKEST * height) and all(apart):
            middles.append(middle)
    if len(middles) < _CERTAIN and _reaches_edge(small > floor, middles):
        return []
    at = (np.arange(away.shape[1]) - step // 2) / step
    return [np.interp(at, np.arange(width), middle) * step + step // 2 for middle in middles]


def _limits(away: Grey) -> tuple[float, float]:
    """Least span and greatest weight of a line in this direction."""
    aspect = away.shape[1] / away.shape[0]
    return _FAR if aspect > 1.6 else _ALONG if aspect > 1.3 else _ACROSS


def _straight(mask: Mask, least: float) -> list[NDArray[np.int64]]:
    """Nearly straight lines with ink along the least share of their length, from top to bottom.

    The Hough transform (Duda and Hart, Communications of the ACM 15, 1972) of ink widened to three
    rows, for lines by the row in which they are in the middle, their slope, and their bend.
    """
    height, width = mask.shape
    y, x = np.nonzero(dilation(mask.astype(np.float32), (3, 1)) > 0)
    across = np.arange(width) / (width - 1) * 2 - 1
    tilts = np.arange(-(end := round(_STEEPEST * width / 2)), end + 1)
    bends = np.arange(-(deep := round(_DEEPEST * width)), deep + 1, 2)
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


def _followed(mask: Mask, middle: NDArray[np.int64]) -> tuple[NDArray[np.float64], float]:
    """Parabola through the middles of the runs that are no strokes, and their length."""
    first, length = runs(mask, middle)
    thickness = line_thickness(length)
    x = np.flatnonzero((length > 0) & (length <= thickness + 1))
    y = first[x] + (length[x] - 1) / 2
    return np.polynomial.Polynomial.fit(x, y, 2)(np.arange(len(middle))), thickness


def _reaches_edge(mask: Mask, middles: list[NDArray[np.float64]]) -> bool:
    """Whether other ink reaches the edges beside the lines, as if cut out along its outline.

    A 7 that was cut out so has a bar through the whole picture, too.
    """
    height, width = mask.shape
    rest = mask.copy()
    for middle in middles:
        rest &= np.abs(np.arange(height)[:, np.newaxis] - middle) > 2
    return bool((rest[:2].any() or rest[-2:].any()) and width < 1.3 * height)


def _bands(away: Grey, floor: float) -> list[tuple[Mask, float]]:
    """Pixels of every line from left to right, without the strokes that cross it, and its limit."""
    limit = _limits(away)[1]
    return [(line_alone(away, middle, floor), limit) for middle in _lines(away, floor)]
