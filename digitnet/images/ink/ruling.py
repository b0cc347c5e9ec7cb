"""Ruled lines and squares of the paper, found and taken away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from digitnet.images.form.mnist import SIDE
from digitnet.images.form.stroke import ink_width
from digitnet.images.ink.crossings import Line
from digitnet.images.ink.runs import CROSSINGS, CrossingLimits
from digitnet.images.ink.straight import STRAIGHT, StraightLimits, shape_of, straight_lines
from digitnet.images.ink.threshold import Contrast
from digitnet.images.measure.components import Components, Mask
from digitnet.images.measure.morphology import Grey


@dataclass(frozen=True)
class RulingLimits:
    """What is taken for a ruled line."""

    heaviest: float = 1.2
    """Ink of a line per pixel of its length by that of a stroke, at most."""
    heaviest_across: float = 0.75
    """The same in a picture that is no longer than a digit: the bar of a 7 goes through it."""
    beside: int = 1
    """Pixels from a line and its blur within which what is left of it lies."""
    left: float = 0.8
    """Share of a piece that lies there if it is left of the line."""
    straight: StraightLimits = STRAIGHT
    """What is straight, and goes through the picture."""
    crossing: CrossingLimits = CROSSINGS
    """What of a line is crossed by strokes."""


@dataclass(frozen=True, eq=False)
class _Ruled:
    """A line, and whether it goes down the picture instead of across it.

    Attributes
    ----------
    line : Line
    down : bool
    heavy : float
        Ink per pixel of its length by that of a stroke, at most.
    """

    line: Line
    down: bool
    heavy: float

    def seen(self, mask: Mask) -> Mask:
        """A mask of the picture, seen so that the line is from left to right."""
        return mask.T if self.down else mask


def without_ruling(page: Contrast, limits: RulingLimits) -> tuple[Contrast, int]:
    """Take ruled lines away, but for the strokes that cross them.

    A line is a thin, nearly straight piece that goes through the whole picture; it may be bent
    as by a lens, or by paper that does not lie flat. Where its run across is longer than
    elsewhere, a stroke crosses and stays, as in the removal of staff lines from music (Dalitz et
    al., IEEE Transactions on Pattern Analysis and Machine Intelligence 30, 2008).

    Parameters
    ----------
    page : Contrast
    limits : RulingLimits

    Returns
    -------
    page : Contrast
    found : int
        How many lines there were.
    """
    if max(page.values.shape) <= SIDE:  # a picture no larger than MNIST's is of a digit alone
        return page, 0
    found = [ruled for down in (False, True) for ruled in _found(page, down, limits)]
    if not found:
        return page, 0
    left = _without(page, found)
    if len(found) < limits.straight.certain:
        stroke = _stroke(left)
        light = [one for one in found if _weight(page.values, one) <= one.heavy * stroke]
        left = left if len(light) == len(found) else _without(page, light)
        found = light
    if not found:
        return page, 0
    across, down = left.pieces, _turned(left.pieces)
    whole = [
        replace(one, line=one.line.without_bridges(down if one.down else across, limits.crossing))
        for one in found
    ]
    if any(one.line is not other.line for one, other in zip(found, whole, strict=True)):
        left = _without(page, whole)
    if len(found) >= limits.straight.certain:
        left = replace(left, ruled=float(np.median([one.line.thickness for one in found])))
    return left.without(_on_lines(left, whole, limits))[0], len(found)


def _found(page: Contrast, down: bool, limits: RulingLimits) -> Iterator[_Ruled]:
    """Every line from left to right, or from top to bottom."""
    values, strokes = page.values, page.pieces.mask
    if down:
        values, strokes = values.T, strokes.T
    across, crossing = shape_of(values, limits.straight) == 2, limits.crossing
    least = page.floor, page.cut
    for middle, thickness in straight_lines(values, strokes, least, limits.straight, crossing):
        line = Line.along(values, middle, thickness, least, crossing)
        if 100 * line.alone.mean() >= crossing.alone:
            yield _Ruled(line, down, limits.heaviest_across if across else limits.heaviest)


def _without(page: Contrast, lines: list[_Ruled]) -> Contrast:
    """The page without the lines alone."""
    mask = np.zeros(page.values.shape, dtype=np.bool_)
    for one in lines:
        one.line.draw(one.seen(mask))
    return page.changed(np.where(mask, np.float32(0), page.values))


def _stroke(page: Contrast) -> float:
    """Ink of a stroke per pixel of its length."""
    writing = np.where(page.pieces.mask, page.values, np.float32(0))
    if not writing.any():
        return 0.0
    level = float(np.median(writing[page.pieces.mask]))
    return ink_width((writing > level / 2).astype(np.float32)) * level


def _weight(values: Grey, one: _Ruled) -> float:
    """Ink of a line per pixel of its length."""
    mask = np.zeros(values.shape, dtype=np.bool_)
    one.line.draw(one.seen(mask))
    return float(values[mask].sum()) / max(1, int(one.line.alone.sum()))


def _turned(pieces: Components) -> Components:
    return replace(pieces, labels=pieces.labels.T, boxes=pieces.boxes[:, [1, 0, 3, 2]])


def _on_lines(page: Contrast, lines: list[_Ruled], limits: RulingLimits) -> Mask:
    """Which pieces are left of the lines: nearly all of their pixels lie beside them."""
    beside = np.zeros(page.values.shape, dtype=np.bool_)
    for one in lines:
        one.line.draw_course(one.seen(beside), limits.beside)
    labels = page.pieces.labels[beside & page.pieces.mask]
    share = np.bincount(labels, minlength=len(page.pieces.areas)) / page.pieces.areas
    return share >= limits.left
