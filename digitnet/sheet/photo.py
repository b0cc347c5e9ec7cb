"""Cut the photo of a filled sheet into labelled pictures of one digit each."""

from __future__ import annotations

from functools import reduce

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.images.measure.components import components
from digitnet.images.measure.morphology import closing, dilation
from digitnet.sheet.crops import Crop
from digitnet.sheet.homography import Homography, homography, project
from digitnet.sheet.marks import find_marks
from digitnet.sheet.page import BOX_HEIGHT, BOX_WIDTH, COLUMNS, MARKS, box

Grey = NDArray[np.float32]

# Pixels a millimetre of the rectified page: the stroke of a ball pen is then 3 pixels wide.
_SCALE = 8
_WIDTH, _HEIGHT = round(BOX_WIDTH * _SCALE), round(BOX_HEIGHT * _SCALE)
# Around a box: half of the gap to the next one.
_MARGIN = 14
# A page that is not quite flat moves a box by so much.
_MOST_SHIFT = 18
# The box lines are removed within so many pixels of where the box is.
_BAND = 6
_SLACK = 3
# Contrast of a printed line: what is darker is a stroke along it, what is fainter was not printed.
_LEAST_LINE, _LINE = 0.03, 0.3
_INSIDE = _MARGIN + 5  # from a crop's edge: past the line
_PAPER = 7 * _SCALE  # wider than any stroke
_LEAST_CONTRAST = 0.1
_FAINT = 0.4  # of a digit's darkest pixel; a line is a quarter to a half as dark as ink
_LEAST_PIECE = round(0.2 * _SCALE**2)
_LEAST_DIGIT = round(0.6 * _SCALE**2), 2 * _SCALE  # a dot is less: area and longer side


def read_sheet(grey: NDArray[np.uint8], name: str = "the picture") -> list[Crop]:
    """Contents of the filled boxes, row by row; empty boxes are left out.

    The four corner marks give the projective map from page to photo; each box is then moved onto
    its own printed lines, since paper is never quite flat.

    Parameters
    ----------
    grey : ndarray of uint8, shape (height, width)
        A photo of the sheet, turned and tilted in any way.
    name : str, optional
        What to call it in messages.

    Returns
    -------
    list of Crop

    Raises
    ------
    PictureError
        If the corner marks are not all in the picture.
    """
    page = _contrast(_rectified(grey, homography(MARKS, find_marks(grey, name))))
    least = max(_LEAST_CONTRAST, 5 * 1.4826 * float(np.median(np.abs(page))))
    crops = []
    for label in range(10):
        for column in range(COLUMNS):
            ink = _ink(_without_lines(_box_at(page, label, column)), least)
            if ink is not None:
                pixels = np.rint(255 * (1 - ink)).astype(np.uint8)
                crops.append(Crop(label, column + 1, pixels))
    return crops


def _rectified(grey: NDArray[np.uint8], to_photo: Homography) -> NDArray[np.uint8]:
    """Page as it was drawn, at _SCALE pixels a millimetre, up to the lower right mark."""
    ends = project(to_photo, MARKS)
    edges = np.linalg.norm(np.roll(ends, -1, axis=0) - ends, axis=1)
    density = float(edges.sum() / np.abs(np.diff(MARKS, axis=0, append=MARKS[:1])).sum())
    # Averaged first where the photo is much finer, so that no pixel of it is skipped.
    reduced = max(1, int(density / _SCALE))
    photo = Image.fromarray(grey).reduce(reduced)
    mapping = (
        np.diag([1 / reduced, 1 / reduced, 1]) @ to_photo @ np.diag([1 / _SCALE, 1 / _SCALE, 1])
    )
    width, height = (round(side * _SCALE) for side in MARKS[2] + 6)
    coefficients = (mapping / mapping[2, 2]).ravel()[:8].tolist()
    how = Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC
    return np.asarray(photo.transform((width, height), *how))


def _contrast(grey: NDArray[np.uint8]) -> Grey:
    """1 - light / paper, less what the paper's own noise makes of it."""
    light = grey.astype(np.float32) + 1
    contrast = 1 - light / closing(light, _PAPER)
    return contrast - np.float32(np.median(contrast))


def _box_at(page: Grey, label: int, column: int) -> Grey:
    """Box with a margin around it, moved to where its lines are."""
    x, y = (round(place * _SCALE) for place in box(label, column))
    reach = _MARGIN + _MOST_SHIFT
    around = page[y - reach : y + _HEIGHT + reach, x - reach : x + _WIDTH + reach]
    right, down = _shift(around, _WIDTH), _shift(around.T, _HEIGHT)
    return around[
        _MOST_SHIFT + down : down + len(around) - _MOST_SHIFT,
        _MOST_SHIFT + right : right + around.shape[1] - _MOST_SHIFT,
    ].copy()


def _shift(around: Grey, width: int) -> int:
    """How far right of its place the box is: where both its left and its right line are seen.

    A tall 1 is seen as well, but has no partner at the distance of the other line.
    """
    seen = _upright(around)
    lefts = _MARGIN + np.arange(2 * _MOST_SHIFT + 1)
    both = np.minimum(seen[lefts], seen[lefts + width])
    if both.max() < np.median(seen) + _LEAST_LINE:
        return 0
    # A line is seen over the whole slack: its middle is where the box is.
    return round(float(np.flatnonzero(both > 0.9 * both.max()).mean())) - _MOST_SHIFT


def _upright(picture: Grey) -> Grey:
    """Contrast of a line down each column: the median of the largest within the slack.

    The median sees a line as high as the picture, and mostly not the digit; the slack lets the
    line lean, as it does on a page that curls.
    """
    padded = np.pad(picture, ((0, 0), (_SLACK, _SLACK)), mode="edge")
    width = picture.shape[1]
    leaning = (padded[:, i : i + width] for i in range(2 * _SLACK + 1))
    line: Grey = np.median(reduce(np.maximum, leaning), axis=0)
    return line


def _without_lines(around: Grey) -> Grey:
    """Subtract each of the four lines in a narrow band along it."""
    for picture, size in ((around, _WIDTH), (around.T, _HEIGHT)):
        for middle in (_MARGIN, _MARGIN + size):
            band = picture[:, middle - _BAND : middle + _BAND + 1]
            band -= _upright(band[_MARGIN:-_MARGIN]).clip(0, _LINE)
    return around


def _ink(contrast: Grey, least: float) -> Grey | None:
    """Ink of the digit from 0 to 1; None where the box is empty."""
    kept = _digit(contrast, least)
    area, side = _LEAST_DIGIT
    rows, columns = np.flatnonzero(kept.any(axis=1)), np.flatnonzero(kept.any(axis=0))
    if kept.sum() < area or max(np.ptp(rows), np.ptp(columns)) < side:
        return None
    level = float(np.percentile(contrast[kept], 80))
    near = dilation(kept.astype(np.float32), 3) > 0
    return np.where(near, contrast / level, 0).clip(0, 1).astype(np.float32)


def _digit(contrast: Grey, least: float) -> NDArray[np.bool_]:
    """Where the digit is: the pieces that reach into the box and are not much fainter than it.

    All else is a neighbour's, or what is left of a line.
    """
    found = components(contrast > least)
    digit = found.labels >= 0
    pieces = found.labels[digit]
    inside = found.labels[_INSIDE:-_INSIDE, _INSIDE:-_INSIDE]
    kept = np.zeros(len(found.areas), dtype=np.bool_)
    kept[inside[inside >= 0]] = True
    kept &= found.areas >= _LEAST_PIECE
    darkest = np.zeros(len(kept), dtype=np.float32)
    np.maximum.at(darkest, pieces, contrast[digit])
    kept &= darkest > _FAINT * darkest[kept].max(initial=0)
    digit[digit] = kept[pieces]
    return digit
