"""Boxes of a form that the digit in them touches."""

from __future__ import annotations

import numpy as np

from digitnet.images.ink.crossings import line_alone
from digitnet.images.measure.components import Mask, components
from digitnet.images.measure.morphology import Grey

_LEAST_SIDE = 40  # a smaller picture is of a digit, or framed
# Share of the box's side within which its line is, and of the side that has line.
_NEAR, _COVERED = 0.05, 0.9
_LEAST_DIGIT = 0.35  # of the box's height; less is the bar of a square 8, or nothing, as in a 0


def without_boxes(away: Grey, strong: Mask, floor: float) -> tuple[Grey, bool]:
    """Take away the four lines around a digit that touches them.

    Where a stroke touches or crosses a line, the line stays, as that of ruled paper does.

    Parameters
    ----------
    away : ndarray of float32, shape (height, width)
        Contrast to the paper.
    strong : ndarray of bool, shape (height, width)
        Where strokes and lines are.
    floor : float
        The least contrast that is ink or line.

    Returns
    -------
    away : ndarray of float32, shape (height, width)
    boxed : bool
        Whether there was one.
    """
    pieces = components(strong)
    left_over, boxed = away.copy(), False
    sides = pieces.boxes[:, 2:] - pieces.boxes[:, :2]
    for piece in np.flatnonzero(sides.min(axis=1) > _LEAST_SIDE):
        left, top, right, bottom = pieces.boxes[piece]
        # Beyond the box there is nothing of it but the blur of its lines.
        part = (slice(max(0, top - 2), bottom + 2), slice(max(0, left - 2), right + 2))
        if not _has_four_sides(pieces.labels[top:bottom, left:right] == piece):
            continue
        inside = np.where(_lines(away[part], floor), np.float32(0), away[part])
        inner = components((inside > floor) & strong[part])
        heights = inner.boxes[:, 3] - inner.boxes[:, 1]
        if heights.max(initial=0) > _LEAST_DIGIT * (bottom - top):
            left_over[part], boxed = inside, True
    return left_over, boxed


def _has_four_sides(piece: Mask) -> bool:
    """Whether there is ink near all four sides of the box around a piece, nearly all along."""
    for view in (np.rot90(piece, turns) for turns in range(4)):
        rows = max(3, round(_NEAR * len(view)))
        if view[:rows].any(axis=0).mean() < _COVERED:
            return False
    return True


def _lines(away: Grey, floor: float) -> Mask:
    """Pixels of the four sides without the strokes that touch them, and of the corners."""
    lines = np.zeros(away.shape, dtype=np.bool_)
    for turns in range(4):
        view, line = np.rot90(away, turns), np.rot90(lines, turns)  # views, not copies
        rows, columns = (max(3, round(_NEAR * side)) + 2 for side in view.shape)
        line[:rows, :columns] = True
        # The other two sides are no strokes of a digit that end on this one.
        between = view[:, columns:-columns]
        first = (between[:rows] > floor).argmax(axis=0)
        middle = np.full(between.shape[1], np.median(first) + 1.0)
        line[:, columns:-columns] |= line_alone(between, middle, floor)
    return lines
