"""What the paper looks like, and how far each pixel stands out from it."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.images.measure.morphology import Grey, closing, opening

_Level = TypeVar("_Level", bound=np.generic)
# Polarity is a matter of a few thousand pixels.
_THUMBNAIL = 192
# A picture of fewer pixels than this along both sides holds a digit and nothing else.
_LEAST_FRAMED = 12
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
    # A 1 in its box would do for a framed sheet, and so would the bars of a tiny 5.
    if max(grey.shape) > 2 * min(grey.shape) or max(grey.shape) < _LEAST_FRAMED:
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
    if not first:
        return 0, False
    even = away[:first].mean(axis=1) < 0.15
    # One row more: the edge itself may be blurred.
    inner = away[first : first + 2]
    # A line around a digit is no border: within it there is the same paper again.
    centre = _middle(grey[len(grey) // 4 : -(len(grey) // 4) or None])
    ends = bool(even.all() and _middle(inner).mean(axis=1).max() > 0.8)
    ends &= abs(float(np.median(centre)) - float(np.median(outer[0]))) > least
    return (first + len(inner) - 1) * ends, float(inner.mean(axis=1).max()) > 0.9


def _middle(rows: NDArray[_Level]) -> NDArray[_Level]:
    """Half of each row: the sides may have a border of their own."""
    quarter = rows.shape[1] // 4
    return rows[:, quarter : rows.shape[1] - quarter]


def is_dark_ink(grey: NDArray[np.uint8]) -> bool:
    """Whether the ink is darker than the paper: the skewness of g - m, where it is greatest, < 0.

    m is the mean over a square; its side runs from three pixels to two thirds of the picture's.
    Ink is what is sparse and stands out: at the scale of the strokes the deviations are many
    small ones of one sign and few large ones of the other. A patch of sunlight is never as
    sparse as writing. Where that leaves a doubt, top-hats take the place of g - m.

    Parameters
    ----------
    grey : ndarray of uint8, shape (height, width)
    """
    thumbnail = Image.fromarray(grey)
    thumbnail.thumbnail((_THUMBNAIL, _THUMBNAIL), Image.Resampling.BOX)
    small = np.asarray(thumbnail, dtype=np.float32)
    edge = max(1, min(small.shape) // 3)
    found = _most_skewed(_above_means(small, np.pad(small, edge, mode="symmetric"), edge))
    if abs(found) >= _PLAIN:
        return found < 0
    rim = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]])
    around = np.median(rim)
    if (np.abs(rim - around) <= 0.1 * np.ptp(small)).mean() > 0.75:
        # A digit cut out along its outline fills its own surroundings: put paper around it.
        padded = np.pad(small, edge, constant_values=float(around))
        return _most_skewed(_above_means(small, padded, edge)) < 0
    # Of a shadow no more than the corners is left, at the scales where there is least.
    return _most_skewed(_top_hats(small, edge), 0.1) < 0


def _above_means(small: Grey, padded: Grey, edge: int) -> list[Grey]:
    """Deviations from the mean over squares of growing size, and from the picture's median."""
    sums = padded.astype(np.float64).cumsum(axis=0).cumsum(axis=1)
    sums = np.pad(sums, ((1, 0), (1, 0)))
    radii = [2**power for power in range(edge.bit_length())]
    means = [small - _box_mean(sums, edge, radius) for radius in radii]
    return [*means, small - np.median(small)]


def _top_hats(small: Grey, edge: int) -> list[Grey]:
    """What an opening takes away less what a closing fills, for squares of growing size.

    All that is light and narrow less all that is dark and narrow (Meyer's top-hats, 1979): the
    edge of a shadow is neither.
    """
    padded = np.pad(small, edge, mode="reflect", reflect_type="odd")
    within = (slice(edge, -edge), slice(edge, -edge))
    sizes = [2**power + 1 for power in range(1, edge.bit_length() + 1)]
    return [(2 * padded - opening(padded, size) - closing(padded, size))[within] for size in sizes]


def _most_skewed(deviations: list[Grey], least: float = 0.02) -> float:
    """Skewness of the most skewed, among those with this share of the greatest mean square.

    Skewness = mean(d³) / mean(d²)^1.5.
    """
    away = np.stack(deviations)
    square = away * away  # NumPy's power of 3 takes thirty times as long as a product
    spreads = square.mean(axis=(1, 2), dtype=np.float64)
    cubes = (square * away).mean(axis=(1, 2), dtype=np.float64)
    large = (spreads >= least * spreads.max()) & (spreads > 0)
    skewness = cubes[large] / spreads[large] ** 1.5
    return float(max(skewness, key=abs, default=0.0))


def _box_mean(sums: NDArray[np.float64], edge: int, radius: int) -> Grey:
    """Mean over the square of 2 · radius + 1 pixels, from a padded integral image."""
    side = 2 * radius + 1
    inner = slice(edge - radius, radius - edge or None)
    sums = sums[inner, inner]
    whole = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    return (whole / side**2).astype(np.float32)


def contrast(light: Grey, dark: bool, size: int, uneven: bool = False) -> tuple[Grey, Grey]:
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
    uneven : bool
        Let the light go on beyond the picture's edges as it does at them (a reflection in each
        edge point), so that dim corners are paper.

    Returns
    -------
    contrast, paper : ndarray of float32, shape (height, width)
    """
    if uneven:
        edge = min(size, min(light.shape) - 1)
        within = (slice(edge, -edge), slice(edge, -edge))
        padded = np.pad(light, edge, mode="reflect", reflect_type="odd")
        paper = (closing(padded, size) if dark else opening(padded, size))[within]
    else:
        paper = closing(light, size) if dark else opening(light, size)
    if dark:
        missing = (paper - light) / np.maximum(paper, np.float32(0.1))
        return missing.astype(np.float32), paper
    return light - paper, paper
