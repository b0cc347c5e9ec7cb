"""Ruled lines and squares of the paper, found and taken away."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digitnet.images.components import Mask, components
from digitnet.images.morphology import Grey, closing, dilation, opening
from digitnet.images.stroke import stroke_width

# Lines are looked for on at most so many pixels, on which a slope of 6 % is still straight.
_SIDE = 256
# A line goes through this share of the picture at least, and has at most this share of the
# writing's ink per pixel of its length. Along a picture that is longer than a digit is wide, no
# digit's own stroke can do so; across it, the bar of a 7 or a 1 nearly can.
# So many lines are ruled, whatever they look like: no digit has as many.
_CERTAIN = 3
_ALONG, _ACROSS = (0.85, 1.2), (0.95, 0.75)


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
    mask = (small > floor).astype(np.float32)
    height, width = mask.shape
    if min(height, width) < 3:
        return []
    joined = closing(dilation(mask, (3, 1)), (1, width // 16))
    long = opening(joined, (1, max(3, width // 5))) > 0.5
    pieces = components(long)
    wide = pieces.boxes[:, 2] - pieces.boxes[:, 0]
    thin = pieces.areas / wide <= max(4, 0.1 * height)
    middles = []
    for piece in np.flatnonzero((wide >= _limits(away)[0] * width) & thin):
        y, x = np.nonzero(pieces.labels == piece)
        middles.append(_fitted(x, y, width))
    if len(middles) < _CERTAIN and _reaches_edge(mask > 0.5, middles):
        return []
    at = (np.arange(away.shape[1]) - step // 2) / step
    return [np.interp(at, np.arange(width), middle) * step + step // 2 for middle in middles]


def _limits(away: Grey) -> tuple[float, float]:
    """Least span and greatest weight of a line in this direction."""
    return _ALONG if away.shape[1] > 1.3 * away.shape[0] else _ACROSS


def _fitted(x: NDArray[np.intp], y: NDArray[np.intp], width: int) -> NDArray[np.float64]:
    """Parabola through most of the pixels: those far from a first fit are strokes."""
    first = np.polynomial.Polynomial.fit(x, y, 2)
    near = np.abs(first(x) - y) <= 2
    if near.sum() > len(x) // 2:
        first = np.polynomial.Polynomial.fit(x[near], y[near], 2)
    middle: NDArray[np.float64] = first(np.arange(width))
    return middle


def _reaches_edge(mask: Mask, middles: list[NDArray[np.float64]]) -> bool:
    """Whether other ink reaches the edges beside the lines, as if cut out along its outline.

    A 7 that was cut out so has a bar through the whole picture, too.
    """
    height, width = mask.shape
    rest = mask.copy()
    for middle in middles:
        rest &= np.abs(np.arange(height)[:, np.newaxis] - middle) > 2
    return bool((rest[:2].any() or rest[-2:].any()) and width < 1.3 * height)


def _runs(
    away: Grey, middle: NDArray[np.float64], floor: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First row and length of the vertical run nearest to the middle, column by column.

    A length of 0 says that there is none within two pixels or 1 % of the height.
    """
    height = away.shape[0]
    inked = np.pad(away > floor, ((1, 1), (0, 0)))
    rows = np.arange(height + 2)[:, np.newaxis]
    ground = np.where(inked, -1, rows)
    above = np.maximum.accumulate(ground, axis=0)
    below = np.minimum.accumulate(np.where(inked, height + 2, rows)[::-1], axis=0)[::-1]
    reach = max(2, height // 100)
    best = np.full(away.shape[1], -1)
    columns = np.arange(away.shape[1])
    for offset in sorted(range(-reach, reach + 1), key=abs, reverse=True):
        at = np.clip(np.rint(middle).astype(int) + 1 + offset, 0, height + 1)
        best = np.where(inked[at, columns], at, best)
    first, last = above[best, columns], below[best, columns]
    return first, np.where(best >= 0, last - first - 1, 0)


def _bands(away: Grey, floor: float) -> list[tuple[Mask, float]]:
    """Pixels of every line from left to right, without the strokes that cross it, and its limit.

    A stroke makes the line thicker or bolder.
    """
    rows = np.arange(away.shape[0])[:, np.newaxis]
    bands: list[tuple[Mask, float]] = []
    for middle in _lines(away, floor):
        first, length = _runs(away, middle, floor)
        thickness = float(np.median(length[length > 0])) if length.any() else 0.0
        run = (rows >= first - 1) & (rows < first + length + 1)
        darkest = np.where(run, away, 0).max(axis=0)
        line = (length > 0) & (length <= 1.5 * thickness + 1)
        line &= darkest <= 1.3 * (np.median(darkest[line]) if line.any() else 0.0)
        bands.append((line & run, _limits(away)[1]))
    return bands
