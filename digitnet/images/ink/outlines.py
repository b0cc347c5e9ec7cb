"""Boxes drawn around a digit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitnet.images.ink.threshold import Contrast
from digitnet.images.measure.components import Mask


@dataclass(frozen=True)
class OutlineLimits:
    """A box drawn around the digit: ink along all four sides, and nowhere else."""

    rim: float = 0.15
    """Share of its side that is taken for its line."""
    on_rim: float = 0.95
    """Share of its ink that is there."""
    covered: float = 0.85
    """Share of each side that has ink."""


def without_outlines(page: Contrast, limits: OutlineLimits) -> tuple[Contrast, int]:
    """Leave out boxes drawn around other pieces."""
    pieces = page.pieces
    outlines = np.zeros(len(pieces.areas), dtype=np.bool_)
    for piece, (left, top, right, bottom) in enumerate(pieces.boxes):
        inside = (pieces.boxes[:, :2] > [left, top]).all(axis=1)
        inside &= (pieces.boxes[:, 2:] < [right, bottom]).all(axis=1)
        if inside.any():
            part = pieces.labels[top:bottom, left:right] == piece
            outlines[piece] = _is_outline(part, limits)
    return page.without(outlines)


def _is_outline(part: Mask, limits: OutlineLimits) -> bool:
    """Whether nearly all the ink of a piece is along the sides of its box, and nearly all along."""
    rim = np.ones_like(part)
    y, x = (max(1, round(limits.rim * side)) for side in part.shape)
    rim[y:-y, x:-x] = False
    covered = (part[:y].any(0), part[-y:].any(0), part[:, :x].any(1), part[:, -x:].any(1))
    on_rim = part[rim].sum() > limits.on_rim * part.sum()
    return bool(on_rim and min(float(side.mean()) for side in covered) > limits.covered)
