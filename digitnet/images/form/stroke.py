"""The weight of a digit's strokes, and bringing it to MNIST's."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.images.measure.morphology import Grey, dilation

# Widths in pixels of the 20 × 20 box. By the measure below, 8 % of MNIST's training digits are
# thinner than the first and 7 % thicker than the last; the middle two are where others are led.
_THINNEST, _THIN, _THICK, _THICKEST = 1.7, 2.1, 3.0, 3.4
_BOX = 20
# Strokes are redrawn four times as large, for smooth edges.
_FINE = 4
# Strokes fainter than this, as a share of the ink nearby, are the blur around others.
_CORE = 0.4
# The boldest third of the ink has this level at least, in 99 % of MNIST's training digits.
_FAINTEST = 0.9


def stroke_width(ink: Grey) -> float:
    """Width = 2 · area / perimeter, in pixels; the perimeter is Σ |∇ink|.

    Exact for long strokes, hard or soft; the total variation of a soft edge is the length of
    the edge (the coarea formula).

    Parameters
    ----------
    ink : ndarray of float32, shape (height, width)
        0 where there is paper, 1 where there is ink.
    """
    padded = np.pad(ink, 1)
    down, right = np.diff(padded, axis=0)[:, :-1], np.diff(padded, axis=1)[:-1]
    return float(2 * ink.sum() / max(float(np.hypot(down, right).sum()), 1e-6))


def reweighted(crop: Grey) -> Grey:
    """Redraw strokes that are thinner or thicker than MNIST's are.

    Thin strokes are widened and thick ones narrowed by moving their outline along the distance
    to it, which keeps their middle where it was drawn.

    Parameters
    ----------
    crop : ndarray of float32, shape (height, width)
        A digit that fills its frame; 0 paper, 1 ink.

    Returns
    -------
    ndarray of float32
        The digit, unchanged if its strokes are as MNIST's or if it has no more than 10 pixels on
        its longer side; else some 80.
    """
    if max(crop.shape) <= _BOX // 2:
        return crop  # of so coarse an outline, the grey levels tell more than any threshold
    boxed = scaled(crop, _BOX)
    width = stroke_width(boxed)
    if width < _THINNEST or _boldness(boxed) < _FAINTEST:
        fine = scaled(_widest(crop), _FINE * _BOX)
        mask = fine > _CORE * dilation(fine, _FINE * _BOX // 4)
        width = stroke_width(mask.astype(np.float32)) / _FINE
        return _widened(mask, max(0.0, _THIN - width) * _FINE / 2)
    if width > _THICKEST:
        fine = scaled(crop, _FINE * _BOX)
        return _narrowed(fine > 0.5, (width - _THICK) * _FINE / 2)
    return crop


def _boldness(boxed: Grey) -> float:
    """Mean level of the boldest third of the ink."""
    levels = np.sort(boxed[boxed > 0])
    return float(levels[-max(1, len(levels) // 3) :].mean())


def scaled(crop: Grey, longer: int) -> Grey:
    """Scale the longer side to so many pixels: by area averaging down, smoothly up."""
    scale = longer / max(crop.shape)
    if scale == 1:
        return crop
    size = (max(1, round(crop.shape[1] * scale)), max(1, round(crop.shape[0] * scale)))
    how = Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC
    return np.asarray(Image.fromarray(crop).resize(size, how)).clip(0, 1)


def _widest(crop: Grey) -> Grey:
    """Widen hairlines to one pixel of the fine grid, lest averaging make them faint."""
    return dilation(crop, round(max(crop.shape) / (_FINE * _BOX)))


def _widened(mask: NDArray[np.bool_], by: float) -> Grey:
    """Ink wherever the mask is no farther than ``by`` pixels, with a soft edge."""
    reach = int(np.ceil(by)) + 1
    away = _distance(np.pad(mask, reach), reach + 1)
    ink: Grey = (np.float32(by + 1) - away).clip(0, 1)
    return ink


def _narrowed(mask: NDArray[np.bool_], by: float) -> Grey:
    """Ink wherever the ground is farther than ``by`` pixels, or 0.6 of the stroke's half-width."""
    reach = int(np.ceil(2.5 * by)) + 2
    depth = _distance(~np.pad(mask, 1), reach)[1:-1, 1:-1]
    half = dilation(depth, 2 * int(np.ceil(by)) + 3)
    ink: Grey = (depth - np.minimum(np.float32(by), np.float32(0.6) * half)).clip(0, 1)
    return ink


def _distance(mask: NDArray[np.bool_], reach: int) -> Grey:
    """Euclidean distance to the mask, capped at ``reach``: min over k of d²(x + k) + k², per axis.

    Separable, as in Felzenszwalb and Huttenlocher, Theory of Computing 8, 2012.
    """
    squared = np.where(mask, np.float32(0), np.float32(reach**2))
    for _ in range(2):
        padded = np.pad(squared, ((reach, reach), (0, 0)), constant_values=reach**2)
        height = len(squared)
        for k in range(-reach + 1, reach):
            shifted = padded[reach + k : reach + k + height] + np.float32(k * k)
            squared = np.minimum(squared, shifted)
        squared = squared.T
    distance: Grey = np.sqrt(squared)
    return distance
