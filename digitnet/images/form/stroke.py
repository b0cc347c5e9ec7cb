"""Measure the width of a digit's strokes, and bring it to that of MNIST's."""

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
    """Least width that is kept: 8 % of MNIST's training digits have thinner strokes."""
    thickest: float = 3.4
    """Most width that is kept: 7 % of MNIST's training digits have thicker strokes."""
    inwards: float = 0.4
    """Distance of the width of redrawn strokes from these bounds."""
    faintest: float = 0.9
    """Least mean level of the boldest third of the ink, as in 99 % of MNIST's digits."""
    core: float = 0.4
    """Least level of a stroke, as a fraction of the ink nearby; anything fainter is blur."""
    fine: int = 4
    """Factor by which digits are enlarged before strokes are redrawn, for smooth edges."""
    coarse: int = 10
    """Pixels of the longer side up to which a digit is not redrawn: its grey levels say more than
    any threshold."""
    narrowest: float = 0.4
    """Least fraction of its own width that a narrowed stroke keeps."""


STROKES: Final = StrokeLimits()

BOX: Final = 20
"""Side in pixels of the box that MNIST's digits were scaled into."""


def reweighted(crop: Grey, limits: StrokeLimits) -> Grey:
    """Redraw strokes that are thinner or thicker than MNIST's.

    Thin strokes are widened and thick ones narrowed by moving their outline, which keeps their
    middle line.

    Parameters
    ----------
    crop : ndarray of float32, shape (height, width)
        A digit that fills its frame; 0 paper, 1 ink.
    limits : StrokeLimits

    Returns
    -------
    ndarray of float32
        The digit, unchanged if its strokes have MNIST's width or if its longer side has at most 10
        pixels; otherwise about 80 pixels long.
    """
    if max(crop.shape) <= limits.coarse:
        return crop
    boxed = scaled(crop, BOX)
    width = ink_width(boxed)
    fine = limits.fine * BOX
    if width < limits.thinnest or _boldness(boxed) < limits.faintest:
        # Hairlines are widened to one pixel of the fine grid: averaging would make them faint.
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
        0 paper, 1 ink.
    """
    padded = np.pad(ink, 1)
    down, right = np.diff(padded, axis=0)[:, :-1], np.diff(padded, axis=1)[:-1]
    return float(2 * ink.sum() / max(float(np.hypot(down, right).sum()), 1e-6))


def _boldness(boxed: Grey) -> float:
    """Mean level of the boldest third of the ink."""
    levels = np.sort(boxed[boxed > 0])
    return float(levels[-max(1, len(levels) // 3) :].mean())


def scaled(crop: Grey, longer: int) -> Grey:
    """Scale the longer side to so many pixels: down by area averaging, up by interpolation."""
    scale = longer / max(crop.shape)
    if scale == 1:
        return crop
    size = (max(1, round(crop.shape[1] * scale)), max(1, round(crop.shape[0] * scale)))
    how = Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC
    return np.asarray(Image.fromarray(crop).resize(size, how)).clip(0, 1)


def _widened(mask: NDArray[np.bool_], by: float) -> Grey:
    """Ink within ``by`` pixels of the mask, with a soft edge."""
    reach = int(np.ceil(by)) + 1
    distance = _distance(np.pad(mask, reach), reach + 1)
    ink: Grey = (np.float32(by + 1) - distance).clip(0, 1)
    return ink


def _narrowed(mask: NDArray[np.bool_], by: float, narrowest: float) -> Grey:
    """Ink farther than ``by`` pixels from the ground, or nearly the stroke's half-width."""
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
