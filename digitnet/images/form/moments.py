"""Moment normalisation: every digit gets the same position, size and slant.

Two writers' sevens differ first in position, size, width and slant. The moments of the ink measure
these, so that they can be normalised before the network gets the digit, with the same function for
MNIST's digits and for a user's picture.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import DigitnetError
from digitnet.images.form.mnist import SIDE

CENTRE = (SIDE - 1) / 2
# One dark pixel before and two after: a source position clipped to [-1, 28] then
# has both its neighbours in the padded image, and no mask is needed.
PADDED = SIDE + 3
# Digits at a time: their arrays fit into the processor's cache.
CHUNK = 128

# Columns: 1, x, y, x², xy, y² of every pixel. Whole numbers in float64, so that
# a moment is exact, whatever the order or the batch in which it is summed.
_y, _x = np.mgrid[0:SIDE, 0:SIDE].reshape(2, -1).astype(np.float64)
MONOMIALS = np.stack([np.ones_like(_x), _x, _y, _x * _x, _x * _y, _y * _y], axis=1)


@dataclass(frozen=True)
class MomentTargets:
    """Size of a normalised digit, and the bounds of the scaling.

    Parameters
    ----------
    tau_x, tau_y : float
        Target standard deviation of the ink across and down, in pixels.
    ratio_x, ratio_y : tuple of float
        Smallest and largest allowed ratio of a digit's own deviation to the
        target: without a lower bound, the stroke of a 1 would become a block.

    Raises
    ------
    DigitnetError
        If a target is not positive, or a pair of bounds is not 0 < smallest <= largest.
    """

    tau_x: float = 5.0
    tau_y: float = 6.0
    ratio_x: tuple[float, float] = (0.35, 1.6)
    ratio_y: tuple[float, float] = (0.5, 1.6)

    def __post_init__(self) -> None:
        targets_fit = 0 < self.tau_x < np.inf and 0 < self.tau_y < np.inf
        if not (targets_fit and all(0 < low <= high for low, high in (self.ratio_x, self.ratio_y))):
            raise DigitnetError(
                "These targets of the moment normalisation cannot be used.",
                f"Expected tau > 0 and 0 < smallest <= largest ratio, found {self}.",
                "Use the default targets, or a file of weights that is not damaged.",
            )

    def key(self) -> str:
        """Name of these targets and this version of the method, valid as a file name."""
        numbers = (self.tau_x, self.tau_y, *self.ratio_x, *self.ratio_y)
        return "moments1-" + "-".join(f"{number:g}" for number in numbers)


DEFAULT_TARGETS = MomentTargets()


@dataclass(frozen=True)
class _Frames:
    """Centroid, shear, and scale to the targets of each digit, as columns (n, 1)."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    shear: NDArray[np.float64]
    scale_x: NDArray[np.float64]
    scale_y: NDArray[np.float64]


def moment_normalise(
    images: NDArray[np.uint8], targets: MomentTargets = DEFAULT_TARGETS
) -> NDArray[np.uint8]:
    """Output pixel (u, w) from the centre reads (x̄ + u·s_x + a·(y - ȳ), y = ȳ + w·s_y).

    Here (x̄, ȳ) is the centroid of the ink, a = σ_xy / σ_y² its shear, and
    s = σ / τ the ratio of its standard deviations to the targets, where σ_x is
    measured after removing the shear. The source is interpolated bilinearly, and is
    dark outside its frame. An empty image stays empty.

    Removing the slant follows LeCun et al., "Gradient-based learning applied to
    document recognition" (1998); the moments as a measure of size follow Liu et
    al., "Handwritten digit recognition: investigation of normalization and
    feature extraction techniques", Pattern Recognition 37 (2004).

    Parameters
    ----------
    images : array of uint8, shape (N, 28, 28)
        Light ink on a dark ground; may be memory-mapped.
    targets : MomentTargets
        The target size, and the bounds of the scaling.

    Returns
    -------
    array of uint8, shape (N, 28, 28)
        A new array. A digit's result does not depend on the others in the batch.
    """
    normalised = np.empty(images.shape, np.uint8)
    for start in range(0, len(images), CHUNK):
        chunk = images[start : start + CHUNK]
        normalised[start : start + CHUNK] = _resample(chunk, _measure(chunk, targets))
    return normalised


def slant(images: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Slant that `moment_normalise` removes, in degrees from upright; > 0 to the right.

    Parameters
    ----------
    images : array of uint8, shape (N, 28, 28)

    Returns
    -------
    array of float64, shape (N,)
    """
    return -np.degrees(np.arctan(_measure(images, DEFAULT_TARGETS).shear[:, 0]))


def _measure(images: NDArray[np.uint8], targets: MomentTargets) -> _Frames:
    """Compute the moments of each image up to the second order (Hu 1962)."""
    moments = images.reshape(-1, SIDE * SIDE).astype(np.float64) @ MONOMIALS
    ink = np.maximum(moments[:, :1], 1.0)  # an empty image keeps its moments of 0
    x, y, xx, xy, yy = np.split(moments[:, 1:] / ink, 5, axis=1)
    var_y = np.maximum(yy - y * y, 0.0)
    # Ink in a single row has no slant; its variance is 0 up to rounding.
    shear = np.where(var_y > 1e-9, (xy - x * y) / np.maximum(var_y, 1e-9), 0.0)
    var_x = np.maximum(xx - x * x - shear * shear * var_y, 0.0)
    scale_x = np.clip(np.sqrt(var_x) / targets.tau_x, *targets.ratio_x)
    scale_y = np.clip(np.sqrt(var_y) / targets.tau_y, *targets.ratio_y)
    return _Frames(x, y, shear, scale_x, scale_y)


def _resample(images: NDArray[np.uint8], frames: _Frames) -> NDArray[np.uint8]:
    """Interpolate each image bilinearly in its own frame: rows first, then along each row.

    All pixels of an output row have the same source row, so that two source rows
    are blended once, and only the blend is interpolated column by column.
    """
    n = len(images)
    from_centre = np.arange(SIDE) - CENTRE
    y = np.clip(frames.y + from_centre * frames.scale_y, -1, SIDE)
    top, part = _split(y + 1)
    padded = np.zeros((n, PADDED, PADDED), np.float32)
    padded[:, 1 : SIDE + 1, 1 : SIDE + 1] = images
    rows = padded.reshape(-1, PADDED)
    top += np.arange(0, n * PADDED, PADDED)[:, None]
    upper, lower = rows[top], rows[top + 1]
    lower -= upper
    lower *= part[..., None]
    upper += lower

    middle = (frames.x + frames.shear * (y - frames.y) + 1)[..., None]
    across = (from_centre * frames.scale_x)[:, None]
    x = middle.astype(np.float32) + across.astype(np.float32)
    np.clip(x, 0, SIDE + 1, out=x)
    left, part = _split(x)
    left += np.arange(0, n * SIDE * PADDED, PADDED).reshape(n, SIDE, 1)
    pixels = upper.reshape(-1)
    value = pixels[left]
    left += 1
    value += part * (pixels[left] - value)
    value += 0.5  # the cast truncates; with this it rounds
    return value.astype(np.uint8)


def _split(position: NDArray[np.floating]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Split non-negative positions into whole and fractional parts."""
    whole = position.astype(np.intp)
    return whole, (position - whole).astype(np.float32)
