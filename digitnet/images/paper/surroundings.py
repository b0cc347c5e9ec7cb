"""What lies around the paper in a picture: a table, a window, the light beyond a shadow."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.images.ink.specks import stroke_widths
from digitnet.images.measure.components import Components, Mask, components
from digitnet.images.measure.morphology import Grey, dilation, erosion

# An outline is a matter of a few thousand pixels; a smaller picture is of a digit and its paper.
_THUMBNAIL, _LEAST_SIDE = 192, 64
_BINS = 64
# Share of the picture that a sheet has at least, and of the sheet that its writing has.
_LEAST_SHEET, _WRITING = 0.05, (0.002, 0.25)
# So many straight lines, each this many pixels wide to either side, hold this much of an outline.
_LINES, _STRAIGHT, _SHARE = 4, 1.5, 0.9
_ANGLES = 180
_MARGIN = 3  # pixels of bare paper within the outline
_STEP = 0.08  # of full white, at least, from the sheet to what is around it
# Whatever shadow is on it, ink is darker than this share of its paper; the shadow itself is not
# darker than the other.
_INK, _DEEPEST = 0.7, 0.3


def without_surroundings(grey: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], bool]:
    """Continue the paper that is written on over all that lies around it.

    It is a part of the picture between two grey levels, convex, with all of the writing in it,
    and with a step of light along an outline of a few straight lines: a sheet on a table, a
    screen, a cell of a table, or the shadow or the patch of light that the writing is in.

    Parameters
    ----------
    grey : ndarray of uint8, shape (height, width)

    Returns
    -------
    grey : ndarray of uint8, shape (height, width)
    found : bool
        Whether there was anything around it.
    """
    if min(grey.shape) < _LEAST_SIDE:
        return grey, False
    thumbnail = Image.fromarray(grey)
    thumbnail.thumbnail((_THUMBNAIL, _THUMBNAIL), Image.Resampling.BOX)
    small = np.asarray(thumbnail, dtype=np.float32)
    low, high = _thresholds(small)
    lighter, darker = small > low, small <= high
    for part in (~darker, ~lighter, lighter & darker, lighter, darker):
        sheet = _sheet(small, part)
        if sheet is not None:
            return _continued(grey, small, sheet), True
    return grey, False


def _thresholds(small: Grey) -> tuple[float, float]:
    """Two levels that part the picture into classes of the greatest Σ weight · mean².

    Otsu, IEEE Transactions on Systems, Man, and Cybernetics 9, 1979, for three classes.
    """
    counts, edges = np.histogram(small, _BINS)
    weight = np.pad(counts.cumsum(), (1, 0)).astype(np.float64)
    moment = np.pad((counts * (edges[1:] + edges[:-1]) / 2).cumsum(), (1, 0))
    weights, moments = weight - weight[:, np.newaxis], moment - moment[:, np.newaxis]
    gain = np.triu(moments**2 / np.where(weights > 0, weights, np.inf))
    total = gain[0][:, np.newaxis] + gain + gain[:, -1]
    low, high = np.unravel_index(np.argmax(np.triu(total)), total.shape)
    return float(edges[low]), float(edges[high])


def _sheet(small: Grey, part: Mask) -> Mask | None:
    """The largest piece of a part with all that it surrounds, if that is paper with writing."""
    pieces = components(part)
    if not len(pieces.areas):
        return None
    piece = pieces.labels == np.argmax(pieces.areas)
    around = components(np.pad(~piece, 1, constant_values=True)).labels
    sheet = around[1:-1, 1:-1] != around[0, 0]
    holes = components(sheet & ~piece)
    if not len(holes.areas) or not _LEAST_SHEET < sheet.mean() < 1:
        return None
    if holes.areas.max() < _WRITING[0] * sheet.sum() or (~piece[sheet]).mean() > _WRITING[1]:
        return None
    found = _has_step(small, sheet) and _is_straight(sheet) and _is_whole(sheet, holes)
    return None if not found or _goes_on(small, sheet, holes) else sheet


def _moved(mask: Mask, pixels: int) -> Mask:
    """The mask with its outline moved outwards, or inwards if the pixels are negative."""
    change = dilation if pixels > 0 else erosion
    return change(mask.astype(np.float32), 2 * abs(pixels) + 1) > 0


def _has_step(small: Grey, sheet: Mask) -> bool:
    """Whether the light changes by a step along the outline, and not by and by."""
    # Two pixels to either side lie in the blur of the outline.
    inner, outer = _moved(sheet, -2), ~_moved(sheet, 2)
    inside, outside = inner & _moved(outer, 6), outer & _moved(inner, 6)
    if not (inside.any() and outside.any()):
        return False
    step = abs(float(small[inside].mean()) - float(small[outside].mean()))
    whole = abs(float(small[sheet].mean()) - float(small[~sheet].mean()))
    return step > max(255 * _STEP, whole / 2)


def _is_straight(sheet: Mask) -> bool:
    """Whether a few straight lines hold nearly all of the outline within the picture.

    They are found one after another by the Hough transform (Duda and Hart, Communications of the
    ACM 15, 1972).
    """
    y, x = np.nonzero((sheet & ~_moved(sheet, -1))[1:-1, 1:-1])
    if len(y) < min(sheet.shape) // 4:
        return False
    angles = np.arange(_ANGLES) * (np.pi / _ANGLES)
    away = y[:, np.newaxis] * np.sin(angles) + x[:, np.newaxis] * np.cos(angles)
    bins = 3 * sum(sheet.shape)
    rows = np.rint(away).astype(np.int64) + sum(sheet.shape)
    for _ in range(_LINES):
        flat = (rows + bins * np.arange(_ANGLES)).ravel()
        votes = np.bincount(flat, minlength=bins * _ANGLES).reshape(_ANGLES, bins)
        votes[:, 1:-1] = votes[:, :-2] + votes[:, 1:-1] + votes[:, 2:]
        angle, row = np.unravel_index(np.argmax(votes), votes.shape)
        rows = rows[np.abs(rows[:, angle] - row) > _STRAIGHT]
        if len(rows) <= (1 - _SHARE) * len(y):
            return True
    return False


def _is_whole(sheet: Mask, holes: Components) -> bool:
    """Whether the sheet is convex, its margin bare, and what is outside thicker than a stroke."""
    largest = int(np.argmax(holes.areas))
    if (_moved(~sheet, _MARGIN) & (holes.labels >= 0)).any():
        return False
    # Of every direction, the hull has what is not farther that way than all of the sheet.
    angles = np.arange(_ANGLES) * (2 * np.pi / _ANGLES)
    directions = np.stack([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)
    away = np.tensordot(directions, np.indices(sheet.shape, dtype=np.float32), 1)
    farthest = away[:, sheet].max(axis=1) - _MARGIN
    hull = (away <= farthest[:, np.newaxis, np.newaxis]).all(axis=0)
    if _has_piece(hull & ~sheet, 0.05 * holes.areas[largest] + 10):
        return False
    stroke = round(1.5 * float(stroke_widths(holes)[largest]))
    return bool(_moved(~sheet, -1 - stroke).any())


def _goes_on(small: Grey, sheet: Mask, holes: Components) -> bool:
    """Whether there is such writing outside: the edge of a shadow went through a number."""
    writing = holes.labels == np.argmax(holes.areas)
    paper, ink = float(np.median(small[sheet])), float(np.median(small[writing]))
    if abs(paper - ink) < 255 * _STEP:
        return True
    level = small if ink < paper else 255 - small
    beyond = ~_moved(sheet, 2)
    around = float(np.median(level[beyond])) if beyond.any() else 0.0
    if around < _DEEPEST * float(np.median(level[sheet])):
        return False
    inked = level < min(_INK * around, float(np.percentile(level[writing], 25)))
    return _has_piece(beyond & inked, 0.3 * holes.areas.max())


def _has_piece(mask: Mask, least: float) -> bool:
    """Whether some connected piece has more pixels than this."""
    return bool((components(mask).areas > least).any())


def _continued(grey: NDArray[np.uint8], small: Grey, sheet: Mask) -> NDArray[np.uint8]:
    """The picture, with each row of the sheet carried on from its ends at the levels they have."""
    inner = _moved(sheet, -2)
    rows, columns = np.flatnonzero(inner.any(axis=1)), np.arange(small.shape[1])
    ends = [np.flatnonzero(inner[row]) for row in rows]
    level = [np.interp(columns, at, small[row, at]) for row, at in zip(rows, ends, strict=True)]
    nearest = np.abs(np.arange(len(small))[:, np.newaxis] - rows).argmin(axis=1)
    carried, within = (
        np.asarray(
            Image.fromarray(part.astype(np.float32)).resize(
                grey.shape[::-1], Image.Resampling.BILINEAR
            )
        )
        for part in (np.stack(level)[nearest], inner)
    )
    return np.where(within > 0.5, grey, np.rint(carried).clip(0, 255)).astype(np.uint8)
