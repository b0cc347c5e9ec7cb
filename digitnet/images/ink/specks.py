"""Remove pieces by their size and shape: solid spots and specks."""

from __future__ import annotations

from dataclasses import dataclass

from digitnet.images.ink.threshold import Contrast


@dataclass(frozen=True)
class SolidLimits:
    """A button, a hole or a blot: thicker than the strokes, shorter than the digit."""

    full: float = 0.7
    """Least fill of its box, as a fraction."""
    thicker: float = 1.4
    """Least width in widths of the strokes."""


@dataclass(frozen=True)
class SpeckLimits:
    """A speck: far smaller than the largest piece, or too far from every stroke."""

    size: float = 0.15
    """Most longer side by the largest piece's."""


def without_solids(page: Contrast, limits: SolidLimits) -> tuple[Contrast, int]:
    """Remove pieces that are thicker than the strokes: buttons, holes and blots."""
    pieces = page.pieces
    full = (pieces.areas >= limits.full * pieces.sides.prod(axis=1)) & ~page.slender
    if full.all():
        return page, 0
    short, long = pieces.sides.min(axis=1), pieces.sides.max(axis=1)
    digit = pieces.main(~full)
    thick = short > limits.thicker * pieces.widths[digit]
    return page.without(full & thick & (long < long[digit]))


def without_specks(page: Contrast, limits: SpeckLimits) -> tuple[Contrast, int]:
    """Remove pieces that are too small, and fragments farther from all strokes than that size.

    They are dirt, grain, and remains of a line or of a shadow.
    """
    pieces = page.pieces
    if not len(pieces.areas):
        return page, 0
    size = pieces.sides.max(axis=1)
    digit = size[pieces.main()]
    fragment = page.limits.fragment * digit
    large = size >= fragment
    far = ~large & (pieces.gaps(pieces.boxes[large]) >= fragment)
    return page.without(far | (size < limits.size * digit))
