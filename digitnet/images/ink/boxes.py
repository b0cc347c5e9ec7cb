"""Boxes of a form that the digit in them touches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitnet.images.ink.crossings import CROSSINGS, CrossingLimits, line_alone
from digitnet.images.ink.threshold import Contrast
from digitnet.images.measure.components import Mask, components
from digitnet.images.measure.morphology import Grey


@dataclass(frozen=True)
class BoxLimits:
    """What is taken for a box that the digit in it touches."""

    least_side: int = 40
    """Pixels; what is smaller is a digit."""
    near: float = 0.05
    """Share of the box's side within which its line is, and at least three pixels."""
    covered: float = 0.9
    """Share of the side that has line."""
    least_digit: float = 0.35
    """Height of what is in it by its own: less is the bar of a square 8, or nothing, as in a 0."""
    blur: int = 2
    """Pixels beyond the box in which its lines are blurred."""
    crossing: CrossingLimits = CROSSINGS
    """What of its sides is touched by strokes."""


def without_boxes(page: Contrast, limits: BoxLimits) -> tuple[Contrast, int]:
    """Take away the four lines around a digit that touches them.

    Where a stroke touches or crosses a line, the line stays, as that of ruled paper does.

    Parameters
    ----------
    page : Contrast
    limits : BoxLimits

    Returns
    -------
    page : Contrast
    found : int
        How many boxes there were.
    """
    pieces, strokes = page.pieces, page.pieces.mask
    values, found = page.values.copy(), 0
    for piece in np.flatnonzero(pieces.sides.min(axis=1) > limits.least_side):
        left, top, right, bottom = pieces.boxes[piece]
        blur = limits.blur
        part = (slice(max(0, top - blur), bottom + blur), slice(max(0, left - blur), right + blur))
        if not _has_four_sides(pieces.labels[top:bottom, left:right] == piece, limits):
            continue
        lines = _lines(page.values[part], page.floor, limits)
        inside = np.where(lines, np.float32(0), page.values[part])
        inner = components((inside > page.floor) & strokes[part])
        if inner.sides[:, 1].max(initial=0) > limits.least_digit * (bottom - top):
            values[part], found = inside, found + 1
    return (page.changed(values), found) if found else (page, 0)


def _has_four_sides(piece: Mask, limits: BoxLimits) -> bool:
    """Whether there is ink near all four sides of the box around a piece, nearly all along."""
    for view in (np.rot90(piece, turns) for turns in range(4)):
        rows = max(3, round(limits.near * len(view)))
        if view[:rows].any(axis=0).mean() < limits.covered:
            return False
    return True


def _lines(values: Grey, floor: float, limits: BoxLimits) -> Mask:
    """Pixels of the four sides without the strokes that touch them, and of the corners."""
    lines = np.zeros(values.shape, dtype=np.bool_)
    for turns in range(4):
        view, line = np.rot90(values, turns), np.rot90(lines, turns)  # views, not copies
        rows, columns = (max(3, round(limits.near * side)) + limits.blur for side in view.shape)
        line[:rows, :columns] = True
        # The other two sides are no strokes of a digit that end on this one.
        between = view[:, columns:-columns]
        first = (between[:rows] > floor).argmax(axis=0)
        middle = np.full(between.shape[1], np.median(first) + 1.0)
        line[:, columns:-columns] |= line_alone(between, middle, floor, limits.crossing)
    return lines
