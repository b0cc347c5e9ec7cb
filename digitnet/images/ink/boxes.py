"""Remove the boxes of a form around a digit that may touch them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitnet.images.form.stroke import BOX
from digitnet.images.ink.crossings import RuledLine
from digitnet.images.ink.runs import CROSSINGS, Runs
from digitnet.images.ink.threshold import Contrast
from digitnet.images.measure.components import Mask, components
from digitnet.images.measure.morphology import Grey


@dataclass(frozen=True)
class BoxLimits:
    """How to recognise a box around a digit."""

    near: float = 0.25
    """Fraction of the box's side within which its line is."""
    steepest: float = 0.15
    """Most slope of its line, in a slanted photo of a form or a box drawn by hand."""
    covered: float = 0.7
    """Least fraction of the side along which the line is the outermost ink."""
    sides: int = 3
    """Least number of sides with a line; the picture's edge may cut off the others."""
    blur: int = 2
    """Pixels of blur outside the box."""


@dataclass(frozen=True, eq=False)
class _Side:
    """A line of a box, turned to be the upper one.

    Attributes
    ----------
    turns : int
        Quarter turns to the left that bring the line to the top.
    middle : ndarray of float64, shape (width,)
        Its row at each column.
    thickness : float
        In pixels.
    """

    turns: int
    middle: NDArray[np.float64]
    thickness: float

    def within(self, shape: tuple[int, int], *, beyond: bool) -> Mask:
        """Mask of the line and everything outside it: bool, of this shape."""
        height = shape[self.turns % 2]
        below = np.arange(height)[:, np.newaxis] - self.middle
        reach = self.thickness / 2 + 1
        return np.rot90((below <= reach) & (beyond | (below >= -reach)), -self.turns)


def without_boxes(page: Contrast, limits: BoxLimits) -> tuple[Contrast, int]:
    """Remove the lines around a digit, which it may touch.

    The line is kept where a stroke touches or crosses it, as with ruled paper. A piece
    no larger than the box of MNIST's digits is a digit.

    Parameters
    ----------
    page : Contrast
    limits : BoxLimits

    Returns
    -------
    page : Contrast
    found : int
        Number of boxes.
    """
    pieces, strokes = page.pieces, page.pieces.mask
    values, found = page.values.copy(), 0
    for piece in np.flatnonzero(pieces.sides.min(axis=1) > BOX):
        left, top, right, bottom = pieces.boxes[piece]
        blur = limits.blur
        part = (slice(max(0, top - blur), bottom + blur), slice(max(0, left - blur), right + blur))
        least = page.floor, page.cut
        sides = _sides(pieces.labels[part] == piece, page.values[part], least, limits)
        cut_off = np.sum(pieces.boxes[piece] == [0, 0, *strokes.shape[::-1]])
        if len(sides) < limits.sides or len(sides) + cut_off < 4:
            continue
        lines = _lines(page.values[part], sides, least)
        inside = np.where(lines, np.float32(0), page.values[part])
        inner = components((inside > page.floor) & strokes[part])
        # Lower content is the bar of a square 8; an empty box is a 0.
        if inner.sides[:, 1].max(initial=0) > page.limits.fragment * (bottom - top):
            values[part], found = inside, found + 1
    return (page.changed(values), found) if found else (page, 0)


def _sides(piece: Mask, values: Grey, least: tuple[float, float], limits: BoxLimits) -> list[_Side]:
    """The lines along the four sides of a piece, with their blur."""
    sides: list[_Side] = []
    for turns in range(4):
        if turns - len(sides) > 4 - limits.sides:
            break  # too few sides have a line
        outermost = _outermost_line(np.rot90(piece, turns), limits)
        if outermost is None:
            continue
        view = np.rot90(values, turns)
        sizes = CROSSINGS.rows(len(view)), len(view)
        runs = Runs.along(view, outermost + 1, least, sizes, CROSSINGS)
        columns, middles = runs.middles()
        if len(columns):
            inwards = float(np.median(middles - outermost[columns]))
            sides.append(_Side(turns, outermost + inwards, runs.thickness))
    return sides


def _outermost_line(view: Mask, limits: BoxLimits) -> NDArray[np.float64] | None:
    """Row at each column of the straight line that is the first ink of most columns.

    The Hough transform (Duda and Hart, Communications of the ACM 15, 1972) of a row a column.
    """
    width = view.shape[1]
    rows = max(3, round(limits.near * len(view)))
    columns = np.flatnonzero(view[:rows].any(axis=0))
    if len(columns) < limits.covered * width:
        return None
    first = view[:rows, columns].argmax(axis=0)
    rises = np.arange(-(most := round(limits.steepest * width)), most + 1)
    level = np.rint(first - np.outer(rises, columns / width)).astype(np.int64) + most
    bins = rows + 2 * most + 2
    flat = level + 1 + bins * np.arange(len(rises))[:, np.newaxis]
    votes = np.bincount(flat.ravel(), minlength=bins * len(rises)).reshape(-1, bins)
    votes[:, 1:-1] = votes[:, :-2] + votes[:, 1:-1] + votes[:, 2:]
    rise, row = np.unravel_index(np.argmax(votes), votes.shape)
    if votes[rise, row] < limits.covered * width:
        return None
    on = np.abs(level[rise] + 1 - row) <= 1
    line = np.polynomial.Polynomial.fit(columns[on], first[on], 1)
    return np.asarray(line(np.arange(width)))


def _lines(values: Grey, sides: list[_Side], least: tuple[float, float]) -> Mask:
    """Pixels of the sides without the strokes that touch them, and of the corners."""
    lines = np.zeros(values.shape, dtype=np.bool_)
    along = [side.within(values.shape, beyond=False) for side in sides]
    beyond = [side.within(values.shape, beyond=True) for side in sides]
    for side, here in zip(sides, along, strict=True):
        # The adjacent sides are not strokes that end on this one.
        between = values.copy()
        for i, other in enumerate(sides):
            if (other.turns - side.turns) % 2:
                between[beyond[i]] = 0
                lines |= here & along[i]
        view = np.rot90(between, side.turns)
        line = RuledLine.along(view, side.middle, side.thickness, least, CROSSINGS)
        alone = np.zeros(view.shape, dtype=np.bool_)
        line.draw(alone)
        whole = line.without_bridges(components((view > least[0]) & ~alone), CROSSINGS)
        whole.draw(np.rot90(lines, side.turns))
    return lines
