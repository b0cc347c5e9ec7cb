"""Shades of the paper: what stands out from it but is no stroke."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitnet.images.ink.threshold import Contrast
from digitnet.images.measure.morphology import dilation


@dataclass(frozen=True)
class ShadeLimits:
    """What a stroke is that grain, a slope of light and the edge of a shadow are not."""

    largest_digit: int = 28
    """Pixels; a picture no larger than MNIST's holds a digit and nothing else."""
    bold: float = 1.25
    """Its contrast by the contrast that grain can reach."""
    clear: float = 4.5
    """Its contrast above the paper beside it, in standard deviations of that paper."""
    evidence: float = 10.0
    """The same in contrasts that grain can reach, times the square root of its pixels."""
    broad: float = 0.45
    """Its width by its longer side, at most."""


def without_shades(page: Contrast, limits: ShadeLimits) -> tuple[Contrast, int]:
    """Leave out everything where the largest piece is no stroke: there is no writing.

    Parameters
    ----------
    page : Contrast
    limits : ShadeLimits

    Returns
    -------
    page : Contrast
    found : int
        How many pieces there were, if the largest is no stroke.
    """
    pieces = page.pieces
    if max(page.values.shape) <= limits.largest_digit or not len(pieces.areas):
        return page, 0
    if _is_stroke(page, pieces.main(), limits):
        return page, 0
    return page.without(np.ones(len(pieces.areas), dtype=np.bool_))


def _is_stroke(page: Contrast, piece: int, limits: ShadeLimits) -> bool:
    """Whether it is slender and stands out from paper that is even beside it."""
    pieces = page.pieces
    width = float(pieces.widths[piece])
    if width > limits.broad * pieces.sides[piece].max():
        return False
    around = int(2 * width) + 3
    left, top, right, bottom = pieces.boxes[piece]
    part = (
        slice(max(0, top - around), bottom + around),
        slice(max(0, left - around), right + around),
    )
    values, stroke = page.values[part], pieces.labels[part] == piece
    level = float(values[stroke].mean())
    # Next to the stroke is its blur, and other strokes are no paper.
    blur, near = (dilation(stroke.astype(np.float32), 2 * r + 1) > 0 for r in (1, int(width) + 1))
    paper = values[near & ~blur & ~pieces.mask[part]]
    above = level - (float(paper.mean()) if paper.size else 0.0)
    grain = float(paper.std()) if paper.size else 0.0
    return bool(
        level > limits.bold * page.floor
        and above > limits.clear * grain
        and above * np.sqrt(stroke.sum()) > limits.evidence * page.floor
    )
