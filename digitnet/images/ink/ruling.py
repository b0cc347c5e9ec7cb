"""Remove ruled lines and squares of the paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from digitnet.images.form.mnist import SIDE
from digitnet.images.form.stroke import ink_width
from digitnet.images.ink.crossings import RuledLine
from digitnet.images.ink.runs import CROSSINGS, CrossingLimits
from digitnet.images.ink.straight import STRAIGHT, StraightLimits, straight_lines
from digitnet.images.ink.threshold import Contrast
from digitnet.images.measure.components import Components, Mask
from digitnet.images.measure.morphology import Grey


@dataclass(frozen=True)
class RulingLimits:
    """How to recognise a ruled line."""

    left: float = 0.8
    """Share of a piece that lies on a line and beside it if it is left of the line."""
    straight: StraightLimits = STRAIGHT
    """Limits of straight lines through the picture."""
    crossing: CrossingLimits = CROSSINGS
    """Limits of strokes across a line."""


def without_ruling(page: Contrast, limits: RulingLimits) -> tuple[Contrast, int]:
    """Remove ruled lines, except where strokes cross them.

    A line is thin, nearly straight, and goes through the whole picture; a lens, or paper that is
    not flat, may bend it. Where it is thicker than elsewhere, a stroke crosses it and is kept, as
    in the removal of staff lines from music (Dalitz et al., IEEE Transactions on Pattern Analysis
    and Machine Intelligence 30, 2008).

    Parameters
    ----------
    page : Contrast
    limits : RulingLimits

    Returns
    -------
    page : Contrast
    found : int
        Number of lines.
    """
    if max(page.values.shape) <= SIDE:  # a picture no larger than MNIST's shows only a digit
        return page, 0
    lines = [line for down in (False, True) for line in _lines(page, down, limits)]
    if not lines:
        return page, 0
    left, certain = _without(page, lines), len(lines) >= limits.straight.certain
    if not certain:  # one or two must be lighter than a stroke, as they may be the bar of a 7
        stroke = _stroke(left)
        light = [line for line in lines if _weight(page.values, line) <= stroke]
        left = left if len(light) == len(lines) else _without(page, light)
        lines = light
    turned = _turned(left.pieces)
    whole = [
        line.without_bridges(turned if line.down else left.pieces, limits.crossing)
        for line in lines
    ]
    if any(one is not other for one, other in zip(lines, whole, strict=True)):
        left = _without(page, whole)
    if certain:
        left = replace(left, ruled=float(np.median([line.thickness for line in lines])))
    return left.without(_on_lines(left, whole, limits), written=False)[0], len(lines)


def _lines(page: Contrast, down: bool, limits: RulingLimits) -> Iterator[RuledLine]:
    """Every line from left to right, or from top to bottom."""
    values, strokes = page.values, page.pieces.mask
    if down:
        values, strokes = values.T, strokes.T
    least, crossing = (page.floor, page.cut), limits.crossing
    for middle, thickness in straight_lines(values, strokes, least, limits.straight, crossing):
        line = RuledLine.along(values, middle, thickness, least, crossing)
        if 100 * line.alone.mean() >= crossing.alone:
            yield replace(line, down=down)


def _without(page: Contrast, lines: list[RuledLine]) -> Contrast:
    """The page without the lines where no stroke crosses them."""
    if not lines:
        return page
    mask = np.zeros(page.values.shape, dtype=np.bool_)
    for line in lines:
        line.draw(mask)
    return page.changed(np.where(mask, np.float32(0), page.values))


def _stroke(page: Contrast) -> float:
    """Ink of a stroke per pixel of its length."""
    writing = np.where(page.pieces.mask, page.values, np.float32(0))
    if not writing.any():
        return 0.0
    level = float(np.median(writing[page.pieces.mask]))
    return ink_width((writing > level / 2).astype(np.float32)) * level


def _weight(values: Grey, line: RuledLine) -> float:
    """Ink of a line per pixel of its length."""
    mask = np.zeros(values.shape, dtype=np.bool_)
    line.draw(mask)
    return float(values[mask].sum()) / max(1, int(line.alone.sum()))


def _turned(pieces: Components) -> Components:
    return replace(pieces, labels=pieces.labels.T, boxes=pieces.boxes[:, [1, 0, 3, 2]])


def _on_lines(page: Contrast, lines: list[RuledLine], limits: RulingLimits) -> Mask:
    """Which pieces are left of the lines: nearly all of their pixels lie on them or beside them."""
    course = np.zeros(page.values.shape, dtype=np.bool_)
    for line in lines:
        line.draw_course(course)
    labels = page.pieces.labels[course & page.pieces.mask]
    share = np.bincount(labels, minlength=len(page.pieces.areas)) / page.pieces.areas
    return share >= limits.left
