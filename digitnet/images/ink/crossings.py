"""Strokes that cross or meet a ruled line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digitnet.images.measure.components import Components, Mask, components
from digitnet.images.measure.morphology import Grey

_Rows = NDArray[np.int64]


@dataclass(frozen=True)
class CrossingLimits:
    """What of a line is crossed by strokes, or is one."""

    alone: float = 20.0
    """Per cent of a line's length, at least, that no stroke crosses."""
    longer: int = 2
    """Pixels by which a run is longer than the shortest fifth, and still the line alone."""
    thicker: float = 0.25
    """Share of its thickness by which a line alone varies, and at least a pixel."""
    bolder: float = 1.3
    """Contrast of a line alone, at most, by its median."""
    bridge: float = 0.6
    """Length of a stroke along a line, at most, by its digit's height."""
    fragment: float = 0.5
    """Height of a fragment, at most, by that of the digit it belongs to."""
    reach: float = 0.01
    """Share of the picture's height within which a line is found, and at least two pixels."""


CROSSINGS: Final = CrossingLimits()


def line_alone(
    values: Grey, middle: NDArray[np.float64], floor: float, limits: CrossingLimits
) -> Mask:
    """Pixels of a line from left to right, without the strokes that cross it or end on it.

    A stroke makes the line thicker or bolder. No digit stands on two feet: where two strokes
    of one digit end on the line, what is between them is its stroke, too.

    Parameters
    ----------
    values : ndarray of float32, shape (height, width)
        Contrast to the paper.
    middle : ndarray of float, shape (width,)
        Row of the line at each column.
    floor : float
        The least contrast that is ink or line.
    limits : CrossingLimits

    Returns
    -------
    ndarray of bool, shape (height, width)
    """
    first, length = runs(values > floor, middle, limits)
    thickness = line_thickness(length, limits)
    rows = np.arange(values.shape[0])[:, np.newaxis]
    run = (rows >= first - 1) & (rows < first + length + 1)
    darkest = np.where(run, values, 0).max(axis=0)
    alone = (length > 0) & (length <= thickness + max(1.0, limits.thicker * thickness))
    alone &= darkest <= limits.bolder * (np.median(darkest[alone]) if alone.any() else 0.0)
    above = np.where(length > 0, middle - thickness / 2 - first, 0)
    below = np.where(length > 0, first + length - middle - thickness / 2, 0)
    pieces = components((values > floor) & ~(run & alone))
    bridges = _bridges(pieces, alone, first, length, above, below, thickness, limits)
    return run & alone & ~bridges


def _bridges(
    pieces: Components,
    alone: Mask,
    first: _Rows,
    length: _Rows,
    above: NDArray[np.float64],
    below: NDArray[np.float64],
    thickness: float,
    limits: CrossingLimits,
) -> Mask:
    """Columns of the line between two strokes of one digit that end on it."""
    edges = np.flatnonzero(np.diff(np.pad(~alone & (length > 0), 1).astype(np.int8)))
    strokes = edges.reshape(-1, 2)
    bridged = np.zeros_like(alone)
    heights = pieces.sides[:, 1]
    ends = [
        stroke
        for stroke in strokes
        if (max(above[slice(*stroke)].max(), below[slice(*stroke)].max()) > 1 + thickness / 2)
    ]
    joined: set[int] = set()
    for (a, b), (c, d) in sorted(pairwise(ends), key=lambda pair: pair[1][0] - pair[0][1]):
        one, other = pieces.labels[first[b - 1], b - 1], pieces.labels[first[c], c]
        if min(one, other) < 0:
            continue
        small, large = sorted((int(one), int(other)), key=lambda piece: heights[piece])
        fragment = heights[small] < limits.fragment * heights[large] and small not in joined
        on_top = max(below[a:b].max(), below[c:d].max()) <= 1 + thickness
        under = max(above[a:b].max(), above[c:d].max()) <= 1 + thickness
        near = c - b <= limits.bridge * heights[large]
        if near and (on_top or under) and (one == other or fragment):
            joined.add(small)
            bridged[b:c] = True
    return bridged


def line_thickness(length: _Rows, limits: CrossingLimits) -> float:
    """Median length of the runs that are hardly longer than the least fifth; 0 without any."""
    if not length.any():
        return 0.0
    found = length[length > 0]
    return float(np.median(found[found <= np.percentile(found, limits.alone) + limits.longer]))


def runs(mask: Mask, middle: NDArray[np.number], limits: CrossingLimits) -> tuple[_Rows, _Rows]:
    """First row and length of the vertical run nearest to the middle, column by column.

    A length of 0 says that there is none within two pixels or 1 % of the height.
    """
    height, width = mask.shape
    inked = np.pad(mask, ((1, 1), (0, 0)))
    rows = np.arange(height + 2)[:, np.newaxis]
    above = np.maximum.accumulate(np.where(inked, -1, rows), axis=0)
    below = np.minimum.accumulate(np.where(inked, height + 2, rows)[::-1], axis=0)[::-1]
    reach = max(2, int(limits.reach * height))
    best = np.full(width, -1)
    columns = np.arange(width)
    for offset in sorted(range(-reach, reach + 1), key=abs, reverse=True):
        at = np.clip(np.rint(middle).astype(int) + 1 + offset, 0, height + 1)
        best = np.where(inked[at, columns], at, best)
    first, last = above[best, columns], below[best, columns]
    return first, np.where(best >= 0, last - first - 1, 0)
