"""Find the sheet's corner marks on a photo, whichever way the page lies."""

from __future__ import annotations

from itertools import combinations, product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.errors import PictureError
from digitnet.images.measure.components import Components, components
from digitnet.images.measure.morphology import closing
from digitnet.sheet.page import DOT, MARK_SIDE, MARKS, MODULES, ODD_DOT

Points = NDArray[np.float64]

# On a page that is half as high as the photo, the thinnest part of a mark is 5 pixels wide.
_WORKING_SIDE = 1600
# Printed black gives back less than half as much light as its paper, even in a dull photo.
_BLACK = 0.6
_LEAST_STEP = 20  # grey levels: less is the noise of a dark desk
_LEAST_SIDE = 10  # pixels: a ring this small has room for its dot
_LEAST_DOT = 6  # pixels

_RING = MODULES**2 - (MODULES - 2) ** 2
# Areas of ring and dot are as 2.7 to 1, and at the odd mark as 6 to 1: their geometric mean.
_ODD = _RING / (DOT * ODD_DOT)
# √(area between the marks) / (side of a mark).
_SPREAD = float(np.sqrt(MARKS[2].prod())) / MARK_SIDE


class _Mark(NamedTuple):
    x: float
    y: float
    side: float
    odd: bool


def find_marks(grey: NDArray[np.uint8], name: str = "the picture") -> Points:
    """Centres of the four corner marks, clockwise on the page, the odd one first.

    A mark is a ring around a dot with the same centre: no turn, tilt or light changes that. Of
    all rings found, the four that span the largest area and fit a page are the corners.

    Parameters
    ----------
    grey : ndarray of uint8, shape (height, width)
        A photo of the sheet.
    name : str, optional
        What to call it in messages.

    Returns
    -------
    ndarray of float64, shape (4, 2)
        x and y in pixels from the picture's upper left corner; the middle of the first pixel is
        (0.5, 0.5).

    Raises
    ------
    PictureError
        If they are not all there.
    """
    scale = max(1, -(-max(grey.shape) // _WORKING_SIDE))
    small = np.asarray(Image.fromarray(grey).reduce(scale)) if scale > 1 else grey
    light = small.astype(np.float32)
    paper = closing(light, max(light.shape) // 32)
    black = (light < _BLACK * paper) & (paper - light > _LEAST_STEP)
    marks = _bulls_eyes(components(black))
    corners = _corners(marks)
    if corners is None:
        odd = sum(mark.odd for mark in marks)
        raise PictureError(
            f"The corner marks of the sheet are not all in {name}.",
            "Expected four ringed marks, one of them with a smaller dot, found "
            f"{len(marks) - odd} with a large dot and {odd} with a small one that fit no page.",
            "Photograph the whole page, flat and in focus, with nothing lying on its corners.",
        )
    centres: Points = corners * scale
    return centres


def _bulls_eyes(found: Components) -> list[_Mark]:
    """Every ring with a dot in its middle."""
    sides = found.boxes[:, 2:] - found.boxes[:, :2]
    shorter, longer = sides.min(axis=1), sides.max(axis=1)
    fill = found.areas / sides.prod(axis=1)
    rings = np.flatnonzero((shorter >= _LEAST_SIDE) & (longer < 2.5 * shorter) & (fill < 0.65))
    dots = np.flatnonzero((longer < 2.5 * shorter) & (fill > 0.35) & (found.areas >= _LEAST_DOT))
    ring_boxes, dot_boxes = found.boxes[rings, None], found.boxes[None, dots]
    inside = (ring_boxes[..., :2] < dot_boxes[..., :2]) & (ring_boxes[..., 2:] > dot_boxes[..., 2:])
    apart = np.abs(
        ring_boxes[..., :2] + ring_boxes[..., 2:] - dot_boxes[..., :2] - dot_boxes[..., 2:]
    )
    centred = apart / 2 <= np.maximum(0.12 * sides[rings, None], 1)
    ratio = found.areas[rings, None] / found.areas[None, dots]
    fits = inside.all(axis=2) & centred.all(axis=2) & (ratio > 1.7) & (ratio < 10)
    return [_measured(found, rings[i], dots[j]) for i, j in np.argwhere(fits).tolist()]


def _measured(found: Components, ring: int, dot: int) -> _Mark:
    """Centre of mass of ring and dot, and the side of the ring from its area."""
    left, top, right, bottom = found.boxes[ring].tolist()
    labels = found.labels[top:bottom, left:right]
    rows, columns = np.nonzero((labels == ring) | (labels == dot))
    side = MODULES * float(np.sqrt(found.areas[ring] / _RING))
    odd = bool(found.areas[ring] > _ODD * found.areas[dot])
    return _Mark(left + columns.mean() + 0.5, top + rows.mean() + 0.5, side, odd)


def _corners(marks: list[_Mark]) -> Points | None:
    """Choose three marks and an odd one that could be a page's: those of the largest area."""
    best, largest = None, 0.0
    normal = sorted((m for m in marks if not m.odd), key=lambda mark: -mark.side)[:16]
    odd = sorted((m for m in marks if m.odd), key=lambda mark: -mark.side)[:8]
    for first, others in product(odd, combinations(normal, 3)):
        corners = _clockwise(first, others)
        area = _area(corners)
        if area > largest and _fits(corners, area, [first.side, *(m.side for m in others)]):
            best, largest = corners, area
    return best


def _clockwise(first: _Mark, others: tuple[_Mark, ...]) -> Points:
    """Sort corners by their direction from the middle, beginning with the first."""
    points = np.array([[mark.x, mark.y] for mark in (first, *others)])
    away = points - points.mean(axis=0)
    angle = np.arctan2(away[:, 1], away[:, 0])
    return points[np.argsort((angle - angle[0]) % (2 * np.pi))]


def _area(corners: Points) -> float:
    """½ |d₁ × d₂| with the two diagonals d₁ and d₂."""
    (a, b), (c, d) = corners[2] - corners[0], corners[3] - corners[1]
    return float(abs(a * d - b * c)) / 2


def _fits(corners: Points, area: float, sides: list[float]) -> bool:
    """Whether the corners are convex, and marks and page of a size that belongs together."""
    edges = np.roll(corners, -1, axis=0) - corners
    following = np.roll(edges, -1, axis=0)
    turns = edges[:, 0] * following[:, 1] - edges[:, 1] * following[:, 0]
    spread = float(np.sqrt(area)) / float(np.mean(sides))
    return bool(
        (turns > 0).all() and max(sides) < 3 * min(sides) and _SPREAD / 1.4 < spread < _SPREAD * 1.4
    )
