"""Ink at its full strength: from contrast to 0 on paper and 1 in strokes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitnet.images.ink.threshold import Contrast
from digitnet.images.measure.morphology import Grey, dilation


@dataclass(frozen=True)
class StrengthLimits:
    """How strokes get their full strength, and their soft edges back."""

    boldest: float = 10.0
    """Per cent of the strokes' pixels that are full ink: those of the most contrast."""
    edge: float = 0.3
    """Share of full ink that a stroke's edge has; less is blur, or left of a line. On clean paper
    the faintest edge was drawn."""
    reach: float = 0.1
    """Share of the writing's height within which a stroke has its edge, two of MNIST's pixels; on
    clean paper twice as far."""
    faint: float = 0.5
    """Contrast below which ink is called faint."""


def full_strength(page: Contrast, limits: StrengthLimits) -> tuple[Grey, bool]:
    """Contrast divided by the ink's own.

    Parameters
    ----------
    page : Contrast
    limits : StrengthLimits

    Returns
    -------
    ink : ndarray of float32, shape (height, width)
        0 where there is paper, up to 1 where there is ink.
    faint : bool
        Whether the ink was faint.
    """
    strokes = page.pieces.mask
    if not strokes.any():
        return np.zeros_like(page.values), False
    level = float(np.percentile(page.values[strokes], 100 - limits.boldest))
    edge, reach = limits.edge, limits.reach
    if page.is_clean:
        edge, reach = page.limits.least, 2 * reach
    rows = np.flatnonzero(strokes.any(axis=1))
    size = int(reach * (rows[-1] - rows[0] + 1))
    near = dilation(strokes.astype(np.float32), size) > 0
    soft = strokes | (near & (page.values > max(page.floor, edge * level)))
    ink: Grey = np.where(soft, page.values / level, 0).clip(0, 1).astype(np.float32)
    return ink, level < limits.faint
