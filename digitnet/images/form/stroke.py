"""The weight of a digit's strokes, and bringing it to MNIST's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.images.measure.morphology import Grey, dilation


@dataclass(frozen=True)
class StrokeLimits:
    """Which strokes are redrawn, and how.

    Widths are in pixels of the 20 × 20 box, as `ink_width` measures them.
    """

    thinnest: float = 1.7
    """Width of the thinnest that stays: 8 % of MNIST's training digits have thinner strokes."""
    thickest: float = 3.4
    """Width of the thickest that stays: 7 % of MNIST's training digits have thicker strokes."""
    inwards: float = 0.4
    """By how much the width of others, once they are redrawn, is within these bounds."""
    faintest: float = 0.9
    """Level of the boldest third of the ink, at least: so it is in 99 % of MNIST's digits."""
    core: float = 0.4
    """Share of the ink nearby that a stroke has; fainter is the blur around others."""
    fine: int = 4
    """Times as large as the box are strokes redrawn, for smooth edges."""
    coarse: int = 10
    """Pixels; of an outline of so few, the grey levels tell more than any threshold."""
    narrowest: float = 0.4
    """Share of its own width that a narrowed stroke keeps at least."""


STROKES: Final = StrokeLimits()

BOX: Final = 20
"""Side in pixels of the box that MNIST's digits were scaled into."""


def reweighted(crop: Grey, limits: StrokeLimits) -> Grey:
    """Redraw strokes that are thinner or thicker than MNIST's are.

    Thin strokes are widened and thick ones narrowed by moving their outline along the distance
    to it, which keeps their middle where it was drawn.

    Parameters
    ----------
    crop : ndarray of float32, shape (height, width)
        A digit that fills its frame; 0 paper, 1 ink.
    limits : StrokeLimits

    Returns
    -------
    ndarray of float32
        The digit, unchanged if its strokes are as MNIST's or if it has no more than 10 pixels on
        its longer side; else some 80.
    """
    if max(crop.shape) <= limits.coarse:
        return crop
    boxed = scaled(crop, BOX)
    width = ink_width(boxed)
    fine = limits.fine * BOX
    if width < limits.thinnest or _boldness(boxed) < limits.faintest:
        # Hairlines are widened to one pixel of the fine grid, lest averaging make them faint.
        large = scaled(dilation(crop, round(max(crop.shape) / fine)), fine)
        mask = large > limits.core * dilation(large, fine // 4)
        width = ink_width(mask.astype(np.float32)) / limits.fine
        return _widened(mask, max(0.0, limits.thinnest + limits.inwards - width) * limits.fine / 2)
    if width > limits.thickest:
        by = (width - limits.thickest + limits.inwards) * limits.fine / 2
        return _narrowed(scaled(crop, fine) > 0.5, by, limits.narrowest)
    return crop


def ink_width(ink: Grey) -> float:
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


def _widened(mask: NDArray[np.bool_], by: float) -> Grey:
    """Ink wherever the mask is no farther than ``by`` pixels, with a soft edge."""
    reach = int(np.ceil(by)) + 1
    distance = _distance(np.pad(mask, reach), reach + 1)
    ink: Grey = (np.float32(by + 1) - distance).clip(0, 1)
    return ink


def _narrowed(mask: NDArray[np.bool_], by: float, narrowest: float) -> Grey:
    """Ink wherever the ground is farther than ``by`` pixels, or nearly the stroke's half-width."""
    reach = int(np.ceil(by / (1 - narrowest))) + 2
    depth = _distance(~np.pad(mask, 1), reach)[1:-1, 1:-1]
    half = dilation(depth, 2 * int(np.ceil(by)) + 3)
    ink: Grey = (depth - np.minimum(np.float32(by), np.float32(1 - narrowest) * half)).clip(0, 1)
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
