"""Shades of the paper: what stands out from it but is no stroke."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitnet.images.form.mnist import SIDE
from digitnet.images.ink.threshold import Contrast
from digitnet.images.measure.components import Components, Integers, Mask
from digitnet.images.measure.morphology import dilation, opening


@dataclass(frozen=True)
class ShadeLimits:
    """What a stroke is that grain, light, the edge of a shadow and patterns are not."""

    evidence: float = 70.0
    """Its contrast above the paper beside it, in standard deviations of that paper, times the same
    in contrasts that grain can reach, times the square root of its pixels."""
    at_edge: float = 0.25
    """Share of its outline that is the picture's edge, at most: the light falls off there."""
    full: float = 0.75
    """Share of the rectangle with its second moments that is filled by what does not turn; it is a
    1, or the grain of wood, or a line."""
    lying: float = 0.4
    """Height by width of what does not turn and is no 1, at most."""
    large: float = 0.6
    """Share of a usual piece's area from which another one may be a stroke of the writing."""
    alone: float = 0.1
    """Share of all pieces that a 1 has, at least: so many streaks are grain."""
    many: float = 0.2
    """Share of all pieces that all strokes together have, at least: of much grain, some stands
    out."""
    run: float = 4.0
    """Length of a run along a row or a column, in widths of the piece, from which it is a line."""
    lines: float = 0.8
    """Share of a piece thinner than the paper's lines that such runs have, at most."""


def without_shades(page: Contrast, limits: ShadeLimits) -> tuple[Contrast, int]:
    """Leave out everything where too little of it is strokes: there is no writing.

    Parameters
    ----------
    page : Contrast
    limits : ShadeLimits

    Returns
    -------
    page : Contrast
    found : int
        How many pieces there were, if they are no writing.
    """
    pieces = page.pieces
    if max(page.values.shape) <= SIDE or not len(pieces.areas):  # MNIST's are of a digit alone
        return page, 0
    large = np.flatnonzero(pieces.areas >= limits.large * _usual(pieces))
    writing = 0
    for piece in large[np.argsort(-pieces.areas[large], kind="stable")].tolist():
        if _turns(page, piece, limits) and _stands_out(page, piece, limits):
            writing += int(pieces.areas[piece])
        if writing > limits.many * pieces.areas.sum():
            return page, 0
    return page.without(np.ones(len(pieces.areas), dtype=np.bool_))


def _usual(pieces: Components) -> int:
    """Area of the piece that has half of all ink in larger ones, or of the main one if less."""
    falling = np.sort(pieces.areas)[::-1]
    half = int(np.searchsorted(np.cumsum(falling), falling.sum() / 2))
    return min(int(falling[half]), int(pieces.areas[pieces.main()]))


def _turns(page: Contrast, piece: int, limits: ShadeLimits) -> bool:
    """Whether it is a line that turns, or else stands upright and alone.

    Dots do not turn, nor do lines of the paper and the grain of wood; light that falls off
    is cut off by the picture's edge.
    """
    pieces = page.pieces
    width, area = float(pieces.widths[piece]), int(pieces.areas[piece])
    left, top, right, bottom = pieces.boxes[piece]
    part = pieces.labels[top:bottom, left:right] == piece
    if not page.slender[piece]:
        return False
    outline = 2 * area / width
    if _on_edge(part, pieces.boxes[piece], page.values.shape) > limits.at_edge * outline:
        return False
    if width < page.ruled and _along(part, int(limits.run * width)) > limits.lines * area:
        return False
    if not _is_bar(part, limits):
        return True
    upright = bottom - top > limits.lying * (right - left)
    return bool(upright and area > limits.alone * pieces.areas.sum())


def _along(part: Mask, length: int) -> int:
    """Pixels of a piece in runs of at least that length along a row or a column.

    An opening by a line keeps them, as in the removal of staff lines from music (Dalitz et al.,
    IEEE Transactions on Pattern Analysis and Machine Intelligence 30, 2008).
    """
    grey = np.pad(part, 1).astype(np.float32)
    return int(np.maximum(opening(grey, (1, length)), opening(grey, (length, 1))).sum())


def _is_bar(part: Mask, limits: ShadeLimits) -> bool:
    """Whether the piece fills the rectangle with its second moments.

    Sides a and b have the moments a²/12 and b²/12.
    """
    # A pixel is a square, not a point: each way it is spread by a twelfth.
    moments = np.cov(np.stack(np.nonzero(part)), bias=True) + np.eye(2) / 12
    return bool(part.sum() > limits.full * 12 * np.sqrt(np.linalg.det(moments)))


def _on_edge(part: Mask, box: Integers, shape: tuple[int, ...]) -> int:
    """Pixels of a piece that are at the edge of the picture."""
    left, top, right, bottom = box
    rows = np.arange(top, bottom)[:, np.newaxis]
    columns = np.arange(left, right)
    edge = (rows == 0) | (rows == shape[0] - 1) | (columns == 0) | (columns == shape[1] - 1)
    return int((part & edge).sum())


def _stands_out(page: Contrast, piece: int, limits: ShadeLimits) -> bool:
    """Whether it stands out from paper that is even beside it."""
    pieces = page.pieces
    width = float(pieces.widths[piece])
    around = int(2 * width) + 3
    left, top, right, bottom = pieces.boxes[piece]
    part = (
        slice(max(0, top - around), bottom + around),
        slice(max(0, left - around), right + around),
    )
    values, stroke = page.values[part], pieces.labels[part] == piece
    level = float(values[stroke].mean())
    # Next to the stroke is its blur, and other strokes are no paper.
    blur, near = (dilation(stroke.astype(np.float32), 2 * r + 1) > 0 for r in (1, int(width) + 1))
    paper = values[near & ~blur & ~pieces.mask[part]]
    above = level - (float(paper.mean()) if paper.size else 0.0)
    grain = float(paper.std()) if paper.size else 0.0
    evidence = above * abs(above) * np.sqrt(stroke.sum())
    # Where the paper seems to have no grain, JPEG has made even blocks of it.
    bold = max(page.floor, page.limits.least)
    return bool(level > bold and evidence > limits.evidence * page.floor * grain)
