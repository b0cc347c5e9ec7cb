"""Pictures of nothing: even, lit, grained, ruled and squared paper, walls and table tops."""

from __future__ import annotations

import io
from typing import Final

import numpy as np
from scipy import ndimage

from .around import table
from .camera import Page, encoded
from .paper import Shape, gradient, ruling, shadow

EMPTY: Final = (
    "even paper",
    "slope of light",
    "vignette",
    "shadow",
    "rough wall",
    "ruled page",
    "squared page",
    "dotted page",
    "table top",
)


def empty(kind: str, shape: Shape, noise: float, quality: int | None, seed: int) -> io.BytesIO:
    """A picture without a digit, as a file: the same for the same arguments.

    Parameters
    ----------
    kind : str
        One of `EMPTY`.
    shape : tuple of int
        Height and width, in pixels.
    noise : float
        Standard deviation, full white being 1.
    quality : int or None
        Of the JPEG; a PNG without.
    seed : int
    """
    rng = np.random.default_rng([EMPTY.index(kind), seed])
    page = _page(kind, shape, rng)
    grain = rng.standard_normal(shape, dtype=np.float32)[..., None] * np.float32(noise)
    return encoded(page + grain, quality)


def _page(kind: str, shape: Shape, rng: np.random.Generator) -> Page:
    """What there is instead, in grey: shape (height, width, 3)."""
    paper = np.full(shape, rng.uniform(0.6, 0.95), np.float32)
    spacing = max(12.0, rng.uniform(0.05, 0.12) * min(shape))
    if kind == "table top":
        return table(shape, (0.5, 0.38, 0.26), rng.uniform(0.05, 0.15), rng)
    if kind == "slope of light":
        paper *= gradient(shape, rng.uniform(0.2, 0.7), rng)
    elif kind == "vignette":
        up, along = (np.linspace(-0.5, 0.5, side) for side in shape)
        paper *= (1 - rng.uniform(0.3, 1) * (up[:, None] ** 2 + along**2)).astype(np.float32)
    elif kind == "shadow":
        paper *= shadow(shape, rng.uniform(0.2, 0.6), rng.choice([0.004, 0.02, 0.08]), rng)
    elif kind == "rough wall":
        noise = rng.standard_normal(shape, dtype=np.float32)
        rough = ndimage.gaussian_filter(noise, rng.uniform(1, 4))
        paper += np.float32(0.03) * (rough / rough.std())
    elif kind in {"ruled page", "squared page"}:
        lines = ruling(shape, spacing, max(1.0, spacing / 20), kind == "squared page", rng)
        paper -= np.float32(rng.uniform(0.1, 0.5)) * lines
        paper *= gradient(shape, 0.2, rng)
    elif kind == "dotted page":
        y, x = (np.arange(side) % spacing - spacing / 2 for side in shape)
        dots = (spacing / 12 + 0.5 - np.hypot(y[:, None], x)).clip(0, 1)
        paper -= np.float32(0.4) * dots.astype(np.float32)
        paper *= gradient(shape, 0.2, rng)
    return np.repeat(paper[..., None], 3, axis=2)
