"""Whether the ink is darker than the paper, or lighter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitnet.images.measure.morphology import Grey, Levels, closing, opening
from digitnet.images.measure.thumbnail import THUMBNAIL, ThumbnailLimits, thumbnail


@dataclass(frozen=True)
class PolarityLimits:
    """Limits for distinguishing ink from paper: ink is sparse."""

    thumbnail: ThumbnailLimits = THUMBNAIL
    """Size of the small copy that is examined."""
    widest: float = 1 / 3
    """Half of the largest square, as a fraction of the shorter side."""
    plain: float = 3.0
    """Least skewness of writing with paper around it."""
    spread: float = 0.1
    """Least mean square of the top-hats at a scale, by the greatest: at the smallest scales they
    leave the corners of a shadow."""
    rim_range: float = 0.1
    """Most difference of the rim of a cut-out from its median, by the range of grey levels."""
    rim: float = 0.75
    """Least fraction of the rim that is so even, if a digit was cut out along its outline."""


def is_dark_ink(grey: Levels, limits: PolarityLimits) -> bool:
    """Whether the ink is darker than the paper: the skewness of g - m, where it is greatest, < 0.

    m is the mean over a square; its side runs from three pixels to two thirds of the picture's.
    Ink is sparse: at the scale of the strokes there are many small deviations of one sign and few
    large ones of the other. A patch of sunlight is never as sparse as writing. In doubtful cases,
    top-hats are used instead of g - m.

    Parameters
    ----------
    grey : ndarray of uint8, shape (height, width)
    limits : PolarityLimits
    """
    small = thumbnail(grey, limits.thumbnail)
    edge = max(1, int(limits.widest * min(small.shape)))
    skewness = _most_skewed(_above_means(small, np.pad(small, edge, mode="symmetric"), edge))
    if abs(skewness) >= limits.plain:
        return skewness < 0
    rim = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]])
    around = np.median(rim)
    even = np.abs(rim - around) <= limits.rim_range * np.ptp(small)
    if even.mean() > limits.rim:
        # A digit cut out along its outline has no surroundings: add paper around it.
        padded = np.pad(small, edge, constant_values=float(around))
        return _most_skewed(_above_means(small, padded, edge)) < 0
    # Of a shadow only the corners are left, at the scales with the least.
    return _most_skewed(_top_hats(small, edge), limits.spread) < 0


def _above_means(small: Grey, padded: Grey, edge: int) -> list[Grey]:
    """Deviations from the mean over squares of growing size, and from the picture's median."""
    sums = padded.astype(np.float64).cumsum(axis=0).cumsum(axis=1)
    sums = np.pad(sums, ((1, 0), (1, 0)))
    radii = [2**power for power in range(edge.bit_length())]
    means = [small - _box_mean(sums, edge, radius) for radius in radii]
    return [*means, small - np.median(small)]


def _top_hats(small: Grey, edge: int) -> list[Grey]:
    """What an opening removes minus what a closing fills, for squares of growing size.

    Everything light and narrow minus everything dark and narrow (Meyer's top-hats, 1979): the edge
    of a shadow is neither.
    """
    padded = np.pad(small, edge, mode="reflect", reflect_type="odd")
    within = (slice(edge, -edge), slice(edge, -edge))
    sizes = [2**power + 1 for power in range(1, edge.bit_length() + 1)]
    return [(2 * padded - opening(padded, size) - closing(padded, size))[within] for size in sizes]


def _most_skewed(deviations: list[Grey], least: float = 0.0) -> float:
    """Skewness of the most skewed, among those with this fraction of the greatest mean square.

    Skewness = mean(d³) / mean(d²)^1.5.
    """
    deviation = np.stack(deviations)
    square = deviation * deviation  # NumPy's power of 3 takes thirty times as long as a product
    spreads = square.mean(axis=(1, 2), dtype=np.float64)
    cubes = (square * deviation).mean(axis=(1, 2), dtype=np.float64)
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
