"""Scale contrast to ink: 0 on paper, 1 in strokes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitnet.images.ink.threshold import Contrast
from digitnet.images.measure.morphology import Grey, dilation


@dataclass(frozen=True)
class StrengthLimits:
    """Limits of full ink and of the soft edges of strokes."""

    boldest: float = 10.0
    """Per cent of the strokes' pixels, those of the highest contrast, that are full ink."""
    edge: float = 0.3
    """Least fraction of full ink at a stroke's edge; less is blur, or a remainder of a line. On
    clean paper the faintest edge was drawn."""
    reach: float = 0.1
    """Width of a stroke's edge, as a fraction of the writing's height; on clean paper twice that,
    two of MNIST's pixels."""
    faint: float = 0.5
    """Contrast below which ink is faint."""


def full_strength(page: Contrast, limits: StrengthLimits) -> tuple[Grey, bool]:
    """Contrast divided by the ink's own.

    Parameters
    ----------
    page : Contrast
    limits : StrengthLimits

    Returns
    -------
    ink : ndarray of float32, shape (height, width)
        0 paper, up to 1 ink.
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
