"""Augmentation: distorted copies of digits, which vary more than MNIST's.

Drawing a smooth distortion and applying it to one image takes far longer than the
network's step on that image. So about a hundred digits share each distortion, and their
pixels are stored side by side: applying it is then a copy of whole rows, in 16-bit
integer arithmetic. Every epoch draws new distortions, so that a digit gets another one
each time.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from digitnet.images.form.mnist import SIDE
from digitnet.images.form.moments import CENTRE, PADDED

# Positions are rounded to 1/16 pixel: the four weights of a bilinear interpolation are
# then integers that sum to 256, and 256 × 255 still fits in 16 bits.
STEPS = 16


@dataclass(frozen=True)
class Distortion:
    """Bounds of the distortions of a digit; 0 means none.

    The defaults are for the first epoch of a training in which the strength falls. Strong
    distortions until the last epoch scored lower on validation digits.

    Parameters
    ----------
    shift : float
        Largest shift across and down, in pixels.
    rotation : float
        Largest rotation in either direction, in radians.
    scale : float
        Largest change of width and of height, each on its own, as a fraction.
    shear : float
        Largest slant in either direction, in pixels across for each pixel down.
    thickness : float
        Largest change of the stroke, 0 to 1: 1 makes each edge one pixel thicker or thinner.
    elastic : float
        Root mean square of the elastic displacement across and down, in pixels.
    smoothness : float
        Standard deviation of the Gaussian that smooths the elastic displacement, in pixels.
    """

    shift: float = 0.75
    rotation: float = 0.15
    scale: float = 0.125
    shear: float = 0.15
    thickness: float = 0.75
    elastic: float = 1.25
    smoothness: float = 4.0

    def times(self, strength: float) -> Distortion:
        """Every bound times the strength; the smoothness is unchanged."""
        bounds = {name: strength * bound for name, bound in asdict(self).items()}
        return Distortion(**{**bounds, "smoothness": self.smoothness})


DEFAULT_DISTORTION = Distortion()
LAST_STRENGTH = 0.2
"""Share of the bounds that an epoch after the last would use."""


def falling_strength(t: float) -> float:
    """1 - 0.8 t, after the share t of all epochs: the last digits look much like those to read."""
    return 1 - (1 - LAST_STRENGTH) * t


def augment(
    images: NDArray[np.uint8],
    rng: np.random.Generator,
    strength: float = 1.0,
    distortion: Distortion = DEFAULT_DISTORTION,
    shared_by: int = 128,
) -> NDArray[np.uint8]:
    """Output pixel p reads the source at c + M·(p - c) + shift + elastic(p), bilinearly.

    c is the centre of the image; M turns, slants and scales; elastic(p) is white
    noise smoothed by a Gaussian: Simard, Steinkraus and Platt, "Best practices
    for convolutional neural networks applied to visual document analysis" (2003).
    Before that, the stroke is made thicker or thinner: a mixture of the image
    with its grey dilation or erosion by a cross of five pixels.

    Parameters
    ----------
    images : array of uint8, shape (N, 28, 28)
        Light ink on a dark ground.
    rng : numpy.random.Generator
        The only source of randomness.
    strength : float
        Factor of the bounds, from 0 to 1.
    distortion : Distortion
        The bounds; each amount is uniform between minus and plus its bound.
    shared_by : int
        Digits that share one distortion. They are spread evenly over the batch, so
        that neighbours never share one unless it is the only one.

    Returns
    -------
    array of uint8, shape (N, 28, 28)
        A new array.
    """
    groups = -(-len(images) // shared_by)
    distortion = distortion.times(strength)
    corners, weights = _readings(_positions(groups, rng, distortion))
    thickness = rng.uniform(-distortion.thickness, distortion.thickness, groups)
    amounts = np.rint(256 * thickness).astype(int)
    distorted = np.empty(images.shape, np.uint8)
    for group in range(groups):
        ink = _restroke(_side_by_side(images[group::groups]), amounts[group])
        read = _read(ink, corners[group], weights[group])
        distorted[group::groups] = read.T.reshape(-1, SIDE, SIDE)
    return distorted


def _positions(groups: int, rng: np.random.Generator, bounds: Distortion) -> NDArray[np.float64]:
    """Source position of each output pixel: (groups, 2, 784), rows before columns."""
    rows, columns = np.mgrid[0:SIDE, 0:SIDE].reshape(2, -1) - CENTRE

    def draw(bound: float, count: int) -> NDArray[np.float64]:
        return rng.uniform(-bound, bound, (count, groups, 1))

    (angle,), (shear,) = draw(bounds.rotation, 1), draw(bounds.shear, 1)
    stretch_y, stretch_x = 1 + draw(bounds.scale, 2)
    y = stretch_y * (np.cos(angle) * rows + np.sin(angle) * columns)
    x = stretch_x * (np.cos(angle) * columns - np.sin(angle) * rows) + shear * y
    affine = np.stack([y, x], axis=1) + np.swapaxes(draw(bounds.shift, 2), 0, 1) + CENTRE
    noise = rng.standard_normal((groups, 2, SIDE, SIDE))
    smoother = _smoother(bounds.smoothness)
    elastic = smoother @ noise @ smoother.T
    return affine + bounds.elastic * elastic.reshape(groups, 2, SIDE * SIDE)


def _smoother(sigma: float) -> NDArray[np.float64]:
    """Gaussian smoothing along one axis as a matrix (28, 28).

    Its rows have length 1, so that white noise of variance 1 keeps variance 1
    at every pixel, those near the edge included.
    """
    position = np.arange(SIDE)
    kernel = np.exp(-((position[:, None] - position) ** 2) / (2 * sigma**2))
    unit_rows: NDArray[np.float64] = kernel / np.linalg.norm(kernel, axis=1, keepdims=True)
    return unit_rows


def _readings(
    positions: NDArray[np.float64],
) -> tuple[NDArray[np.intp], NDArray[np.uint16]]:
    """Convert positions to the upper left pixel's index and the four pixels' weights."""
    inside = np.clip(positions, -1, SIDE) + 1
    steps = np.rint(inside * STEPS).astype(np.intp)
    whole, (part_y, part_x) = steps // STEPS, np.swapaxes(steps % STEPS, 0, 1)
    left, upper = STEPS - part_x, STEPS - part_y
    weights = np.stack([upper * left, upper * part_x, part_y * left, part_y * part_x], axis=1)
    return whole[:, 0] * PADDED + whole[:, 1], weights[..., None].astype(np.uint16)


def _side_by_side(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Images (n, 28, 28) as padded pixels (31, 31, n), the same pixel of all side by side.

    The padding is that of `digitnet.images.form.moments`, which needs no mask.
    """
    ink = np.zeros((PADDED, PADDED, len(images)), np.uint8)
    ink[1 : SIDE + 1, 1 : SIDE + 1] = images.transpose(1, 2, 0)
    return ink


def _restroke(ink: NDArray[np.uint8], amount: int) -> NDArray[np.uint16]:
    """Mix amount/256 of the dilation (erosion, if negative) into the padded ink."""
    outermost = np.maximum if amount > 0 else np.minimum
    extreme = outermost(ink[:-2, 1:-1], ink[2:, 1:-1])
    for neighbour in (ink[1:-1, :-2], ink[1:-1, 2:], ink[1:-1, 1:-1]):
        outermost(extreme, neighbour, out=extreme)
    mixed = ink.astype(np.uint16)
    inner = mixed[1:-1, 1:-1]
    inner *= np.uint16(256 - abs(amount))
    inner += np.multiply(extreme, np.uint16(abs(amount)), dtype=np.uint16)
    inner >>= np.uint16(8)
    return mixed


def _read(
    ink: NDArray[np.uint16], corner: NDArray[np.intp], weights: NDArray[np.uint16]
) -> NDArray[np.uint8]:
    """Interpolate the padded ink (31, 31, n) bilinearly: pixels (784, n)."""
    pixels = ink.reshape(PADDED * PADDED, -1)
    total = np.full((len(corner), pixels.shape[1]), 128, np.uint16)  # a half: the shift rounds
    for step, weight in zip((0, 1, PADDED, PADDED + 1), weights, strict=True):
        neighbour = pixels.take(corner + step, axis=0)
        neighbour *= weight
        total += neighbour
    total >>= np.uint16(8)
    return total.astype(np.uint8)
