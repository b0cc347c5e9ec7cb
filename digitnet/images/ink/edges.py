"""Pieces that are no writing by where they are: at the edge, or below all the others."""

from __future__ import annotations

from dataclasses import dataclass

from digitnet.images.ink.threshold import Contrast
from digitnet.images.measure.components import Components, Integers


@dataclass(frozen=True)
class EdgeLimits:
    """What touches the picture's edge: writing that goes on there, or a finger, or a neighbour."""

    near: float = 1.0
    """Heights of the largest piece that it is from other writing, at most."""
    clear: float = 0.1
    """Share of the writing's height that is a margin: a crop is close on all sides or on none."""


@dataclass(frozen=True)
class UnderlineLimits:
    """An underline: flat, and below all the others."""

    flat: float = 0.2
    """Its height by its width, at most."""


def without_edges(page: Contrast, limits: EdgeLimits) -> tuple[Contrast, int]:
    """Leave out what touches the picture's edge, unless it goes on from other writing.

    Writing at the edge is near other writing; a table's edge or a finger is not. If the writing
    within keeps away from the edges, what touches them was cut off from its neighbours.
    """
    pieces = page.pieces
    edge = pieces.at_edge
    if not len(edge) or edge[main := pieces.main()]:
        return page, 0
    inner = pieces.boxes[~edge]
    size = pieces.sides.max(axis=1)
    goes_on = size >= page.limits.fragment * size[main]
    goes_on &= pieces.gaps(inner) < limits.near * pieces.sides[main, 1]
    return page.without(edge & ~(goes_on & (not _has_margin(pieces, inner, limits))))


def _has_margin(pieces: Components, inner: Integers, limits: EdgeLimits) -> bool:
    """Whether the writing within keeps away from all edges of the picture."""
    start, end = inner[:, :2].min(axis=0), inner[:, 2:].max(axis=0)
    margin = min(*start, *(pieces.labels.shape[::-1] - end))
    return bool(margin >= limits.clear * (end[1] - start[1]))


def without_underlines(page: Contrast, limits: UnderlineLimits) -> tuple[Contrast, int]:
    """Leave out flat pieces that lie below all the others."""
    _, top, _, bottom = page.pieces.boxes.T
    width, height = page.pieces.sides.T
    flat = height <= limits.flat * width
    if flat.all():
        return page, 0
    return page.without(flat & (top > bottom[~flat].max()), written=False)
