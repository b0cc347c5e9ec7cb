"""Find the digits of a written number, in reading order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from digitnet.images.components import components
from digitnet.images.morphology import Grey
from digitnet.images.normalise import to_mnist

Box = tuple[int, int, int, int]
Score = Callable[[NDArray[np.uint8]], NDArray[np.floating]]

# Lengths below are shares of the height of the writing.
_FRAGMENT = 0.45  # lower than this, a piece is part of a digit, or punctuation
_NEAR = 0.15  # a fragment this close to a stroke belongs to it
_WIDE = 0.75  # a piece wider than this may be two digits that touch
# Costs are negative logarithms of probabilities: of a cut, where the outline is as high as the
# writing; of a gap as wide as it is high within a digit; of each such width beyond a digit's.
_CUT, _GAP, _BROAD = 4.0, 16.0, 4.0
_BROADEST = 0.9  # width of a digit
_MNIST = 32  # a picture no larger than MNIST's holds one digit, however broken it is
_LONGEST = 4  # parts that one digit may be put together from


@dataclass(frozen=True)
class Digit:
    """One digit of a picture.

    Attributes
    ----------
    box : tuple of int
        Left, top, right, bottom, in pixels of the ink; right and bottom are exclusive.
    ink : ndarray of float32, shape (bottom - top, right - left)
        Its ink alone: 0 paper, 1 ink.
    """

    box: Box
    ink: Grey


def find_digits(ink: Grey, score: Score) -> list[list[Digit]]:
    """Digits in reading order: lines from top to bottom, each from left to right.

    Pieces of one digit are put together and touching digits are cut at valleys; among all ways
    to do so, the one of which the network is most certain is taken (over-segmentation and a
    shortest path: Casey and Lecolinet, IEEE Transactions on Pattern Analysis and Machine
    Intelligence 18, 1996). Punctuation and specks are left out.

    Parameters
    ----------
    ink : ndarray of float32, shape (height, width)
        As :func:`digitnet.images.ink.find_ink` gives it.
    score : callable
        Takes digits in MNIST's form, uint8 of shape (n, 28, 28), and gives for each the
        certainty, 0 to 1, that it is the digit it looks most like.

    Returns
    -------
    list of list of Digit
        Empty if there is no ink.
    """
    return [_read(line, score) for line in _lines(_pieces(ink))]


def holds_several(ink: Grey) -> bool:
    """Whether there plainly are several digits: two of full height, side by side or stacked.

    Parameters
    ----------
    ink : ndarray of float32, shape (height, width)
    """
    if max(ink.shape) <= _MNIST:
        return False
    lines = _lines(_pieces(ink))
    if not lines:
        return False
    height = max(_high(digit.box) for line in lines for digit in line)
    full = [[d.box for d in line if _high(d.box) > 0.6 * height] for line in lines]
    if sum(bool(line) for line in full) > 1:
        return True
    boxes = max(full, key=len)
    apart = any(b[0] - a[2] > _NEAR * height for a, b in pairwise(boxes))
    return apart or any(box[2] - box[0] > 1.7 * height for box in boxes)


def _high(box: Box) -> int:
    return box[3] - box[1]


def _pieces(ink: Grey) -> list[Digit]:
    """Connected pieces as tall as a digit, with the fragments that belong to them."""
    found = components(ink > 0.3)
    boxes, areas = found.boxes, found.areas
    if not len(areas):
        return []
    heights = boxes[:, 3] - boxes[:, 1]
    order = np.argsort(heights)
    half = np.searchsorted(np.cumsum(areas[order]), areas.sum() / 2)
    height = heights[order[min(int(half), len(order) - 1)]]
    tall = np.flatnonzero(heights >= _FRAGMENT * height)
    owner = np.full(len(areas), -1)
    owner[tall] = tall
    for piece in np.flatnonzero(heights < _FRAGMENT * height):
        gap = _gap(boxes[piece], boxes[tall])
        if gap.min() <= _reach(boxes[piece], height):
            owner[piece] = tall[np.argmin(gap)]
    return [_drawn(ink, found.labels, np.flatnonzero(owner == piece), boxes) for piece in tall]


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
) -> Digit:
    """The ink of some components alone."""
    left, top = (int(edge) for edge in boxes[numbers, :2].min(axis=0))
    right, bottom = (int(edge) for edge in boxes[numbers, 2:].max(axis=0))
    part = np.isin(labels[top:bottom, left:right], numbers)
    return Digit((left, top, right, bottom), np.where(part, ink[top:bottom, left:right], 0))


def _lines(pieces: list[Digit]) -> list[list[Digit]]:
    """Pieces by line: each joins the line whose last piece it overlaps most in height."""
    lines: list[list[Digit]] = []
    for piece in sorted(pieces, key=lambda piece: piece.box[0] + piece.box[2]):
        shares = [_overlap(piece.box[1::2], line[-1].box[1::2]) for line in lines]
        if shares and max(shares) > 0.35:
            lines[shares.index(max(shares))].append(piece)
        else:
            lines.append([piece])
    return sorted(lines, key=lambda line: float(np.mean([p.box[1] + p.box[3] for p in line])))


def _overlap(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Common length of two intervals, as a share of the shorter."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / max(1, min(one[1] - one[0], other[1] - other[0]))


def _read(line: list[Digit], score: Score) -> list[Digit]:
    """Cheapest way to put the parts of a line together: a shortest path from left to right."""
    height = float(np.median([_high(piece.box) for piece in line]))
    parts, cuts = _parts(line, height)
    spans = [
        (first, last)
        for first in range(len(parts))
        for last in range(first + 1, min(first + _LONGEST, len(parts)) + 1)
        if last == first + 1 or _may_join(parts[first:last], height)
    ]
    joined = {span: _joined(parts[slice(*span)]) for span in spans}
    certainty = score(np.stack([to_mnist(digit.ink) for digit in joined.values()]))
    best: list[tuple[float, list[Digit]]] = [(0.0, [])]
    best += [(np.inf, []) for _ in parts]
    for (first, last), digit, certain in zip(spans, joined.values(), certainty, strict=True):
        bridged = sum(max(0.0, gap) for gap in _gaps(parts[first:last])) / height
        broad = max(0.0, (digit.box[2] - digit.box[0]) / height - _BROADEST)
        cost = cuts[first] - float(np.log(max(float(certain), 1e-9)))
        cost += best[first][0] + _GAP * bridged + _BROAD * broad
        if cost < best[last][0]:
            best[last] = (cost, [*best[first][1], digit])
    return best[-1][1]


def _gaps(parts: list[Digit]) -> list[int]:
    return [b.box[0] - a.box[2] for a, b in pairwise(parts)]


def _may_join(parts: list[Digit], height: float) -> bool:
    """Whether parts may be one digit: close together, and not wider than a digit is."""
    wide = max(part.box[2] for part in parts) - min(part.box[0] for part in parts)
    return wide <= 1.3 * height and max(_gaps(parts)) <= _NEAR * height


def _joined(parts: list[Digit]) -> Digit:
    """One digit of several parts."""
    boxes = np.array([part.box for part in parts])
    left, top, right, bottom = (int(e) for e in [*boxes[:, :2].min(0), *boxes[:, 2:].max(0)])
    ink = np.zeros((bottom - top, right - left), dtype=np.float32)
    for part in parts:
        x, y = part.box[0] - left, part.box[1] - top
        here = ink[y : y + part.ink.shape[0], x : x + part.ink.shape[1]]
        np.maximum(here, part.ink, out=here)
    return Digit((left, top, right, bottom), ink)


def _parts(line: list[Digit], height: float) -> tuple[list[Digit], list[float]]:
    """Pieces, the wide ones cut at their valleys, and the cost of the cut before each part."""
    parts: list[Digit] = []
    costs: list[float] = []
    for piece in line:
        valleys, depths = _valleys(piece.ink, height)
        edges = [0, *valleys, piece.ink.shape[1]]
        parts += [_slice(piece, a, b) for a, b in pairwise(edges)]
        costs += [0.0, *(_CUT * depth / height for depth in depths)]
    return parts, costs


def _slice(piece: Digit, first: int, last: int) -> Digit:
    """The columns of a piece from one cut to the next, without empty rows."""
    ink = piece.ink[:, first:last]
    rows = np.flatnonzero((ink > 0).any(axis=1))
    left, top = piece.box[0], piece.box[1]
    box = (left + first, top + int(rows[0]), left + last, top + int(rows[-1]) + 1)
    return Digit(box, ink[rows[0] : rows[-1] + 1])


def _valleys(ink: Grey, height: float) -> tuple[list[int], list[float]]:
    """Columns where the outline is lower than on both sides, and how high it still is there.

    Where two round digits touch, their walls make the ink of a column most; what is least is
    the distance from the uppermost ink to the lowest.
    """
    count, width = ink.shape
    if width <= _WIDE * height:
        return [], []
    inked = ink > 0.3
    extent = np.where(
        inked.any(axis=0), count - inked.argmax(axis=0) - inked[::-1].argmax(axis=0), 0
    )
    margin = max(2, round(0.15 * height))
    valleys: list[int] = []
    for column in range(margin, width - margin):
        around = extent[max(0, column - margin) : column + margin + 1]
        higher = min(extent[:column].max(), extent[column:].max()) - extent[column]
        lowest = extent[column] == around.min() and higher > 0.15 * height
        if lowest and (not valleys or column - valleys[-1] > margin):
            valleys.append(column)
    return valleys, [float(extent[column]) for column in valleys]
