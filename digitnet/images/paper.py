"""What the paper looks like, and how far each pixel stands out from it."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.images.morphology import Grey, closing, opening

_Level = TypeVar("_Level", bound=np.generic)
# Polarity is a matter of a few thousand pixels.
_THUMBNAIL = 256
# Writing with paper around it is more skewed than this.
_PLAIN = 3.0


def without_frame(grey: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], bool]:
    """Replace an even border around the picture by the level of what it surrounds.

    A side has a border where its outermost rows are even and the first row of another level is
    of that level nearly everywhere: beneath a margin of paper there is never such a row.

    Parameters
    ----------
    grey : ndarray of uint8, shape (height, width)

    Returns
    -------
    grey : ndarray of uint8, shape (height, width)
    framed : bool
        Whether there was a border.
    """
    inside = grey.copy()
    least = max(16.0, 0.2 * float(np.ptp(grey)))
    if max(grey.shape) > 2 * min(grey.shape):  # a 1 in its box would do for a framed sheet
        return inside, False
    borders = [_border(np.rot90(grey, side), least) for side in range(4)]
    # Where all four sides have one, it need not be seen on the whole of a side.
    surrounded = all(rows for rows, _ in borders)
    thickness = [rows if surrounded or plain else 0 for rows, plain in borders]
    for side, rows in enumerate(thickness):
        if rows:
            turned = np.rot90(inside, side)
            turned[:rows] = np.median(_middle(turned[rows : rows + 1]))
    return inside, any(thickness)


def _border(grey: NDArray[np.uint8], least: float) -> tuple[int, bool]:
    """Rows of an even border at the top, 0 without one, and whether it ends all along the side."""
    outer = grey[: max(2, len(grey) // 4)].astype(np.float32)
    away = np.abs(outer - np.median(outer[0])) > least
    first = int(np.argmax(away.mean(axis=1) > 0.5))
    even = away[:first].mean(axis=1) < 0.15
    # One row more: the edge itself may be blurred.
    inner = away[first : first + 2]
    ends = bool(first and even.all() and _middle(inner).mean(axis=1).max() > 0.8)
    return (first + len(inner) - 1) * ends, float(inner.mean(axis=1).max()) > 0.9


def _middle(rows: NDArray[_Level]) -> NDArray[_Level]:
    """Half of each row: the sides may have a border of their own."""
    quarter = rows.shape[1] // 4
    return rows[:, quarter : rows.shape[1] - quarter]


def is_dark_ink(grey: NDArray[np.uint8]) -> bool:
    """Whether the ink is darker than the paper: the skewness of g - m, where it is greatest, < 0.

    m is the mean over a square; its side runs from three pixels to half the picture's. Ink is
    what is sparse and stands out: at the scale of the strokes the deviations are many small
    ones of one sign and few large ones of the other. A shadow or a patch of sunlight, however
    strong, is never as sparse as writing.

    Parameters
    ----------
    grey : ndarray of uint8, shape (height, width)
    """
    thumbnail = Image.fromarray(grey)
    thumbnail.thumbnail((_THUMBNAIL, _THUMBNAIL), Image.Resampling.BOX)
    small = np.asarray(thumbnail, dtype=np.float64)
    edge = max(1, min(small.shape) // 3)
    found = _most_skewed(small, np.pad(small, edge, mode="symmetric"), edge)
    if abs(found) < _PLAIN:
        # A digit cut out along its outline fills its own surroundings: put paper around it.
        rim = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]])
        around = float(np.median(rim))
        found = _most_skewed(small, np.pad(small, edge, constant_values=around), edge)
    return found < 0


def _most_skewed(small: NDArray[np.float64], padded: NDArray[np.float64], edge: int) -> float:
    """Skewness of the deviations from the mean over squares of that size where it is greatest."""
    sums = np.pad(padded.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    radii = [2**power for power in range(edge.bit_length())]
    skewness = [_skewness(small - _box_mean(sums, edge, radius)) for radius in radii]
    skewness.append(_skewness(small - np.median(small)))
    return max(skewness, key=abs)


def _skewness(away: NDArray[np.float64]) -> float:
    """Skewness = mean(d³) / mean(d²)^1.5."""
    spread = float(np.mean(away**2))
    return float(np.mean(away**3)) / spread**1.5 if spread > 0 else 0.0


def _box_mean(sums: NDArray[np.float64], edge: int, radius: int) -> NDArray[np.float64]:
    """Mean over the square of 2 · radius + 1 pixels, from a padded integral image."""
    side = 2 * radius + 1
    inner = slice(edge - radius, radius - edge or None)
    sums = sums[inner, inner]
    whole = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    mean: NDArray[np.float64] = whole / side**2
    return mean


def contrast(light: Grey, dark: bool, size: int) -> tuple[Grey, Grey]:
    """Share of the paper's light that is missing: (p - g) / p, or g - p for light ink.

    The paper p is the closing of the picture (the opening, for light ink): every stroke
    narrower than ``size`` is filled, and the edge of a wider shadow stays where it is.

    Parameters
    ----------
    light : ndarray of float32, shape (height, width)
        Grey levels, 0 to 1.
    dark : bool
        The ink is darker than the paper.
    size : int
        Side of the structuring square, in pixels; wider than any stroke.

    Returns
    -------
    contrast, paper : ndarray of float32, shape (height, width)
    """
    if dark:
        paper = closing(light, size)
        missing = (paper - light) / np.maximum(paper, np.float32(0.1))
        return missing.astype(np.float32), paper
    paper = opening(light, size)
    return light - paper, paper
