"""The connected pieces of writing, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from digitnet.images.form.mnist import to_mnist
from digitnet.images.measure.components import Box, Components, Integers, components
from digitnet.images.measure.morphology import Grey


@dataclass(frozen=True)
class PieceLimits:
    """Limits of pieces, fragments and lines.

    The height of the writing is that of the piece below which lower pieces have half of all ink.
    """

    faintest: float = 0.3
    """Least ink of a connected pixel, by full ink."""
    fragment: float = 0.45
    """Least height of a digit, by the writing's; a lower piece is a fragment or punctuation."""
    reach: float = 0.15
    """Most distance of a fragment from its digit, by the writing's height."""
    overlap: float = 0.35
    """Least common rows of two neighbours in a line, by the lower one's height."""
    boxes: float = 3.0
    """Most area of the boxes of all pieces, by the picture's; more overlap is a pattern."""


@dataclass(frozen=True, eq=False)
class Piece:
    """A digit, a part of one, or several that touch.

    Attributes
    ----------
    box : tuple of int
        Left, top, right, bottom, in pixels of the ink; right and bottom are exclusive.
    ink : ndarray of float32, shape (bottom - top, right - left)
        Its own ink: 0 paper, 1 ink.
    """

    box: Box
    ink: Grey

    @property
    def width(self) -> int:
        """Columns from its first with ink to its last."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> int:
        """Rows from its first with ink to its last."""
        return self.box[3] - self.box[1]

    @cached_property
    def form(self) -> NDArray[np.uint8]:
        """The piece in MNIST's form: uint8, shape (28, 28)."""
        return to_mnist(self.ink)


Line = list[Piece]


def find_lines(ink: Grey, limits: PieceLimits = PieceLimits()) -> list[Line]:
    """Lines from top to bottom, and the pieces of each from left to right.

    A piece joins the line whose last piece has the most rows in common with it, or starts a line.

    Parameters
    ----------
    ink : ndarray of float32, shape (height, width)
        From :func:`digitnet.images.pipeline.find_ink`: 0 paper, 1 ink.
    limits : PieceLimits

    Returns
    -------
    list of list of Piece
        Empty if it is a pattern.
    """
    lines: list[Line] = []
    for piece in sorted(_pieces(ink, limits), key=lambda piece: piece.box[0] + piece.box[2]):
        shares = [_overlap(piece, line[-1]) for line in lines]
        if shares and max(shares) > limits.overlap:
            lines[shares.index(max(shares))].append(piece)
        else:
            lines.append([piece])
    return sorted(lines, key=lambda line: float(np.mean([p.box[1] + p.box[3] for p in line])))


def _overlap(one: Piece, other: Piece) -> float:
    """Rows that two pieces have in common, as a fraction of the lower one's height."""
    common = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    return common / min(one.height, other.height)


def _pieces(ink: Grey, limits: PieceLimits) -> list[Piece]:
    """Connected pieces as tall as a digit, with the fragments that belong to them."""
    found = components(ink > limits.faintest)
    boxes, areas = found.boxes, found.areas
    if not len(areas):
        return []
    heights = boxes[:, 3] - boxes[:, 1]
    height = _typical(heights, areas)
    low = heights < limits.fragment * height
    tall = np.flatnonzero(~low)
    sides = boxes[tall, 2:] - boxes[tall, :2]
    if sides.prod(axis=1).sum() > limits.boxes * ink.size:
        return []
    owner = np.full(len(areas), -1)
    owner[tall] = tall
    for piece in np.flatnonzero(low):
        gap = _gap(boxes[piece], boxes[tall])
        if gap.min() <= limits.reach * height:
            owner[piece] = tall[np.argmin(gap)]
    return [_drawn(ink, found, np.flatnonzero(owner == piece)) for piece in tall]


def _typical(heights: Integers, areas: Integers) -> float:
    """Height below which pieces have half of the ink."""
    order = np.argsort(heights)
    half = np.searchsorted(np.cumsum(areas[order]), areas.sum() / 2)
    return float(heights[order[min(int(half), len(order) - 1)]])


def _gap(box: Integers, others: Integers) -> NDArray[np.float64]:
    """Distance between a box and others; 0 where they overlap."""
    apart = np.maximum(np.maximum(others[:, :2] - box[2:], box[:2] - others[:, 2:]), 0)
    gap: NDArray[np.float64] = np.hypot(apart[:, 0], apart[:, 1])
    return gap


def _drawn(ink: Grey, found: Components, numbers: Integers) -> Piece:
    """The ink of some components only."""
    left, top = (int(edge) for edge in found.boxes[numbers, :2].min(axis=0))
    right, bottom = (int(edge) for edge in found.boxes[numbers, 2:].max(axis=0))
    part = np.isin(found.labels[top:bottom, left:right], numbers)
    return Piece((left, top, right, bottom), np.where(part, ink[top:bottom, left:right], 0))


def in_picture(box: Box, scale: int) -> Box:
    """A box of the ink, scaled to the picture's pixels."""
    left, top, right, bottom = (edge * scale for edge in box)
    return left, top, right, bottom
