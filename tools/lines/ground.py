"""The paper that a line is written on: its pattern, its grain, and where the picture was cut."""

from __future__ import annotations

import numpy as np
from PIL import Image

from digitnet.images.measure.morphology import Grey

_SMOOTH = Image.Resampling.BICUBIC
_KERNEL = 3  # pixels on each side of a blur


def blurred(page: Grey, deviation: float) -> Grey:
    """Blur by a Gaussian of so many pixels' standard deviation."""
    if deviation < 0.2:
        return page
    weights = np.exp(-0.5 * (np.arange(-_KERNEL, _KERNEL + 1) / deviation) ** 2)
    weights /= weights.sum()
    padded = np.pad(page, _KERNEL, mode="edge")
    down = sum(w * padded[i : i + page.shape[0]] for i, w in enumerate(weights))
    across = sum(w * down[:, i : i + page.shape[1]] for i, w in enumerate(weights))
    return np.asarray(across, np.float32)


def dried(page: Grey, rng: np.random.Generator) -> Grey:
    """Let the pen run dry here and there: strokes grow faint and break."""
    cell = rng.uniform(2, 16)  # pixels from one place to the next that may be otherwise
    rows, columns = (max(2, round(size / cell)) for size in page.shape)
    wet = rng.normal(rng.uniform(0.6, 1.2), rng.uniform(0.2, 0.5), (rows, columns))
    field = Image.fromarray(wet.astype(np.float32)).resize(page.shape[::-1], _SMOOTH)
    dry: Grey = page * np.clip(np.asarray(field), 0.1, 1)
    return dry


def shadowed(page: Grey, ink: float, rng: np.random.Generator) -> Grey:
    """Lay the edge of a shadow on the paper: where light turned to dark, contrast is left."""
    y, x = np.mgrid[: page.shape[0], : page.shape[1]].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    from_middle = x - rng.uniform(0, page.shape[1]), y - rng.uniform(0, page.shape[0])
    away = from_middle[0] * np.cos(angle) + from_middle[1] * np.sin(angle)
    fall = np.exp(-np.maximum(away, 0) / rng.uniform(2, 16))
    edge = rng.uniform(0.1, 0.6) * ink * fall * np.clip(away / rng.uniform(0.5, 4), 0, 1)
    shaded: Grey = page + edge * (1 - 0.7 * page)
    return shaded


def patterned(page: Grey, ink: float, rng: np.random.Generator) -> Grey:
    """Print waves or dots on the paper, as cheques have them, and give it a grain.

    Parameters
    ----------
    page : ndarray of float32
    ink : float
        Of the strokes; the pattern is fainter.
    rng : numpy.random.Generator
    """
    y, x = np.mgrid[: page.shape[0], : page.shape[1]].astype(np.float32)
    kind = rng.random()
    if kind < 0.4:
        bold = rng.uniform(0.05, 0.4) * ink * (0.6 if ink < 0.6 else 1)
        waves = [_waves(x, y, rng) for _ in range(rng.integers(1, 3))]
        page = page + bold * np.sum(waves, axis=0) * (1 - 0.7 * page)
    elif kind < 0.48:
        apart = rng.uniform(2.5, 6)
        dots = np.sin(2 * np.pi * x / apart) * np.sin(2 * np.pi * y / apart) > 0.5
        page = page + rng.uniform(0.05, 0.3) * ink * dots
    elif kind < 0.56:
        page = shadowed(page, ink, rng)
    if rng.random() < 0.6:
        grain = rng.normal(0, rng.uniform(0.005, 0.1) * ink, page.shape)
        page = page + grain.astype(np.float32)
    return blurred(page, rng.uniform(0.2, 0.6)) if rng.random() < 0.5 else page


def _waves(x: Grey, y: Grey, rng: np.random.Generator) -> Grey:
    """Wavy lines a few pixels apart."""
    angle = rng.uniform(0, np.pi) if rng.random() < 0.5 else rng.normal(np.pi / 2, 0.3)
    apart, turning = rng.uniform(2.2, 9), rng.uniform(5, 40)
    wave = rng.uniform(0, 4) * np.sin(x / turning + rng.uniform(0, 6))
    along = (x * np.cos(angle) + y * np.sin(angle) + wave) / apart
    waves = np.sin(2 * np.pi * along + rng.uniform(0, 6))
    inked: Grey = np.maximum(np.float32(0), waves - np.float32(rng.uniform(-0.5, 0.6)))
    return inked


def margin(rng: np.random.Generator) -> float:
    """Columns between the writing and the edge of the picture; below 0 the edge cuts it."""
    near = rng.random()
    return rng.uniform(-1, 2) if near < 1 / 3 else rng.uniform(2, 8 if near < 2 / 3 else 26)
