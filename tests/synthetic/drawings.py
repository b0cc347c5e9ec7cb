"""Digits drawn in a paint program, and digits of a few pixels."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .camera import encoded
from .photos import GREEN, RED, Level
from .scene import mixed, placed
from .writing import Colour, strokes


def drawing(
    digit: NDArray[np.uint8],
    level: Level,
    side: tuple[int, int],
    rng: np.random.Generator,
    opaque: bool,
) -> io.BytesIO:
    """A brush on an even ground of a paint program, hard or soft, of either polarity."""
    length = int(rng.integers(side[0], side[1], endpoint=True))
    weight = rng.uniform(*((1.6, 2.8), (1.1, 3.6), (0.6, 4.6))[level])
    square = round(rng.uniform((0.7, 0.5, 0.3)[level], 1) * length)
    softness = float(rng.choice([0.0, 1.0, 0.05 * square * level]))
    ink = placed(strokes(digit, square, weight, softness), (length, length), 0, rng)
    ends: tuple[Colour, Colour] = ((0, 0, 0), (1, 1, 1))
    brush, ground = ends if rng.integers(2) else ends[::-1]
    if level:
        brush = (brush, RED, GREEN, (0.1, 0.25, 0.95))[rng.integers(4)]
    page = mixed(np.broadcast_to(np.array(ground, np.float32), (*ink.shape, 3)), brush, ink)
    if not opaque:
        page = np.dstack([np.broadcast_to(np.array(brush, np.float32), page.shape), ink])
    return encoded(page, None)


def tiny(digit: NDArray[np.uint8], level: Level, rng: np.random.Generator) -> io.BytesIO:
    """The digit's own 28 × 28, averaged to 16 × 16 or 12 × 12, its inner part to 8 × 8."""
    length = (16, 12, 8)[level]
    inner = digit[4:24, 4:24] if level == 2 else digit
    small = Image.fromarray(inner).resize((length, length), Image.Resampling.BOX)
    page = np.asarray(small, dtype=np.float32) / np.float32(255)
    return encoded(1 - page if rng.integers(2) else page, None)
