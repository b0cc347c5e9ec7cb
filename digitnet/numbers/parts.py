"""Parts of a written line: pieces, cut where digits may touch, and spans that may be a digit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from digitnet.images.measure.components import Box
from digitnet.numbers.cuts import CutLimits, cuts
from digitnet.numbers.pieces import Line, Piece


@dataclass(frozen=True)
class PartLimits:
    """Limits of the cuts, and of the parts of one digit.

    Costs are in nats. The height is that of the line: the median of its pieces.
    """

    cuttable: float = 0.6
    """Most width of an uncut piece, by the height."""
    wall: float = 0.4
    """Most width of a part between two cuts that two digits may share, by the height."""
    widest: float = 1.3
    """Most width of a digit, by the height."""
    cut: float = 2.0
    """Nats for a cut through as much ink as the line is high."""
    cuts: CutLimits = field(default_factory=CutLimits)
    """Limits of the cuts."""


@dataclass(frozen=True)
class Part:
    """A piece, or a part between two cuts of one.

    Attributes
    ----------
    piece : Piece
    cut : float
        Cost of the cut on its left; 0 at the start of the piece.
    wall : bool
        Whether two digits may share it, because it is narrow and between two cuts.
    """

    piece: Piece
    cut: float
    wall: bool


def parts_of(line: Line, height: float, limits: PartLimits) -> list[Part]:
    """Pieces, the wide ones cut."""
    parts = []
    for piece in line:
        wide = piece.width > limits.cuttable * height
        paths, costs = cuts(piece.ink, height, limits.cuts) if wide else ([], [])
        start = np.zeros(piece.height, dtype=np.int64)
        edges = [start, *paths, start + piece.width]
        for i, (left, right) in enumerate(pairwise(edges)):
            between = _between(piece, left, right)
            wall = 0 < i < len(paths) and between.width <= limits.wall * height
            cut = limits.cut * costs[i - 1] if i else 0.0
            parts.append(Part(between, cut, wall))
    return parts


def _between(piece: Piece, first: NDArray[np.int64], last: NDArray[np.int64]) -> Piece:
    """The ink of a piece between two paths, cropped."""
    columns = np.arange(piece.width)
    inside = (columns >= first[:, np.newaxis]) & (columns < last[:, np.newaxis])
    ink = np.where(inside, piece.ink, np.float32(0))
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    top, bottom, left, right = (
        int(i) for i in (rows[0], rows[-1] + 1, columns[0], columns[-1] + 1)
    )
    x, y = piece.box[:2]
    return Piece((x + left, y + top, x + right, y + bottom), ink[top:bottom, left:right])


def spans_of(parts: list[Part], height: float, limits: PartLimits) -> Iterator[tuple[int, int]]:
    """First and last, exclusive, of each span of parts that is not too wide for a digit."""
    for first in range(len(parts)):
        left, right = parts[first].piece.box[0::2]
        yield first, first + 1
        for last in range(first + 1, len(parts)):
            box = parts[last].piece.box
            left, right = min(left, box[0]), max(right, box[2])
            if right - left > limits.widest * height:
                break
            yield first, last + 1


def _around(parts: list[Piece]) -> Box:
    """The box around several parts."""
    boxes = np.array([part.box for part in parts])
    left, top, right, bottom = (int(e) for e in [*boxes[:, :2].min(0), *boxes[:, 2:].max(0)])
    return left, top, right, bottom


def area(parts: list[Part]) -> int:
    """Pixels of the box around several parts."""
    left, top, right, bottom = _around([part.piece for part in parts])
    return (right - left) * (bottom - top)


def joined(parts: list[Piece]) -> Piece:
    """Several parts as one digit."""
    left, top, right, bottom = _around(parts)
    ink = np.zeros((bottom - top, right - left), dtype=np.float32)
    for part in parts:
        x, y = part.box[0] - left, part.box[1] - top
        here = ink[y : y + part.height, x : x + part.width]
        np.maximum(here, part.ink, out=here)
    return Piece((left, top, right, bottom), ink)
