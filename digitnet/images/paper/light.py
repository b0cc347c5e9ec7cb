"""The light on the paper, and how far each pixel stands out from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitnet.images.measure.morphology import Grey, closing, opening


@dataclass(frozen=True)
class LightLimits:
    """How closely the light on the paper is followed."""

    widest: float = 0.5
    """Share of the picture's shorter side; every stroke is narrower."""
    widths: float = 4.0
    """Widths of the widest stroke; all that is narrower is filled, and what is left is paper."""
    closest: int = 31
    """Pixels; the paper is never followed more closely, lest grain be taken for its light."""
    uneven: float = 0.12
    """Share of full white by which the light on unevenly lit paper differs."""
    tail: float = 2.0
    """Per cent of the paper, at its darkest and its lightest, that say nothing of its light."""
    darkest: float = 0.1
    """Share of full white; on darker paper, missing light is not scaled up any further."""


def contrast(
    light: Grey, dark: bool, size: int, limits: LightLimits, *, uneven: bool = False
) -> tuple[Grey, Grey]:
    """Share of the paper's light that is missing: (p - g) / p, or g - p for light ink.

    The paper p is the closing of the picture (the opening, for light ink): every stroke
    narrower than ``size`` is filled, and the edge of a wider shadow stays where it is.

    Parameters
    ----------
    light : ndarray of float32, shape (height, width)
        Grey levels, 0 to 1.
    dark : bool
        The ink is darker than the paper.
    size : int
        Side of the structuring square, in pixels; wider than any stroke.
    limits : LightLimits
    uneven : bool
        Let the light go on beyond the picture's edges as it does at them (a reflection in each
        edge point), so that dim corners are paper.

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
    """Whether the light on the paper differs from place to place."""
    dim, bright = np.percentile(paper, [limits.tail, 100 - limits.tail])
    return bool(bright - dim > limits.uneven)
