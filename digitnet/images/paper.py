"""What the paper looks like, and how far each pixel stands out from it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.images.morphology import Grey, closing, opening

# Polarity is a matter of a few thousand pixels.
_THUMBNAIL = 256


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
    thickness = [_border(np.rot90(grey, side), least) for side in range(4)]
    for side, rows in enumerate(thickness):
        if rows:
            turned = np.rot90(inside, side)
            turned[:rows] = np.median(turned[rows])
    return inside, any(thickness)


def _border(grey: NDArray[np.uint8], least: float) -> int:
    """Rows of an even border at the top; 0 without one."""
    outer = grey[: max(2, len(grey) // 4)].astype(np.float32)
    away = np.abs(outer - np.median(outer[0])) > least
    first = int(np.argmax(away.mean(axis=1) > 0.5))
    even = away[:first].mean(axis=1) < 0.15
    # One row more: the edge itself may be blurred.
    inner = away[first : first + 2].mean(axis=1)
    return first + len(inner) - 1 if first and even.all() and inner.max() > 0.8 else 0


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
    rim = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]])
    # Paper all around: a digit cut out along its outline would else fill its own surroundings.
    small = np.pad(small, max(1, min(small.shape) // 3), constant_values=float(np.median(rim)))
    radii = 2 ** np.arange(max(1, int(np.log2(min(small.shape) / 4)) + 1))
    skewness = [_skewness(small - _box_mean(small, int(radius))) for radius in radii]
    skewness.append(_skewness(small - np.median(small)))
    return max(skewness, key=abs) < 0


def _skewness(away: NDArray[np.float64]) -> float:
    """Skewness = mean(d³) / mean(d²)^1.5."""
    spread = float(np.mean(away**2))
    return float(np.mean(away**3)) / spread**1.5 if spread > 0 else 0.0


def _box_mean(grey: NDArray[np.float64], radius: int) -> NDArray[np.float64]:
    """Mean over the square of 2 · radius + 1 pixels, by an integral image."""
    side = 2 * radius + 1
    sums = np.pad(grey, radius, mode="symmetric").cumsum(axis=0).cumsum(axis=1)
    sums = np.pad(sums, ((1, 0), (1, 0)))
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
        return (paper - light) / np.maximum(paper, np.float32(0.1)), paper
    paper = opening(light, size)
    return light - paper, paper
