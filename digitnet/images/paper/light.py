"""The light on the paper, and the contrast of each pixel to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitnet.images.measure.morphology import Grey, closing, opening


@dataclass(frozen=True)
class LightLimits:
    """How closely the light on the paper is followed."""

    widest: float = 0.5
    """Most width of a stroke, as a fraction of the picture's shorter side."""
    widths: float = 4.0
    """Side of the structuring square, in widths of the widest stroke."""
    closest: int = 31
    """Least side of the square in pixels, so that grain does not count as light."""
    uneven: float = 0.12
    """Least difference of uneven light, as a fraction of full white."""
    tail: float = 2.0
    """Per cent of the paper, at its darkest and its lightest, that are ignored."""
    darkest: float = 0.1
    """Level, as a fraction of full white, below which contrast is not scaled up further."""


def contrast(
    light: Grey, dark: bool, size: int, limits: LightLimits, *, uneven: bool = False
) -> tuple[Grey, Grey]:
    """Missing fraction of the paper's light: (p - g) / p, or g - p for light ink.

    The paper p is the closing of the picture (the opening, for light ink): every stroke narrower
    than ``size`` is filled, and the edge of a wider shadow is kept.

    Parameters
    ----------
    light : ndarray of float32, shape (height, width)
        Grey levels, 0 to 1.
    dark : bool
        Whether the ink is darker than the paper.
    size : int
        Side of the structuring square, in pixels; wider than any stroke.
    limits : LightLimits
    uneven : bool
        Extrapolate the light beyond the picture's edges (by reflection in each edge point), so that
        dim corners are paper.

    Returns
    -------
    contrast, paper : ndarray of float32, shape (height, width)
    """
    if uneven:
        edge = min(size, min(light.shape) - 1)
        within = (slice(edge, -edge), slice(edge, -edge))
        padded = np.pad(light, edge, mode="reflect", reflect_type="odd")
        paper = (closing(padded, size) if dark else opening(padded, size))[within]
    else:
        paper = closing(light, size) if dark else opening(light, size)
    if dark:
        missing = (paper - light) / np.maximum(paper, np.float32(limits.darkest))
        return missing.astype(np.float32), paper
    return light - paper, paper


def is_uneven(paper: Grey, limits: LightLimits) -> bool:
    """Whether the light on the paper is uneven."""
    dim, bright = np.percentile(paper, [limits.tail, 100 - limits.tail])
    return bool(bright - dim > limits.uneven)
