"""Find the sheet's corner marks on a photo, in any orientation."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.errors import PictureError
from digitnet.images.measure.components import Components, components
from digitnet.images.measure.morphology import closing
from digitnet.images.pipeline import INK
from digitnet.sheet.page import DOT, MARK_SIDE, MARKS, MODULES, ODD_DOT

Points = NDArray[np.float64]


@dataclass(frozen=True)
class MarkLimits:
    """How to recognise a corner mark, and four that belong to one page."""

    paper: int = 32
    """The longer side in widths of the square whose lightest level is the paper."""
    black: float = 0.6
    """Most light of print, as a fraction of the paper's: half, even in a dull photo."""
    step: float = 20.0
    """Least grey levels by which print is darker than its paper: less is noise of a dark desk."""
    ring_side: int = 10
    """Least pixels of a ring's shorter side, so that its dot fits in."""
    ring_full: float = 0.65
    """Most of its box that a ring fills, as a fraction."""
    centred: float = 0.12
    """Most distance between the centres of ring and dot, as a fraction of the ring's side."""
    ratio: float = 1.6
    """Factor by which the areas of a ring and its dot may differ from those of the page."""
    looked_at: int = 12
    """Numbers of marks with a large and with a small dot that may be corners: the largest."""
    spread: float = 1.4
    """Factor by which the ratio of mark size to distance may differ from that of the page."""


MARK_LIMITS: Final = MarkLimits()

_RING = MODULES**2 - (MODULES - 2) ** 2
# A ring has 2.7 areas of its dot, the odd one 6: the limit is their geometric mean.
_LEAST, _ODD, _MOST = _RING / DOT**2, _RING / (DOT * ODD_DOT), _RING / ODD_DOT**2
# √(area between the marks) / (side of a mark).
_SPREAD = float(np.sqrt(MARKS[2].prod())) / MARK_SIDE


class _Mark(NamedTuple):
    x: float
    y: float
    side: float
    odd: bool


def find_marks(
    grey: NDArray[np.uint8], name: str = "the picture", limits: MarkLimits = MARK_LIMITS
) -> Points:
    """Centres of the four corner marks, clockwise on the page, the odd one first.

    A mark is a ring around a dot with the same centre: no turn, tilt or light changes that. Of
    all rings found, the four that span the largest area and fit a page are the corners.

    Parameters
    ----------
    grey : ndarray of uint8, shape (height, width)
        A photo of the sheet.
    name : str, optional
        Its name in messages.
    limits : MarkLimits, optional

    Returns
    -------
    ndarray of float64, shape (4, 2)
        x and y in pixels from the picture's upper left corner; the middle of the first pixel is
        (0.5, 0.5).

    Raises
    ------
    PictureError
        If not all of them are pieces.
    """
    # As large as other pictures are looked at: on a page half as high as the photo, the thinnest
    # part of a mark is then 5 pixels wide.
    scale = max(1, -(-max(grey.shape) // INK.limits["size"]["side"]))
    small = np.asarray(Image.fromarray(grey).reduce(scale)) if scale > 1 else grey
    light = small.astype(np.float32)
    paper = closing(light, max(light.shape) // limits.paper)
    black = (light < limits.black * paper) & (paper - light > limits.step)
    marks = _bulls_eyes(components(black), limits)
    corners = _corners(marks, limits)
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


def is_sheet(grey: NDArray[np.uint8]) -> bool:
    """Whether it is a photo of the sheet, with all its corner marks: uint8, (height, width)."""
    try:
        find_marks(grey)
    except PictureError:
        return False
    return True


def _bulls_eyes(pieces: Components, limits: MarkLimits) -> list[_Mark]:
    """Every ring with a dot in its middle."""
    sides = pieces.sides
    large = sides.min(axis=1) >= limits.ring_side
    rings = np.flatnonzero(large & (pieces.areas < limits.ring_full * sides.prod(axis=1)))
    ring_boxes, dot_boxes = pieces.boxes[rings, None], pieces.boxes[None]
    inside = (ring_boxes[..., :2] < dot_boxes[..., :2]) & (ring_boxes[..., 2:] > dot_boxes[..., 2:])
    apart = np.abs(
        ring_boxes[..., :2] + ring_boxes[..., 2:] - dot_boxes[..., :2] - dot_boxes[..., 2:]
    )
    centred = apart / 2 <= limits.centred * sides[rings, None]
    ratio = pieces.areas[rings, None] / pieces.areas
    fits = inside.all(axis=2) & centred.all(axis=2)
    fits &= (ratio > _LEAST / limits.ratio) & (ratio < _MOST * limits.ratio)
    return [_measured(pieces, rings[i], dot) for i, dot in np.argwhere(fits).tolist()]


def _measured(pieces: Components, ring: int, dot: int) -> _Mark:
    """Centre of mass of ring and dot, and the side of the ring from its area."""
    left, top, right, bottom = pieces.boxes[ring].tolist()
    labels = pieces.labels[top:bottom, left:right]
    rows, columns = np.nonzero((labels == ring) | (labels == dot))
    side = MODULES * float(np.sqrt(pieces.areas[ring] / _RING))
    odd = bool(pieces.areas[ring] > _ODD * pieces.areas[dot])
    return _Mark(left + columns.mean() + 0.5, top + rows.mean() + 0.5, side, odd)


def _corners(marks: list[_Mark], limits: MarkLimits) -> Points | None:
    """Choose three marks and an odd one that fit a page: those of the largest area."""
    best, largest = None, 0.0
    by_size = sorted(marks, key=lambda mark: -mark.side)
    odd = [mark for mark in by_size if mark.odd][: limits.looked_at]
    ordinary = [mark for mark in by_size if not mark.odd][: limits.looked_at]
    for first, others in product(odd, combinations(ordinary, 3)):
        corners = _clockwise(first, others)
        area = _area(corners)
        sides = [first.side, *(mark.side for mark in others)]
        if area > largest and _fits(corners, area, sides, limits):
            best, largest = corners, area
    return best


def _clockwise(first: _Mark, others: tuple[_Mark, ...]) -> Points:
    """Sort corners by their angle around the middle, beginning with the first."""
    points = np.array([[mark.x, mark.y] for mark in (first, *others)])
    x, y = (points - points.mean(axis=0)).T
    angle = np.arctan2(y, x)
    return points[np.argsort((angle - angle[0]) % (2 * np.pi))]


def _area(corners: Points) -> float:
    """½ |d₁ × d₂| with the two diagonals d₁ and d₂."""
    (a, b), (c, d) = corners[2] - corners[0], corners[3] - corners[1]
    return float(abs(a * d - b * c)) / 2


def _fits(corners: Points, area: float, sides: list[float], limits: MarkLimits) -> bool:
    """Whether the corners are convex, and the sizes of marks and page match."""
    edges = np.roll(corners, -1, axis=0) - corners
    following = np.roll(edges, -1, axis=0)
    turns = edges[:, 0] * following[:, 1] - edges[:, 1] * following[:, 0]
    spread = float(np.sqrt(area)) / float(np.mean(sides))
    return bool((turns > 0).all() and _SPREAD / limits.spread < spread < _SPREAD * limits.spread)
