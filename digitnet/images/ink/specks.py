"""Pieces that are no writing by their size and shape: spots, specks and scraps."""

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
    """A speck: far smaller than the largest piece."""

    size: float = 0.15
    """Share of the largest piece's longer side."""
    area: float = 0.02
    """Share of the largest piece's area."""


@dataclass(frozen=True)
class ScrapLimits:
    """A scrap: too small for a digit, and too far from one to be its fragment."""

    whole: float = 0.35
    """Share of the largest piece's longer side from which a piece may be a digit."""
    near: float = 0.35
    """The same of the distance within which a fragment is from its stroke."""


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
    """Leave out the pieces that are far smaller than the largest."""
    pieces = page.pieces
    if not len(pieces.areas):
        return page, 0
    main = pieces.main()
    size = pieces.sides.max(axis=1)
    small = size < limits.size * size[main]
    return page.without(small | (pieces.areas < limits.area * pieces.areas[main]))


def without_scraps(page: Contrast, limits: ScrapLimits) -> tuple[Contrast, int]:
    """Leave out fragments that are far from every stroke: left of a line or of a shadow."""
    pieces = page.pieces
    if not len(pieces.areas):
        return page, 0
    size = pieces.sides.max(axis=1)
    digit = size[pieces.main()]
    whole = size >= limits.whole * digit
    return page.without(~whole & (pieces.gaps(pieces.boxes[whole]) >= limits.near * digit))
