"""Remove all ink of a picture without writing: shades of the paper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitnet.images.form.mnist import SIDE
from digitnet.images.ink.threshold import Contrast
from digitnet.images.measure.components import Components, Integers, Mask
from digitnet.images.measure.morphology import dilation, opening


@dataclass(frozen=True)
class ShadeLimits:
    """How to distinguish strokes from grain, light, the edge of a shadow and patterns."""

    evidence: float = 70.0
    """Least product of its contrast in standard deviations of the paper beside it, the same in
    contrasts of grain, and the square root of its pixels."""
    at_edge: float = 0.25
    """Most of its outline, as a fraction, that is the picture's edge, where light falls off."""
    full: float = 0.75
    """Least fill, by a piece that does not turn, of the rectangle with its second moments: a 1, the
    grain of wood, or a line."""
    lying: float = 0.4
    """Most height by width of a piece that does not turn and is not a 1."""
    large: float = 0.6
    """Least area of a stroke of the writing, by that of a usual piece."""
    alone: float = 0.1
    """Least fraction of all pieces that a 1 has: many streaks are grain."""
    many: float = 0.2
    """Least fraction of all pieces that all strokes together have: some of much grain stands
    out."""
    run: float = 4.0
    """Least length of a run along a row or a column that is a line, in widths of the piece."""
    lines: float = 0.8
    """Most of a piece thinner than the paper's lines, as a fraction, that such runs have."""


def without_shades(page: Contrast, limits: ShadeLimits) -> tuple[Contrast, int]:
    """Drop all ink if too little of it looks written.

    Parameters
    ----------
    page : Contrast
    limits : ShadeLimits

    Returns
    -------
    page : Contrast
    found : int
        Number of pieces, if they are not writing.
    """
    pieces = page.pieces
    if max(page.values.shape) <= SIDE or not len(
        pieces.areas
    ):  # a picture no larger than MNIST's shows only a digit
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
    """Area above which pieces have half of all ink, or that of the main piece if less."""
    falling = np.sort(pieces.areas)[::-1]
    half = int(np.searchsorted(np.cumsum(falling), falling.sum() / 2))
    return min(int(falling[half]), int(pieces.areas[pieces.main()]))


def _turns(page: Contrast, piece: int, limits: ShadeLimits) -> bool:
    """Whether a piece is a line that turns, or one that stands upright and alone.

    Dots, lines of the paper and the grain of wood do not turn; light that falls off is cut off by
    the picture's edge.
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
    # A pixel is a square, not a point: its own moments are 1/12.
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
    """Whether a piece stands out from the paper beside it."""
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
    # The blur next to the stroke and other strokes are not paper.
    blur, near = (dilation(stroke.astype(np.float32), 2 * r + 1) > 0 for r in (1, int(width) + 1))
    paper = values[near & ~blur & ~pieces.mask[part]]
    above = level - (float(paper.mean()) if paper.size else 0.0)
    grain = float(paper.std()) if paper.size else 0.0
    evidence = above * abs(above) * np.sqrt(stroke.sum())
    # If the paper seems to have no grain, JPEG has turned it into even blocks.
    bold = max(page.floor, page.limits.least)
    return bool(level > bold and evidence > limits.evidence * page.floor * grain)
