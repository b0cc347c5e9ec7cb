"""Find the digits of a written number, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from digitnet.numbers.parts import Part, PartLimits, area, joined, parts_of, spans_of
from digitnet.numbers.pieces import Line, Piece

Cost = Callable[[NDArray[np.uint8]], NDArray[np.float64]]


@dataclass(frozen=True)
class SegmentLimits:
    """Costs of grouping parts into digits.

    Costs are negative logarithms of probabilities, in nats. The height is that of the line: the
    median of its pieces.
    """

    shared: float = 0.5
    """Nats for a wall that two digits share."""
    gap: float = 16.0
    """Nats for a gap within a digit that is as wide as the line is high."""
    broad: float = 1.0
    """Most width by height of a digit without a cost."""
    broader: float = 4.0
    """Nats for each height by which a digit is broader than that."""
    low: float = 0.85
    """Least height of a digit without a cost, by that of the line."""
    lower: float = 3.0
    """Nats for each height by which a digit is lower than that."""
    ways: int = 800
    """Most spans of parts that may be one digit; a hundred written digits have fewer."""
    pixels: int = 20_000_000
    """Most pixels of all spans together: four times the most that large writing had."""
    parts: PartLimits = field(default_factory=PartLimits)
    """Limits of the cuts, and of the parts of one digit."""


def find_digits(
    lines: Sequence[Line], cost: Cost, limits: SegmentLimits = SegmentLimits()
) -> list[Line]:
    """Digits in reading order: lines from top to bottom, each from left to right.

    Pieces of one digit are joined and touching digits are cut; the most probable of all
    segmentations is taken (over-segmentation and a shortest path: Casey and Lecolinet, IEEE
    Transactions on Pattern Analysis and Machine Intelligence 18, 1996). Punctuation and specks
    are left out.

    Parameters
    ----------
    lines : sequence of list of Piece
        From :func:`digitnet.numbers.pieces.find_lines`.
    cost : callable
        Takes pictures in MNIST's form, uint8 of shape (n, 28, 28), and returns for each the
        negative logarithm of the probability that it is one digit.
    limits : SegmentLimits

    Returns
    -------
    list of list of Piece
        One digit each; empty if there are more spans than the limits allow, which is a pattern
        and not writing.
    """
    heights = [float(np.median([piece.height for piece in line])) for line in lines]
    ways: list[tuple[list[Part], list[tuple[int, int]]]] = []
    for line, height in zip(lines, heights, strict=True):
        parts = parts_of(line, height, limits.parts)
        ways.append((parts, list(islice(spans_of(parts, height, limits.parts), limits.ways + 1))))
        if sum(len(spans) for _, spans in ways) > limits.ways:
            return []
    if sum(area(parts[slice(*span)]) for parts, spans in ways for span in spans) > limits.pixels:
        return []
    return [
        _digits(parts, spans, height, cost, limits)
        for (parts, spans), height in zip(ways, heights, strict=True)
    ]


def _digits(
    parts: list[Part],
    spans: list[tuple[int, int]],
    height: float,
    cost: Cost,
    limits: SegmentLimits,
) -> Line:
    """Cheapest segmentation of a line."""
    digits = [joined([part.piece for part in parts[slice(*span)]]) for span in spans]
    costs = cost(np.stack([digit.form for digit in digits]))
    costs += [
        _shape_cost(digit, height, limits) + _inner_cost(parts[slice(*span)], height, limits)
        for span, digit in zip(spans, digits, strict=True)
    ]
    return [digits[i] for i in _shortest_path(parts, spans, costs, limits.shared)]


def _shape_cost(digit: Piece, height: float, limits: SegmentLimits) -> float:
    """Cost of a digit that is broader or lower than the others."""
    broader = max(0.0, digit.width / height - limits.broad)
    lower = max(0.0, limits.low - digit.height / height)
    return limits.broader * broader + limits.lower * lower


def _inner_cost(parts: list[Part], height: float, limits: SegmentLimits) -> float:
    """Cost of the cut before a digit's parts and of the gaps between them."""
    gaps = sum(max(0, b.piece.box[0] - a.piece.box[2]) for a, b in pairwise(parts))
    return parts[0].cut + limits.gap * gaps / height


def _shortest_path(
    parts: list[Part], spans: list[tuple[int, int]], costs: NDArray[np.float64], sharing: float
) -> list[int]:
    """Indices of the spans from the first part to the last with the least cost.

    Consecutive spans meet, or share one part.
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
