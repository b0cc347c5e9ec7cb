"""Pieces that are no writing by their size and shape: solid spots and specks."""

from __future__ import annotations

from dataclasses import dataclass

from digitnet.images.ink.threshold import Contrast


@dataclass(frozen=True)
class SolidLimits:
    """A button, a hole or a blot: full, thicker than the strokes, smaller than the digit."""

    full: float = 0.7
    """Share of its box that it fills."""
    stout: float = 4.0
    """Its length by its width, at most: an upright 1 is longer."""
    thicker: float = 1.4
    """Its width in widths of the strokes."""
    shorter: float = 0.7
    """Its length as a share of the digit's, at most."""


@dataclass(frozen=True)
class SpeckLimits:
    """A speck: far smaller than the largest piece, or too far from one to be its fragment."""

    size: float = 0.15
    """Its longer side by the largest piece's, at most."""
    area: float = 0.02
    """Its area by the largest piece's, at most."""
    fragment: float = 0.35
    """Size of a fragment of a digit, at most, and its distance from a larger piece, at most, both
    by the longer side of the largest."""


def without_solids(page: Contrast, limits: SolidLimits) -> tuple[Contrast, int]:
    """Leave out the pieces that are thicker than the strokes: buttons, holes and blots."""
    pieces = page.pieces
    short, long = pieces.sides.min(axis=1), pieces.sides.max(axis=1)
    full = pieces.areas >= limits.full * pieces.sides.prod(axis=1)
    full &= long <= limits.stout * short
    if full.all():
        return page, 0
    digit = pieces.main(~full)
    thick = short > limits.thicker * pieces.widths[digit]
    return page.without(full & thick & (long < limits.shorter * long[digit]))


def without_specks(page: Contrast, limits: SpeckLimits) -> tuple[Contrast, int]:
    """Leave out what is too small, and fragments that are far from every stroke.

    They are dirt, grain, and what is left of a line or of a shadow.
    """
    pieces = page.pieces
    if not len(pieces.areas):
        return page, 0
    main, size = pieces.main(), pieces.sides.max(axis=1)
    tiny = (size < limits.size * size[main]) | (pieces.areas < limits.area * pieces.areas[main])
    fragment = limits.fragment * size[main]
    large = size >= fragment
    return page.without(tiny | (~large & (pieces.gaps(pieces.boxes[large]) >= fragment)))
