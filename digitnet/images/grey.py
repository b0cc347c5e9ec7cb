"""Grey levels with contrast between ink and paper, from a picture of any mode."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.errors import PictureError

_WIDE_MODES: Final = ("I", "F", "I;16", "I;16L", "I;16B", "I;16N")
_STRIP: Final = 1 << 20
"""Pixels of a strip that is converted at a time."""
_HALF: Final = 127.5
"""The middle of the levels of 8 bits."""


@dataclass(frozen=True)
class GreyLimits:
    """What is laid under a transparent picture, and where its colours are compared."""

    written: int = 64
    """Least difference of levels, 0 to 255, between the ink on a sheet and its paper."""
    side: int = 512
    """Pixels of the longer side at which the colour gradients are computed."""


def to_grey(
    picture: Image.Image, name: str, limits: GreyLimits = GreyLimits()
) -> NDArray[np.uint8]:
    """Convert any mode to one channel of 8 bits.

    Parameters
    ----------
    picture : PIL image
    name : str
        Its name in messages.
    limits : GreyLimits

    Returns
    -------
    ndarray of uint8, shape (height, width)

    Raises
    ------
    PictureError
        If a picture of floats contains NaN or infinity.
    """
    if picture.mode in _WIDE_MODES:
        return _stretched(picture, name)
    if picture.has_transparency_data:
        picture = _on_ground(picture, limits)
    if picture.mode in ("1", "L"):
        return np.asarray(picture.convert("L"))
    return _projected(picture if picture.mode == "RGB" else picture.convert("RGB"), limits)


def _strips(picture: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    """Top row and pixels of each strip of rows, so that a large picture is not copied."""
    rows = max(1, _STRIP // picture.width)
    for top in range(0, picture.height, rows):
        yield top, picture.crop((0, top, picture.width, min(top + rows, picture.height)))


def _in_strips(
    picture: Image.Image, levels: Callable[[Image.Image], NDArray[np.uint8]]
) -> NDArray[np.uint8]:
    """Levels of all strips."""
    grey = np.empty(picture.size[::-1], np.uint8)
    for top, strip in _strips(picture):
        grey[top : top + strip.height] = levels(strip)
    return grey


def _small(picture: Image.Image, side: int, how: Image.Resampling) -> Image.Image:
    """The picture with at most so many pixels along its longer side."""
    scale = side / max(picture.size)
    if scale >= 1:
        return picture
    width, height = (max(1, round(scale * pixels)) for pixels in picture.size)
    return picture.resize((width, height), how, reducing_gap=2.0)


def _stretched(picture: Image.Image, name: str) -> NDArray[np.uint8]:
    """255 (v - min) / (max - min): a 12-bit scan in a 16-bit file keeps its levels."""
    values = (np.asarray(strip) for _, strip in _strips(picture))
    ends = [(strip.min(), strip.max()) for strip in values]
    low, high = float(np.min(ends)), float(np.max(ends))
    if not (math.isfinite(low) and math.isfinite(high)):  # NaN if any is NaN
        raise PictureError(
            f"{name} has pixels that are not numbers.",
            "Expected finite values, found NaN or infinity.",
            "Save the picture again as an 8-bit or 16-bit PNG.",
        )
    per_level = 255 / (high - low or 1)

    def levels(strip: Image.Image) -> NDArray[np.uint8]:
        above = np.asarray(strip, dtype=np.float64) - low
        stretched: NDArray[np.uint8] = np.rint(above * per_level).astype(np.uint8)
        return stretched

    return _in_strips(picture, levels)


def _on_ground(picture: Image.Image, limits: GreyLimits) -> Image.Image:
    """Put a picture with transparency on a ground that contrasts with its ink.

    If most of the picture is opaque and has contrast, the opaque part is paper and writing, and the
    ground is the paper's colour. Otherwise the opaque part is the ink, and the ground is black
    under light ink and white under dark ink.
    """
    if picture.mode != "RGBA":
        picture = picture.convert("RGBA")
    small = _small(picture, limits.side, Image.Resampling.BICUBIC)
    pixels = np.asarray(small, dtype=np.float32).reshape(-1, 4)
    opaque = pixels[:, 3] > _HALF
    seen = pixels[opaque, :3] if opaque.any() else pixels[:, :3]
    grey = seen.mean(axis=1)
    if opaque.mean() > 0.5 and np.ptp(grey) > limits.written:
        red, green, blue = (int(level) for level in np.median(seen, axis=0))
    else:  # whichever of black and white is farther from the ink
        red = green = blue = 0 if grey.mean() > _HALF else 255
    flat = Image.new("RGB", picture.size)
    for top, strip in _strips(picture):
        ground = Image.new("RGBA", strip.size, (red, green, blue, 255))
        flat.paste(Image.alpha_composite(ground, strip).convert("RGB"), (0, top))
    return flat


def _projected(picture: Image.Image, limits: GreyLimits) -> NDArray[np.uint8]:
    """Level = e · (R, G, B), e: the main axis of the colour gradients, scaled to 0 … 255.

    In luma, red ink on green paper can vanish; along the axis of the strongest edges it cannot. The
    sum of the gradients' outer products is the colour structure tensor of Di Zenzo (Computer
    Vision, Graphics, and Image Processing 33, 1986); unlike the variance of the colours, it hardly
    depends on shadows and uneven light.
    """
    small = _small(picture, limits.side, Image.Resampling.BOX)
    pixels = np.asarray(small, dtype=np.float32)
    steps = np.concatenate(
        [np.diff(pixels, axis=0).reshape(-1, 3), np.diff(pixels, axis=1).reshape(-1, 3)]
    )
    axis = np.linalg.eigh(steps.T @ steps)[1][:, -1] if len(steps) else np.ones(3)
    axis = axis * (1.0 if axis.sum() >= 0 else -1.0)
    axis = axis / np.abs(axis).sum()
    offset = -255 * float(axis[axis < 0].sum())
    red, green, blue = (float(weight) for weight in axis)
    weights = (red, green, blue, offset)
    return _in_strips(picture, lambda strip: np.asarray(strip.convert("L", weights)))
