"""What is on the paper before anyone writes, and the light that falls on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from .writing import Grey

Shape = tuple[int, int]


def ruling(
    shape: Shape, spacing: float, thickness: float, squared: bool, rng: np.random.Generator
) -> Grey:
    """Lines across the page, of a slight slope, and for squared paper down the page as well.

    Parameters
    ----------
    shape : tuple of int
        Height and width, in pixels.
    spacing, thickness : float
        In pixels.
    squared : bool

    Returns
    -------
    ndarray of float32, shape (height, width)
        1 on a line, 0 between.
    """
    y, x = np.indices(shape, dtype=np.float32)
    slope = rng.uniform(-0.02, 0.02)
    ways = [y + slope * x, x - slope * y][: 1 + squared]
    lines = np.zeros(shape, np.float32)
    for way in ways:
        from_line = np.abs((way + rng.uniform(0, spacing)) % spacing - spacing / 2)
        np.maximum(lines, (thickness / 2 + 0.5 - from_line).clip(0, 1), out=lines)
    return lines


def guilloche(shape: Shape, spacing: float, rng: np.random.Generator) -> Grey:
    """Two families of fine waves that cross, as on cheques and banknotes: 1 on a line.

    Parameters
    ----------
    shape : tuple of int
        Height and width, in pixels.
    spacing : float
        From one wave to the next, in pixels. Each is some seven tenths of a pixel thick, or a
        sixth of the spacing.
    """
    y, x = np.indices(shape, dtype=np.float32)
    lines = np.zeros(shape, np.float32)
    first = rng.uniform(0, np.pi)
    for angle in (first, first + rng.uniform(0.5, 1.2)):
        along = np.float32(np.cos(angle)) * x + np.float32(np.sin(angle)) * y
        across = np.float32(np.cos(angle)) * y - np.float32(np.sin(angle)) * x
        length = rng.uniform(4, 10) * spacing
        swing = rng.uniform(0.5, 1.5) * spacing * np.sin(2 * np.pi / length * along)
        from_line = np.abs((across + swing + rng.uniform(0, spacing)) % spacing - spacing / 2)
        thick = max(0.7, spacing / 6)
        np.maximum(lines, (thick / 2 + 0.5 - from_line).clip(0, 1), out=lines)
    return lines


def specks(shape: Shape, count: int, largest: float, rng: np.random.Generator) -> Grey:
    """Round specks, their radius drawn evenly up to ``largest`` pixels: 1 on a speck."""
    spots = np.zeros(shape, np.float32)
    for _ in range(count):
        radius = rng.uniform(0.3, 1) * largest
        middle = rng.uniform((0, 0), shape)
        top, left = np.maximum(middle - radius - 1, 0).astype(int)
        bottom, right = np.ceil(middle + radius + 1).astype(int)
        around = spots[top:bottom, left:right]
        y, x = np.indices(around.shape) + np.array([[[top]], [[left]]]) - middle[:, None, None]
        np.maximum(around, (radius + 0.5 - np.hypot(y, x)).clip(0, 1), out=around)
    return spots


def gradient(shape: Shape, fall: float, rng: np.random.Generator) -> Grey:
    """Light that falls evenly from 1 at one side to 1 - ``fall`` at the other."""
    across = _across(shape, rng)
    low, high = across.min(), across.max()
    light: Grey = 1 - np.float32(fall) * (across - low) / (high - low)
    return light


def shadow(shape: Shape, depth: float, softness: float, rng: np.random.Generator) -> Grey:
    """Light of 1, and of 1 - ``depth`` beyond an edge through the middle part of the page.

    Parameters
    ----------
    shape : tuple of int
    depth : float
        Share of the light that is missing in the shadow.
    softness : float
        Standard deviation of the edge, as a share of the page's shorter side.
    """
    height, width = shape
    bend = rng.uniform(-0.3, 0.3) * np.sin(np.linspace(0, np.pi, width, dtype=np.float32))
    beyond = _across(shape, rng) + np.float32(rng.uniform(-0.25, 0.25)) + bend > 0
    soft = ndimage.gaussian_filter(beyond.astype(np.float32), softness * min(height, width))
    light: Grey = 1 - np.float32(depth) * soft
    return light


def _across(shape: Shape, rng: np.random.Generator) -> NDArray[np.float32]:
    """Distance from a line through the middle, in a random direction; the page is some 1 wide."""
    angle = rng.uniform(0, 2 * np.pi)
    y = np.linspace(-0.5, 0.5, shape[0], dtype=np.float32)[:, None]
    x = np.linspace(-0.5, 0.5, shape[1], dtype=np.float32)
    across: NDArray[np.float32] = np.float32(np.cos(angle)) * y + np.float32(np.sin(angle)) * x
    return across
