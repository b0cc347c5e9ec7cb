"""Find the digits of a written number, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from digitnet.images.digits.cuts import CutLimits, cuts
from digitnet.images.digits.pieces import Box, Line, Piece

Cost = Callable[[NDArray[np.uint8]], NDArray[np.float64]]


@dataclass(frozen=True)
class SegmentLimits:
    """Which parts may be one digit, and what each way to put them together costs.

    Costs are negative logarithms of probabilities, in nats. The height is that of the line: the
    median of its pieces.
    """

    cuttable: float = 0.6
    """Share of the height; a wider piece may be two digits that touch."""
    wall: float = 0.4
    """Share of the height; two digits may share a part between two cuts that is no wider."""
    near: float = 0.15
    """Share of the height; parts of one digit are no farther apart."""
    widest: float = 1.3
    """Widths for each height; no digit is wider."""
    touching: float = 0.3
    """Nats, for two digits that touch."""
    cut: float = 2.0
    """Nats, for a cut through as much ink as the line is high."""
    shared: float = 0.5
    """Nats, for a wall that two digits share."""
    gap: float = 16.0
    """Nats, for a gap within a digit that is as wide as the line is high."""
    broad: float = 1.0
    """Widths for each height; a digit that is broader costs something."""
    broader: float = 4.0
    """Nats, for each height by which a digit is broader than that."""
    low: float = 0.85
    """Share of the height; a digit that is lower costs something."""
    lower: float = 3.0
    """Nats, for each height by which a digit is lower than that."""
    ways: int = 800
    """Ways to put parts of a picture together to one digit; a hundred written digits have fewer."""
    pixels: int = 20_000_000
    """Pixels of all of these together: of large writing, four times what was ever seen."""
    cuts: CutLimits = field(default_factory=CutLimits)
    """Where a piece may be cut."""


@dataclass(frozen=True)
class _Part:
    """A piece, or what is between two cuts of one.

    Attributes
    ----------
    piece : Piece
    cut : float
        Cost of the cut on its left; 0 where the piece begins.
    wall : bool
        Whether two digits may share it: it is narrow, between two cuts.
    """

    piece: Piece
    cut: float
    wall: bool


def find_digits(
    lines: list[Line], cost: Cost, limits: SegmentLimits = SegmentLimits()
) -> list[Line]:
    """Digits in reading order: lines from top to bottom, each from left to right.

    Pieces of one digit are put together and touching digits are cut; among all ways to do so,
    the likeliest is taken (over-segmentation and a shortest path: Casey and Lecolinet, IEEE
    Transactions on Pattern Analysis and Machine Intelligence 18, 1996). Punctuation and specks
    are left out.

    Parameters
    ----------
    lines : list of list of Piece
        As :func:`digitnet.images.digits.pieces.find_lines` gives them.
    cost : callable
        Takes pictures in MNIST's form, uint8 of shape (n, 28, 28), and gives for each the
        negative logarithm of the likelihood that it is one digit.
    limits : SegmentLimits

    Returns
    -------
    list of list of Piece
        One digit each; none if there are more ways to put the parts together than the limits
        allow: that is a pattern, and no writing.
    """
    heights = [float(np.median([piece.height for piece in line])) for line in lines]
    ways: list[tuple[list[_Part], list[tuple[int, int]]]] = []
    for line, height in zip(lines, heights, strict=True):
        parts = _parts(line, height, limits)
        ways.append((parts, list(islice(_spans(parts, height, limits), limits.ways + 1))))
        if sum(len(spans) for _, spans in ways) > limits.ways:
            return []
    if sum(_area(parts[slice(*span)]) for parts, spans in ways for span in spans) > limits.pixels:
        return []
    return [
        _digits(parts, spans, height, cost, limits)
        for (parts, spans), height in zip(ways, heights, strict=True)
    ]


def _digits(
    parts: list[_Part],
    spans: list[tuple[int, int]],
    height: float,
    cost: Cost,
    limits: SegmentLimits,
) -> Line:
    """Cheapest way to put the parts of a line together."""
    digits = [_joined([part.piece for part in parts[slice(*span)]]) for span in spans]
    costs = cost(np.stack([digit.form for digit in digits]))
    costs += [
        _shape_cost(digit, height, limits) + _inner_cost(parts[slice(*span)], height, limits)
        for span, digit in zip(spans, digits, strict=True)
    ]
    return [digits[i] for i in _shortest_path(parts, spans, costs, limits.shared)]


def _parts(line: Line, height: float, limits: SegmentLimits) -> list[_Part]:
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
            cut = limits.touching + limits.cut * costs[i - 1] if i else 0.0
            parts.append(_Part(between, cut, wall))
    return parts


def _between(piece: Piece, first: NDArray[np.int64], last: NDArray[np.int64]) -> Piece:
    """The ink of a piece from one path to the next, without empty rows and columns."""
    columns = np.arange(piece.width)
    inside = (columns >= first[:, np.newaxis]) & (columns < last[:, np.newaxis])
    ink = np.where(inside, piece.ink, np.float32(0))
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    top, bottom, left, right = (
        int(i) for i in (rows[0], rows[-1] + 1, columns[0], columns[-1] + 1)
    )
    x, y = piece.box[:2]
    return Piece((x + left, y + top, x + right, y + bottom), ink[top:bottom, left:right])


def _spans(parts: list[_Part], height: float, limits: SegmentLimits) -> Iterator[tuple[int, int]]:
    """First and last, exclusive, of the parts that may be one digit: close, and not too wide."""
    for first in range(len(parts)):
        left, right = parts[first].piece.box[0::2]
        yield first, first + 1
        for last in range(first + 1, len(parts)):
            box = parts[last].piece.box
            gap = box[0] - parts[last - 1].piece.box[2]
            left, right = min(left, box[0]), max(right, box[2])
            if gap > limits.near * height or right - left > limits.widest * height:
                break
            yield first, last + 1


def _around(parts: list[Piece]) -> Box:
    """The box around several parts."""
    boxes = np.array([part.box for part in parts])
    left, top, right, bottom = (int(e) for e in [*boxes[:, :2].min(0), *boxes[:, 2:].max(0)])
    return left, top, right, bottom


def _area(parts: list[_Part]) -> int:
    """Pixels of the box around several parts."""
    left, top, right, bottom = _around([part.piece for part in parts])
    return (right - left) * (bottom - top)


def _joined(parts: list[Piece]) -> Piece:
    """One digit of several parts."""
    left, top, right, bottom = _around(parts)
    ink = np.zeros((bottom - top, right - left), dtype=np.float32)
    for part in parts:
        x, y = part.box[0] - left, part.box[1] - top
        here = ink[y : y + part.height, x : x + part.width]
        np.maximum(here, part.ink, out=here)
    return Piece((left, top, right, bottom), ink)


def _shape_cost(digit: Piece, height: float, limits: SegmentLimits) -> float:
    """Cost of a digit that is broader or lower than the others."""
    broader = max(0.0, digit.width / height - limits.broad)
    lower = max(0.0, limits.low - digit.height / height)
    return limits.broader * broader + limits.lower * lower


def _inner_cost(parts: list[_Part], height: float, limits: SegmentLimits) -> float:
    """Cost of the cut before a digit's parts and of the gaps between them."""
    gaps = sum(max(0, b.piece.box[0] - a.piece.box[2]) for a, b in pairwise(parts))
    return parts[0].cut + limits.gap * gaps / height


def _shortest_path(
    parts: list[_Part], spans: list[tuple[int, int]], costs: NDArray[np.float64], sharing: float
) -> list[int]:
    """Numbers of the spans from the first part to the last whose costs are least.

    Two spans follow each other where one ends and the other begins, or share one part.
    """
    unreached: tuple[float, list[int]] = (np.inf, [])
    best = [(0.0, []), *[unreached] * len(parts)]
    shared = [unreached] * len(parts)
    for i, (first, last) in enumerate(spans):
        long = last - first > 1
        before, path = min(best[first], shared[first]) if long else best[first]
        found = (before + float(costs[i]), [*path, i])
        best[last] = min(best[last], found)
        if long and parts[last - 1].wall:
            shared[last - 1] = min(shared[last - 1], (found[0] + sharing, found[1]))
    return best[-1][1]
