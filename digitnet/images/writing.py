"""Which of the connected pieces of a picture are writing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digitnet.images.components import Components, Mask
from digitnet.images.morphology import erosion


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
    sides = pieces.boxes[:, 2:] - pieces.boxes[:, :2]
    edge = at_edge(pieces)
    size = sides.max(axis=1)
    main = np.argmax(np.where(edge, 0, pieces.areas))
    if edge[main] or pieces.areas[main] < 0.15 * pieces.areas.max():
        main = np.argmax(pieces.areas)
    kept: NDArray[np.bool_] = (size >= 0.15 * size[main]) & (
        pieces.areas >= 0.02 * pieces.areas[main]
    )
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
        apart = _apart(pieces.boxes, pieces.boxes[kept & ~edge])
        kept &= ~edge | (whole & (apart < sides[main, 1]) & (size <= 3 * size[main]))
    return kept


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
