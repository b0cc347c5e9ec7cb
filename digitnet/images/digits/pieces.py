"""The connected pieces of writing, line by line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitnet.images.measure.components import Components, components
from digitnet.images.measure.morphology import Grey

Box = tuple[int, int, int, int]

# Lengths below are shares of the height of the writing.
_FRAGMENT = 0.45  # lower than this, a piece is part of a digit, or punctuation
_NEAR = 0.15  # a fragment this close to a stroke belongs to it
# A line that the paper had is longer than this, no thicker than such a share of its length, and
# ends this close to two edges of the picture.
_LONG, _THIN, _EDGE = 1.4, 0.12, 0.03


@dataclass(frozen=True)
class Piece:
    """A digit, or a part of one, or several that touch.

    Attributes
    ----------
    box : tuple of int
        Left, top, right, bottom, in pixels of the ink; right and bottom are exclusive.
    ink : ndarray of float32, shape (bottom - top, right - left)
        Its ink alone: 0 paper, 1 ink.
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


def pieces(ink: Grey) -> list[Piece]:
    """Connected pieces as tall as a digit, with the fragments that belong to them.

    Parameters
    ----------
    ink : ndarray of float32, shape (height, width)

    Returns
    -------
    list of Piece
        Empty if there is no ink but lines of the paper.
    """
    found = components(ink > 0.3)
    boxes, areas = found.boxes, found.areas
    if not len(areas):
        return []
    heights = boxes[:, 3] - boxes[:, 1]
    height = _typical(heights, areas)
    stray = _is_line(found, height)
    tall = np.flatnonzero((heights >= _FRAGMENT * height) & ~stray)
    if not len(tall):
        return []
    owner = np.full(len(areas), -1)
    owner[tall] = tall
    for piece in np.flatnonzero((heights < _FRAGMENT * height) & ~stray):
        gap = _gap(boxes[piece], boxes[tall])
        if gap.min() <= _reach(boxes[piece], height):
            owner[piece] = tall[np.argmin(gap)]
    return [_drawn(ink, found.labels, np.flatnonzero(owner == piece), boxes) for piece in tall]


def _typical(heights: NDArray[np.int64], areas: NDArray[np.int64]) -> float:
    """Height of the piece that has half of the ink in lower ones."""
    order = np.argsort(heights)
    half = np.searchsorted(np.cumsum(areas[order]), areas.sum() / 2)
    return float(heights[order[min(int(half), len(order) - 1)]])


def _is_line(found: Components, height: float) -> NDArray[np.bool_]:
    """Which pieces are thin, longer than the digits are high, and run out of the picture."""
    rows, columns = found.labels.shape
    edges = np.abs(found.boxes - [0, 0, columns, rows]) <= _EDGE * height
    sides = found.boxes[:, 2:] - found.boxes[:, :2]
    thin = sides.min(axis=1) <= _THIN * sides.max(axis=1)
    line: NDArray[np.bool_] = (edges.sum(axis=1) > 1) & thin & (sides.max(axis=1) > _LONG * height)
    return line


def _reach(box: NDArray[np.int64], height: float) -> float:
    """How far a fragment may be from its digit: a bar farther than a dot."""
    return float(_NEAR * height if max(box[2:] - box[:2]) > 0.3 * height else 0.05 * height)


def _gap(box: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.float64]:
    """Distance between a box and others; 0 where they overlap."""
    apart = np.maximum(np.maximum(others[:, :2] - box[2:], box[:2] - others[:, 2:]), 0)
    gap: NDArray[np.float64] = np.hypot(apart[:, 0], apart[:, 1])
    return gap


def _drawn(
    ink: Grey, labels: NDArray[np.int64], numbers: NDArray[np.int64], boxes: NDArray[np.int64]
) -> Piece:
    """The ink of some components alone."""
    left, top = (int(edge) for edge in boxes[numbers, :2].min(axis=0))
    right, bottom = (int(edge) for edge in boxes[numbers, 2:].max(axis=0))
    part = np.isin(labels[top:bottom, left:right], numbers)
    return Piece((left, top, right, bottom), np.where(part, ink[top:bottom, left:right], 0))


def lines(found: list[Piece]) -> list[list[Piece]]:
    """Pieces by line: each joins the line whose last piece it overlaps most in height."""
    rows: list[list[Piece]] = []
    for piece in sorted(found, key=lambda piece: piece.box[0] + piece.box[2]):
        shares = [_overlap(piece.box[1::2], line[-1].box[1::2]) for line in rows]
        if shares and max(shares) > 0.35:
            rows[shares.index(max(shares))].append(piece)
        else:
            rows.append([piece])
    return sorted(rows, key=lambda line: float(np.mean([p.box[1] + p.box[3] for p in line])))


def _overlap(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Common length of two intervals, as a share of the shorter."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / max(1, min(one[1] - one[0], other[1] - other[0]))
