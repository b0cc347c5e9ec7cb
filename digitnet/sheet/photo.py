"""Cut the photo of a filled sheet into labelled pictures of one digit each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.images.measure.components import Mask, components
from digitnet.images.measure.morphology import Grey, closing, dilation
from digitnet.sheet.crops import MARGIN, SCALE, Crop
from digitnet.sheet.lines import PrintedLineLimits, box_at, without_lines
from digitnet.sheet.marks import MARK_LIMITS, MarkLimits, Points, find_marks
from digitnet.sheet.page import COLUMNS, MARK_SIDE, MARKS

Homography = NDArray[np.float64]

# Standard deviations of a normal distribution in its median distance from the median.
_DEVIATIONS = 1.4826


@dataclass(frozen=True)
class DigitLimits:
    """How to recognise a box's digit. Pixels are those of a crop, 8 a millimetre."""

    paper: int = 56
    """Pixels of a neighbourhood wider than any stroke, so that its lightest level is the paper."""
    contrast: float = 0.1
    """Least contrast of ink."""
    noise: float = 5.0
    """The same in standard deviations of the paper's noise."""
    faint: float = 0.4
    """Least contrast of each piece of the digit, as a fraction of the highest: a printed line has
    a quarter to a half of the contrast of ink."""
    digit_side: int = 16
    """Least pixels of a digit's longer side: a dot's is shorter."""
    full: float = 80.0
    """Percentile of the digit's contrast that counts as full ink."""


@dataclass(frozen=True)
class SheetLimits:
    """All limits for reading a photo of the sheet."""

    marks: MarkLimits
    lines: PrintedLineLimits
    digits: DigitLimits


SHEET: Final = SheetLimits(MARK_LIMITS, PrintedLineLimits(), DigitLimits())


def read_sheet(
    grey: NDArray[np.uint8], name: str = "the picture", limits: SheetLimits = SHEET
) -> list[Crop]:
    """Contents of the filled boxes, row by row; empty boxes are left out.

    The four corner marks give the projective map from page to photo; each box is then aligned to
    its own printed lines, because paper is never quite flat.

    Parameters
    ----------
    grey : ndarray of uint8, shape (height, width)
        A photo of the sheet, at any rotation and tilt.
    name : str, optional
        Its name in messages.
    limits : SheetLimits, optional

    Returns
    -------
    list of Crop

    Raises
    ------
    PictureError
        If the corner marks are not all in the picture.
    """
    corners = find_marks(grey, name, limits.marks)
    page = _contrast(_rectified(grey, corners), limits.digits.paper)
    noise = limits.digits.noise * _DEVIATIONS * float(np.median(np.abs(page)))
    least = max(limits.digits.contrast, noise)
    crops = []
    for label in range(10):
        for column in range(COLUMNS):
            around = box_at(page, label, column, limits.lines)
            ink = _ink(without_lines(around, limits.lines), least, limits)
            if ink is not None:
                pixels = np.rint(255 * (1 - ink)).astype(np.uint8)
                crops.append(Crop(label, column + 1, pixels))
    return crops


def homography(source: Points, target: Points) -> Homography:
    """H with target ~ H · source, from four pairs of points.

    Of u = (ax + by + c) / (gx + hy + 1) and v = (dx + ey + f) / (gx + hy + 1), each pair gives two
    equations that are linear in the eight unknown entries of H; the ninth is 1.

    Parameters
    ----------
    source, target : ndarray of float64, shape (4, 2)
        The points (x, y) and (u, v), of which no three lie on a line.

    Returns
    -------
    ndarray of float64, shape (3, 3)
        The map, with 1 as its last entry.
    """
    (x, y), (u, v) = source.T, target.T
    one, zero = np.ones(4), np.zeros(4)
    of_u = np.stack([x, y, one, zero, zero, zero, -u * x, -u * y], axis=1)
    of_v = np.stack([zero, zero, zero, x, y, one, -v * x, -v * y], axis=1)
    entries = np.linalg.solve(np.concatenate([of_u, of_v]), np.concatenate([u, v]))
    return np.append(entries, 1).reshape(3, 3)


def _rectified(grey: NDArray[np.uint8], corners: Points) -> NDArray[np.uint8]:
    """Page as it was drawn, at SCALE pixels a millimetre, up to the lower right mark."""
    edges = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    density = float(edges.sum() / np.abs(np.diff(MARKS, axis=0, append=MARKS[:1])).sum())
    # A photo of higher resolution is averaged first, so that no pixel is skipped.
    reduced = max(1, int(density / SCALE))
    photo = Image.fromarray(grey).reduce(reduced)
    to_photo = homography(MARKS, corners)
    mapping = np.diag([1 / reduced, 1 / reduced, 1]) @ to_photo @ np.diag([1 / SCALE, 1 / SCALE, 1])
    width, height = (round(side * SCALE) for side in MARKS[2] + MARK_SIDE / 2)
    coefficients = (mapping / mapping[2, 2]).ravel()[:8].tolist()
    how = Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC
    return np.asarray(photo.transform((width, height), *how))


def _contrast(grey: NDArray[np.uint8], paper: int) -> Grey:
    """1 - light / paper, minus the contrast of the paper's noise."""
    light = grey.astype(np.float32) + 1
    contrast = 1 - light / closing(light, paper)
    return contrast - np.float32(np.median(contrast))


def _ink(contrast: Grey, least: float, limits: SheetLimits) -> Grey | None:
    """Ink of the digit from 0 to 1; None where the box is empty."""
    kept = _digit(contrast, least, limits)
    rows, columns = np.flatnonzero(kept.any(axis=1)), np.flatnonzero(kept.any(axis=0))
    if not kept.any() or max(np.ptp(rows), np.ptp(columns)) < limits.digits.digit_side:
        return None
    full = float(np.percentile(contrast[kept], limits.digits.full))
    near = dilation(kept.astype(np.float32), 3) > 0  # the pixels beside it: its edge is soft
    return np.where(near, contrast / full, 0).clip(0, 1).astype(np.float32)


def _digit(contrast: Grey, least: float, limits: SheetLimits) -> Mask:
    """Mask of the digit: the pieces that reach into the box and are not much fainter than it.

    The others belong to a neighbour, or are remains of a line.
    """
    pieces = components(contrast > least)
    edge = MARGIN + limits.lines.band
    inside = pieces.labels[edge:-edge, edge:-edge]
    kept = np.zeros(len(pieces.areas), dtype=np.bool_)
    kept[inside[inside >= 0]] = True
    darkest = np.zeros(len(kept), dtype=np.float32)
    np.maximum.at(darkest, pieces.labels[pieces.mask], contrast[pieces.mask])
    kept &= darkest > limits.digits.faint * darkest[kept].max(initial=0)
    return pieces.only(kept).mask
