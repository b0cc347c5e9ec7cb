"""A digit of MNIST written anew at the scale of a photo, by a pen of any weight."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from digitnet.datasets.digits import Digits
from digitnet.datasets.mnist import load_sample

Grey = NDArray[np.float32]
Colour = tuple[float, float, float]
Span = tuple[float, float]

# The middle line is found four times as large, where a stroke is some ten pixels wide.
_FINE = 4


@cache
def sample_digits() -> Digits:
    """The sample's test part: what the pictures are made of."""
    return load_sample().test


def strokes(digit: NDArray[np.uint8], side: int, weight: float, softness: float) -> Grey:
    """Ink = 1 where the pen's middle line is nearer than half its weight, with a soft edge.

    A pen has one weight: strokes of MNIST's, thick and thin, are reduced to their middle line
    first.

    Parameters
    ----------
    digit : ndarray of uint8, shape (28, 28)
        Light ink on dark; or a number, which is wider.
    side : int
        Pixels that the 28 rows are written in.
    weight : float
        Width of the strokes, in pixels of the 28 × 28. MNIST's own are some 2.5.
    softness : float
        Width of the edge, in pixels of the picture; 0 is hard, without anti-aliasing.

    Returns
    -------
    ndarray of float32, shape (side, width)
        0 to 1.
    """
    scale = side / len(digit)
    fine = Image.fromarray(_from_middle_line(digit))
    size = (round(digit.shape[1] * scale), side)
    away = np.asarray(fine.resize(size, Image.Resampling.BICUBIC)) * scale
    inside = np.float32(weight / 2 * scale) - away
    ink: Grey = (inside / max(softness, 1e-3) + np.float32(0.5)).clip(0, 1)
    return ink


def number(digits: Sequence[NDArray[np.uint8]], gaps: Sequence[int]) -> NDArray[np.uint8]:
    """Digits side by side: uint8, shape (28, width).

    Parameters
    ----------
    digits : sequence of ndarray of uint8, shape (28, 28)
    gaps : sequence of int
        Columns between each and the next; fewer than 0 where they touch or overlap.
    """
    parts = [np.pad(d[:, slice(*bounds(d)[0::2])], ((0, 0), (4, 4))) for d in digits]
    widths = [part.shape[1] - 8 for part in parts]
    starts = np.cumsum([0, *np.add(widths[:-1], gaps)])
    page = np.zeros((len(parts[0]), starts[-1] + parts[-1].shape[1]), np.uint8)
    for start, part in zip(starts, parts, strict=True):
        place = page[:, start : start + part.shape[1]]
        np.maximum(place, part, out=place)
    return page


def bounds(ink: NDArray[np.generic]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the ink; right and bottom are exclusive."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _from_middle_line(digit: NDArray[np.uint8]) -> Grey:
    """Distance to the middle of the nearest stroke, in pixels of the 28 × 28.

    The middle is the ridge of the distance to the ground: pixels that are about as deep in the
    ink as the deepest near them.
    """
    size = (_FINE * digit.shape[1], _FINE * len(digit))
    large = np.asarray(Image.fromarray(digit).resize(size, Image.Resampling.BICUBIC))
    depth = ndimage.distance_transform_edt(large > 110)
    ridge = (depth > 0) & (depth > ndimage.maximum_filter(depth, 5) - 1)
    away: Grey = (ndimage.distance_transform_edt(~ridge) / _FINE).astype(np.float32)
    return away
