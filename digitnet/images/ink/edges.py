"""Remove pieces by their position: at the edge, or below all the others."""

from __future__ import annotations

from dataclasses import dataclass

from digitnet.images.ink.threshold import Contrast
from digitnet.images.measure.components import Components, Integers


@dataclass(frozen=True)
class EdgeLimits:
    """Pieces at the picture's edge: writing that is cut off there, a finger, or a neighbour."""

    clear: float = 0.1
    """Least margin, as a fraction of the writing's height."""


@dataclass(frozen=True)
class UnderlineLimits:
    """An underline: flat, and below all other pieces."""

    flat: float = 0.2
    """Most height by width."""


def without_edges(page: Contrast, limits: EdgeLimits) -> tuple[Contrast, int]:
    """Remove pieces that touch the picture's edge, unless they belong to other writing.

    Writing at the edge is no farther from other writing than the largest piece is high; a table's
    edge or a finger is. If the other writing keeps a margin, pieces at the edge are cut-off
    neighbours.
    """
    pieces = page.pieces
    edge = pieces.at_edge
    if not len(edge) or edge[main := pieces.main()]:
        return page, 0
    inner = pieces.boxes[~edge]
    size = pieces.sides.max(axis=1)
    goes_on = size >= page.limits.fragment * size[main]
    goes_on &= pieces.gaps(inner) < pieces.sides[main, 1]
    return page.without(edge & ~(goes_on & (not _has_margin(pieces, inner, limits))))


def _has_margin(pieces: Components, inner: Integers, limits: EdgeLimits) -> bool:
    """Whether the other writing keeps a margin to all edges of the picture."""
    start, end = inner[:, :2].min(axis=0), inner[:, 2:].max(axis=0)
    margin = min(*start, *(pieces.labels.shape[::-1] - end))
    return bool(margin >= limits.clear * (end[1] - start[1]))


def without_underlines(page: Contrast, limits: UnderlineLimits) -> tuple[Contrast, int]:
    """Remove flat pieces below all the others."""
    _, top, _, bottom = page.pieces.boxes.T
    width, height = page.pieces.sides.T
    flat = height <= limits.flat * width
    if flat.all():
        return page, 0
    return page.without(flat & (top > bottom[~flat].max()), written=False)
