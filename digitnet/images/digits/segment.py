"""Find the digits of a written number, in reading order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from digitnet.images.digits.cuts import cuts
from digitnet.images.digits.pieces import Piece, lines, pieces
from digitnet.images.form.mnist import to_mnist
from digitnet.images.measure.morphology import Grey

Cost = Callable[[NDArray[np.uint8]], NDArray[np.float64]]

# Lengths below are shares of the height of the writing.
_NEAR = 0.15  # parts of a digit are no farther apart
_CUTTABLE = 0.6  # a piece wider than this may be two digits that touch
_WIDEST = 1.3  # no digit is wider
_WALL = 0.4  # a part no wider than this may be the wall of two digits
# Costs are negative logarithms of probabilities: that two digits touch; that they share a wall;
# of ink cut as long as the writing is high; of a gap as wide as it is high within a digit; of
# each such width beyond a digit's; of each such height that is missing.
_TOUCHING, _SHARED, _CUT, _GAP, _BROAD, _LOW = 0.3, 0.5, 2.0, 16.0, 4.0, 3.0
_BROADEST, _LOWEST = 1.0, 0.85


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


def find_digits(ink: Grey, cost: Cost) -> list[list[Piece]]:
    """Digits in reading order: lines from top to bottom, each from left to right.

    Pieces of one digit are put together and touching digits are cut; among all ways to do so,
    the likeliest is taken (over-segmentation and a shortest path: Casey and Lecolinet, IEEE
    Transactions on Pattern Analysis and Machine Intelligence 18, 1996). Punctuation and specks
    are left out.

    Parameters
    ----------
    ink : ndarray of float32, shape (height, width)
        As :func:`digitnet.images.way.find_ink` gives it.
    cost : callable
        Takes pictures in MNIST's form, uint8 of shape (n, 28, 28), and gives for each the
        negative logarithm of the likelihood that it is one digit.

    Returns
    -------
    list of list of Piece
        Empty if there is no ink.
    """
    return [_read(line, cost) for line in lines(pieces(ink))]


def _read(line: list[Piece], cost: Cost) -> list[Piece]:
    """Cheapest way to put the parts of a line together."""
    height = float(np.median([piece.height for piece in line]))
    parts = _parts(line, height)
    spans = _spans(parts, height)
    digits = [_joined([part.piece for part in parts[slice(*span)]]) for span in spans]
    costs = cost(np.stack([to_mnist(digit.ink) for digit in digits]))
    costs += [
        _shape_cost(digit, height) + _inner_cost(parts[slice(*span)], height)
        for span, digit in zip(spans, digits, strict=True)
    ]
    return [digits[i] for i in _shortest_path(parts, spans, costs)]


def _parts(line: list[Piece], height: float) -> list[_Part]:
    """Pieces, the wide ones cut."""
    parts = []
    for piece in line:
        paths, costs = cuts(piece.ink, height) if piece.width > _CUTTABLE * height else ([], [])
        start = np.zeros(piece.height, dtype=np.int64)
        edges = [start, *paths, start + piece.width]
        for i, (left, right) in enumerate(pairwise(edges)):
            between = _between(piece, left, right)
            wall = 0 < i < len(paths) and between.width <= _WALL * height
            parts.append(_Part(between, _TOUCHING + _CUT * costs[i - 1] if i else 0.0, wall))
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


def _spans(parts: list[_Part], height: float) -> list[tuple[int, int]]:
    """First and last, exclusive, of the parts that may be one digit: close, and not too wide."""
    spans = []
    for first in range(len(parts)):
        left, right = parts[first].piece.box[0::2]
        spans.append((first, first + 1))
        for last in range(first + 1, len(parts)):
            box = parts[last].piece.box
            gap = box[0] - parts[last - 1].piece.box[2]
            left, right = min(left, box[0]), max(right, box[2])
            if gap > _NEAR * height or right - left > _WIDEST * height:
                break
            spans.append((first, last + 1))
    return spans


def _joined(parts: list[Piece]) -> Piece:
    """One digit of several parts."""
    boxes = np.array([part.box for part in parts])
    left, top, right, bottom = (int(e) for e in [*boxes[:, :2].min(0), *boxes[:, 2:].max(0)])
    ink = np.zeros((bottom - top, right - left), dtype=np.float32)
    for part in parts:
        x, y = part.box[0] - left, part.box[1] - top
        here = ink[y : y + part.height, x : x + part.width]
        np.maximum(here, part.ink, out=here)
    return Piece((left, top, right, bottom), ink)


def _shape_cost(digit: Piece, height: float) -> float:
    """Cost of a digit that is wider or lower than the others."""
    broad = max(0.0, digit.width / height - _BROADEST)
    return _BROAD * broad + _LOW * max(0.0, _LOWEST - digit.height / height)


def _inner_cost(parts: list[_Part], height: float) -> float:
    """Cost of the cut before a digit's parts and of the gaps between them."""
    gaps = sum(max(0, b.piece.box[0] - a.piece.box[2]) for a, b in pairwise(parts))
    return parts[0].cut + _GAP * gaps / height


def _shortest_path(
    parts: list[_Part], spans: list[tuple[int, int]], costs: NDArray[np.float64]
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
            shared[last - 1] = min(shared[last - 1], (found[0] + _SHARED, found[1]))
    return best[-1][1]
