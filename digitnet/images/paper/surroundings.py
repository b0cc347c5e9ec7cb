"""Remove the surroundings of the paper: a table, a window, the light beyond a shadow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from digitnet.images.measure.components import Components, Mask, components
from digitnet.images.measure.morphology import Grey, Levels, dilation, erosion
from digitnet.images.measure.thumbnail import THUMBNAIL, ThumbnailLimits, thumbnail


@dataclass(frozen=True)
class SurroundingsLimits:
    """How to recognise a sheet with surroundings."""

    thumbnail: ThumbnailLimits = THUMBNAIL
    """Size of the small copy that is examined."""
    least_side: int = 64
    """Least pixels of the picture's shorter side: a smaller one is of a digit and its paper."""
    least: float = 0.05
    """Least fraction of the picture that a sheet covers; the inside of a 0 covers less."""
    blur: int = 2
    """Pixels of blur on each side of the outline. The light is measured within three times as many,
    one more are bare paper, and a dent is at most their square."""
    step: float = 0.08
    """Least step of light at the outline, and contrast of ink, as a fraction of full white."""
    lines: int = 4
    """Most straight lines of an outline."""
    outline: float = 0.9
    """Least fraction of the outline on these lines."""


_BINS = 64
_ANGLES = 180


def without_surroundings(grey: Levels, limits: SurroundingsLimits) -> tuple[Levels, int]:
    """Extend the paper with the writing over its surroundings.

    The paper is a convex part of the picture between two grey levels, with all the writing in it,
    and with a step of light along an outline of a few straight lines: a sheet on a table, a screen,
    a cell of a table, or the shadow or patch of light around the writing.

    Parameters
    ----------
    grey : ndarray of uint8, shape (height, width)
    limits : SurroundingsLimits

    Returns
    -------
    grey : ndarray of uint8, shape (height, width)
    found : int
        1 if there were surroundings.
    """
    if min(grey.shape) < limits.least_side:
        return grey, 0
    small = thumbnail(grey, limits.thumbnail)
    low, high = _thresholds(small)
    lighter, darker = small > low, small <= high
    for part in (~darker, ~lighter, lighter & darker, lighter, darker):
        sheet = _sheet(small, part, limits)
        if sheet is not None:
            return _continued(grey, small, sheet, limits), 1
    return grey, 0


def _thresholds(small: Grey) -> tuple[float, float]:
    """Two thresholds between three classes of the greatest Σ weight · mean².

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


def _sheet(small: Grey, part: Mask, limits: SurroundingsLimits) -> Mask | None:
    """The largest component of a class with its holes filled, if that is paper with writing."""
    pieces = components(part)
    if not len(pieces.areas):
        return None
    piece = pieces.labels == np.argmax(pieces.areas)
    around = components(np.pad(~piece, 1, constant_values=True)).labels
    sheet = around[1:-1, 1:-1] != around[0, 0]
    holes = components(sheet & ~piece)
    if not len(holes.areas) or not limits.least < sheet.mean() < 1:
        return None
    is_one = (
        _has_step(small, sheet, limits)
        and _is_straight(sheet, limits)
        and _is_whole(sheet, holes, limits)
        and _stands_out(small, sheet, holes, part, limits.step)
    )
    return sheet if is_one else None


def _moved(mask: Mask, pixels: int) -> Mask:
    """The mask grown by so many pixels, or shrunk if negative."""
    change = dilation if pixels > 0 else erosion
    return change(mask.astype(np.float32), 2 * abs(pixels) + 1) > 0


def _has_step(small: Grey, sheet: Mask, limits: SurroundingsLimits) -> bool:
    """Whether the light changes by a step along the outline, and not gradually."""
    inner, outer = _moved(sheet, -limits.blur), ~_moved(sheet, limits.blur)
    inside, outside = inner & _moved(outer, 3 * limits.blur), outer & _moved(inner, 3 * limits.blur)
    if not (inside.any() and outside.any()):
        return False
    return abs(float(small[inside].mean()) - float(small[outside].mean())) > 255 * limits.step


def _is_straight(sheet: Mask, limits: SurroundingsLimits) -> bool:
    """Whether a few straight lines contain nearly all of the outline within the picture.

    They are found one at a time by the Hough transform (Duda and Hart, Communications of the
    ACM 15, 1972).
    """
    y, x = np.nonzero((sheet & ~_moved(sheet, -1))[1:-1, 1:-1])
    if len(y) < min(sheet.shape) // 4:
        return False
    angles = np.arange(_ANGLES) * (np.pi / _ANGLES)
    distance = y[:, np.newaxis] * np.sin(angles) + x[:, np.newaxis] * np.cos(angles)
    bins = 3 * sum(sheet.shape)
    rows = np.rint(distance).astype(np.int64) + sum(sheet.shape)
    for _ in range(limits.lines):
        flat = (rows + bins * np.arange(_ANGLES)).ravel()
        votes = np.bincount(flat, minlength=bins * _ANGLES).reshape(_ANGLES, bins)
        votes[:, 1:-1] = votes[:, :-2] + votes[:, 1:-1] + votes[:, 2:]
        angle, row = np.unravel_index(np.argmax(votes), votes.shape)
        rows = rows[np.abs(rows[:, angle] - row) > 1]  # as the votes are counted
        if len(rows) <= (1 - limits.outline) * len(y):
            return True
    return False


def _is_whole(sheet: Mask, holes: Components, limits: SurroundingsLimits) -> bool:
    """Whether the sheet is convex, and its margin bare."""
    margin = limits.blur + 1
    if (_moved(~sheet, margin) & (holes.labels >= 0)).any():
        return False
    # The hull is the intersection of the half-planes that contain the sheet.
    angles = np.arange(_ANGLES) * (2 * np.pi / _ANGLES)
    directions = np.stack([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)
    distance = np.tensordot(directions, np.indices(sheet.shape, dtype=np.float32), 1)
    farthest = distance[:, sheet].max(axis=1) - margin
    hull = (distance <= farthest[:, np.newaxis, np.newaxis]).all(axis=0)
    dents = components(hull & ~sheet).areas
    return bool(dents.max(initial=0) <= margin**2)


def _stands_out(small: Grey, sheet: Mask, holes: Components, part: Mask, step: float) -> bool:
    """Whether the largest piece of writing on the sheet has contrast to it."""
    writing = (holes.labels == np.argmax(holes.areas)) & ~part  # the inside of a 0 is paper
    return abs(float(np.median(small[sheet])) - float(np.median(small[writing]))) >= 255 * step


def _continued(grey: Levels, small: Grey, sheet: Mask, limits: SurroundingsLimits) -> Levels:
    """The picture, with each row of the sheet extended from its ends at their levels."""
    inner = _moved(sheet, -limits.blur)
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
