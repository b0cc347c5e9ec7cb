"""Which of the connected pieces of a picture are writing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digitnet.images.measure.components import Components, Mask
from digitnet.images.measure.morphology import erosion

# A piece is solid that fills this share of its box, is at most so many times longer than wide, so
# many times thicker than a stroke, shorter than such a share of the digit, and this far from it.
_FULL, _STOUT, _THICKER, _SHORTER, _AWAY = 0.7, 4.0, 1.4, 0.7, 0.25
# Shares of the writing's height: a margin that is one, and how near to it a part of it is.
_CLEAR, _CLOSE = 0.1, 0.1
# An underline's height by its width, at most, and its distance by the writing's height, at least.
_FLAT, _BELOW = 0.2, 0.04


def is_writing(pieces: Components) -> NDArray[np.bool_]:
    """Which pieces are strokes: not far smaller than the largest, and not scraps of the edge.

    Parameters
    ----------
    pieces : Components
        At least one.

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    if len(pieces.areas) == 1:
        return np.ones(1, dtype=np.bool_)
    sides = pieces.boxes[:, 2:] - pieces.boxes[:, :2]
    edge = at_edge(pieces)
    size = sides.max(axis=1)
    solid = _is_solid(pieces)
    main = _main(pieces.areas * ~solid, edge)
    kept: NDArray[np.bool_] = (size >= 0.15 * size[main]) & (
        pieces.areas >= 0.02 * pieces.areas[main]
    )
    kept &= ~solid
    kept &= ~_is_box(pieces, kept)
    if not kept[main]:
        main = np.argmax(pieces.areas * kept)
    # A pen has one weight: what is long and far thinner is a line of the paper.
    widths = stroke_widths(pieces)
    kept &= (size < 0.35 * size[main]) | (widths >= 0.35 * widths[main])
    whole = kept & (size >= 0.35 * size[main])
    # A stroke's fragment is close to it; elsewhere it is a speck, or left of a line or a shadow.
    kept &= whole | (_apart(pieces.boxes, pieces.boxes[whole]) < 0.35 * size[main])
    if not edge[main]:
        # Writing at the edge goes on from other writing; a table's edge or a finger does not.
        reach = sides[main, 1] * _reach(pieces, inner := pieces.boxes[kept & ~edge])
        near = _apart(pieces.boxes, inner) < reach
        kept &= ~edge | (whole & near & (size <= 3 * size[main]))
    return kept & ~_is_underline(pieces, kept)


def _main(areas: NDArray[np.int64], edge: Mask) -> np.intp:
    """The largest piece, if it can be one that does not touch the edge."""
    main = np.argmax(np.where(edge, 0, areas))
    return np.argmax(areas) if edge[main] or areas[main] < 0.15 * areas.max() else main


def _reach(pieces: Components, inner: NDArray[np.int64]) -> float:
    """Gap from writing within to the edge's, at most, in heights: less where a crop cut that off.

    A crop is close on all sides or on none: if the writing within keeps away from the edges, what
    touches them was cut off from its neighbours.
    """
    start, end = inner[:, :2].min(axis=0), inner[:, 2:].max(axis=0)
    margin = min(*start, *(pieces.labels.shape[::-1] - end))
    top, bottom = start[1], end[1]
    return _CLOSE if margin >= _CLEAR * (bottom - top) else 1.0


def _is_solid(pieces: Components) -> Mask:
    """Which pieces are thicker than the strokes: buttons, holes and blots, full all over."""
    sides = pieces.boxes[:, 2:] - pieces.boxes[:, :2]
    full = pieces.areas >= _FULL * sides.prod(axis=1)
    short, long = sides.min(axis=1), sides.max(axis=1)
    full &= long <= _STOUT * short
    strokes = pieces.areas * ~full
    if not strokes.any():
        return np.zeros_like(full)
    digit = _main(strokes, at_edge(pieces))
    thick: Mask = short > _THICKER * stroke_widths(pieces)[digit]
    apart = _apart(pieces.boxes, pieces.boxes[[digit]]) > _AWAY * long[digit]
    solid: Mask = full & thick & apart & (long < _SHORTER * long[digit])
    return solid


def _is_underline(pieces: Components, kept: Mask) -> Mask:
    """Which pieces are flat and lie below all the others."""
    left, top, right, bottom = pieces.boxes.T
    flat = kept & (bottom - top <= _FLAT * (right - left))
    others = kept & ~flat
    if not others.any():
        return np.zeros_like(flat)
    low, high = bottom[others].max(), top[others].min()
    below: Mask = flat & (top > low + _BELOW * (low - high))
    return below


def stroke_widths(pieces: Components) -> NDArray[np.float64]:
    """Width = 2 · area / perimeter of each piece, in pixels: shape (n,)."""
    inside = pieces.labels >= 0
    outline = inside & (erosion(inside.astype(np.float32), 3) < 1)
    perimeters = np.bincount(pieces.labels[outline], minlength=len(pieces.areas))
    widths: NDArray[np.float64] = 2 * pieces.areas / np.maximum(perimeters, 1)
    return widths


def at_edge(pieces: Components) -> Mask:
    """Which pieces touch the edge of the picture: bool, shape (n,)."""
    height, width = pieces.labels.shape
    left, top, right, bottom = pieces.boxes.T
    touching: Mask = (left <= 0) | (top <= 0) | (right >= width) | (bottom >= height)
    return touching


def _apart(boxes: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
    """Pixels between each box and the nearest of others, along the axis on which there are more."""
    after = others[:, np.newaxis, :2] - boxes[:, 2:]
    before = boxes[:, :2] - others[:, np.newaxis, 2:]
    apart: NDArray[np.int64] = np.maximum(after, before).max(axis=2).min(axis=0)
    return apart


def _is_box(pieces: Components, kept: Mask) -> Mask:
    """Which pieces are boxes drawn around others: along all four sides, and nowhere else."""
    boxed = np.zeros(len(kept), dtype=np.bool_)
    for piece in np.flatnonzero(kept):
        left, top, right, bottom = pieces.boxes[piece]
        inside = (pieces.boxes[:, :2] > [left, top]).all(axis=1) & kept
        inside &= (pieces.boxes[:, 2:] < [right, bottom]).all(axis=1)
        if inside.any() and np.ptp(pieces.boxes[inside][:, 1::2]) > 0.3 * (bottom - top):
            part = pieces.labels[top:bottom, left:right] == piece
            rim = np.ones_like(part)
            y, x = (max(1, round(0.15 * side)) for side in part.shape)
            rim[y:-y, x:-x] = False
            covered = (part[:y].any(0), part[-y:].any(0), part[:, :x].any(1), part[:, -x:].any(1))
            on_rim = part[rim].sum() > 0.95 * part.sum()
            boxed[piece] = on_rim and min(float(side.mean()) for side in covered) > 0.85
    return boxed
