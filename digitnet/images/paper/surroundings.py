"""What lies around the paper in a picture: a table, a window, the light beyond a shadow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from digitnet.images.form.mnist import SIDE
from digitnet.images.measure.components import Components, Mask, components
from digitnet.images.measure.morphology import Grey, Levels, dilation, erosion
from digitnet.images.measure.thumbnail import THUMBNAIL, ThumbnailLimits, thumbnail


@dataclass(frozen=True)
class SurroundingsLimits:
    """What is taken for a sheet with something around it."""

    thumbnail: ThumbnailLimits = THUMBNAIL
    """The small copy that it is looked for on."""
    least: float = 0.05
    """Share of the picture that a sheet has, at least: the inside of a 0 has less."""
    blur: int = 2
    """Pixels to either side of the outline in which it is blurred: the light beside it is measured
    within three times as many, one more are bare paper, and no dent is larger than their square."""
    step: float = 0.08
    """Share of full white by which the light changes at the outline, and ink stands out."""
    lines: int = 4
    """Straight lines that make up an outline."""
    outline: float = 0.9
    """Share of the outline that is on these lines."""


_BINS = 64
_ANGLES = 180


def without_surroundings(grey: Levels, limits: SurroundingsLimits) -> tuple[Levels, int]:
    """Continue the paper that is written on over all that lies around it.

    It is a part of the picture between two grey levels, convex, with all of the writing in it,
    and with a step of light along an outline of a few straight lines: a sheet on a table, a
    screen, a cell of a table, or the shadow or the patch of light that the writing is in.

    Parameters
    ----------
    grey : ndarray of uint8, shape (height, width)
    limits : SurroundingsLimits

    Returns
    -------
    grey : ndarray of uint8, shape (height, width)
    found : int
        1 if there was anything around it.
    """
    if max(grey.shape) <= SIDE:  # a picture no larger than MNIST's is of a digit alone
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


def _sheet(small: Grey, part: Mask, limits: SurroundingsLimits) -> Mask | None:
    """The largest piece of a part with all that it surrounds, if that is paper with writing."""
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
    """The mask with its outline moved outwards, or inwards if the pixels are negative."""
    change = dilation if pixels > 0 else erosion
    return change(mask.astype(np.float32), 2 * abs(pixels) + 1) > 0


def _has_step(small: Grey, sheet: Mask, limits: SurroundingsLimits) -> bool:
    """Whether the light changes by a step along the outline, and not little by little."""
    inner, outer = _moved(sheet, -limits.blur), ~_moved(sheet, limits.blur)
    inside, outside = inner & _moved(outer, 3 * limits.blur), outer & _moved(inner, 3 * limits.blur)
    if not (inside.any() and outside.any()):
        return False
    return abs(float(small[inside].mean()) - float(small[outside].mean())) > 255 * limits.step


def _is_straight(sheet: Mask, limits: SurroundingsLimits) -> bool:
    """Whether a few straight lines hold nearly all of the outline within the picture.

    They are found one after another by the Hough transform (Duda and Hart, Communications of the
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
    # Of every direction, the hull has what is not farther that way than all of the sheet.
    angles = np.arange(_ANGLES) * (2 * np.pi / _ANGLES)
    directions = np.stack([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)
    distance = np.tensordot(directions, np.indices(sheet.shape, dtype=np.float32), 1)
    farthest = distance[:, sheet].max(axis=1) - margin
    hull = (distance <= farthest[:, np.newaxis, np.newaxis]).all(axis=0)
    dents = components(hull & ~sheet).areas
    return bool(dents.max(initial=0) <= margin**2)


def _stands_out(small: Grey, sheet: Mask, holes: Components, part: Mask, step: float) -> bool:
    """Whether the largest piece of writing on the sheet stands out from it."""
    writing = (holes.labels == np.argmax(holes.areas)) & ~part  # the inside of a 0 is paper
    return abs(float(np.median(small[sheet])) - float(np.median(small[writing]))) >= 255 * step


def _continued(grey: Levels, small: Grey, sheet: Mask, limits: SurroundingsLimits) -> Levels:
    """The picture, with each row of the sheet carried on from its ends at the levels they have."""
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
