"""Draw the strokes of a letter or a digit, with the variation between writers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Points = NDArray[np.float64]
Stroke = tuple[bool, Points]
"""Whether it is curved, and its points, (n, 2): right and down, 9 units from top to baseline."""

_PAGE: Final = 96
_UNIT: Final = 0.6 * _PAGE / 9
_MIDDLE: Final = (4.0, 5.0)


def strokes(text: str) -> list[Stroke]:
    """Parse strokes: ``0,0 7,0 2,9 | ~2,5 7,4`` are two, of which the second is curved."""
    found = []
    for one in text.split("|"):
        bends = one.strip().startswith("~")
        points = [point.split(",") for point in one.strip().lstrip("~").split()]
        found.append((bends, np.array(points, np.float64)))
    return found


def in_a_hand(
    drawn: Sequence[Stroke],
    rng: np.random.Generator,
    *,
    slant: float,
    widths: tuple[float, float],
    steady: tuple[float, float],
) -> NDArray[np.float32]:
    """Draw strokes as one writer would.

    Parameters
    ----------
    drawn : sequence of Stroke
    rng : numpy.random.Generator
    slant : float
        Standard deviation of the slant, in units to the right for each upwards.
    widths : tuple of float
        Least and most width, by that of the given strokes.
    steady : tuple of float
        Least and most standard deviation of the error of a point, in units.

    Returns
    -------
    ndarray of float32
        Ink from 0 to 1.
    """
    turn, jitter = rng.normal(0, 0.09), rng.uniform(*steady)
    affine = np.array([[rng.uniform(*widths), turn - rng.normal(slant / 2, slant)], [-turn, 1.0]])
    missed = {point: rng.normal(0, jitter, 2) for _, s in drawn for point in map(tuple, s.tolist())}
    moved = []
    for bends, points in drawn:
        at = points + [missed[point] for point in map(tuple, points.tolist())]
        at = (at + rng.normal(0, 0.15, 2) - _MIDDLE) @ affine.T
        moved.append(bent(at) if bends else at)
    return inked(moved, _UNIT, rng)


def bent(points: Points) -> Points:
    """A smooth line through points (Catmull and Rom 1974)."""
    ends = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    before, here, there, after = ends[:-3], ends[1:-2], ends[2:-1], ends[3:]
    t = np.linspace(0, 1, 8)[:, np.newaxis, np.newaxis]
    line = here + 0.5 * (
        t * (there - before)
        + t**2 * (2 * before - 5 * here + 4 * there - after)
        + t**3 * (3 * here - before - 3 * there + after)
    )
    smooth: Points = line.transpose(1, 0, 2).reshape(-1, 2)
    return smooth


def inked(lines: Sequence[Points], unit: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Draw lines with one pen, with soft edges.

    Parameters
    ----------
    lines : sequence of ndarray, shape (n, 2)
        Right and down from the middle of the page.
    unit : float
        Unit of their coordinates, in pixels of a page that is drawn at twice its size.
    rng : numpy.random.Generator
        Chooses the pen.
    """
    page = Image.new("L", (_PAGE, _PAGE))
    width = round(_PAGE * rng.uniform(0.05, 0.14))
    pen = ImageDraw.Draw(page)
    for line in lines:
        at = [tuple(point) for point in (_PAGE / 2 + unit * line).tolist()]
        pen.line(at, 255, width, "curve")
        for x, y in (at[0], at[-1]):
            pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), 255)
    return np.asarray(page.reduce(2), np.float32) / np.float32(255)
