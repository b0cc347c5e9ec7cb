"""European 1s, 4s, 7s and 9s, which MNIST's writers hardly used.

MNIST was written in the United States, where a 1 is a stroke, a 4 has a long stem, a 7 has no bar
and the stem of a 9 is straight. Elsewhere the 1 has a flag and often a foot, the 4 ends just below
its bar, the 7 has a bar, often a serif, and the stem of the 9 ends in a hook. A network that is
also trained on MNIST's digits redrawn in these ways reads both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitnet.images.form.mnist import SIDE

_DARK = 100  # least brightness of a pixel inside the stroke, not at its edge
_CHUNK = 500

Floats = NDArray[np.floating[Any]]
Rows = NDArray[np.integer[Any]]


def draw_european(
    images: NDArray[np.uint8],
    labels: NDArray[np.integer[Any]],
    rng: np.random.Generator,
    share: float,
) -> NDArray[np.uint8]:
    """Draw flags and feet on some 1s, bars on some 7s, hooks on some 9s; shorten some 4s.

    Parameters
    ----------
    images : ndarray of uint8, shape (N, 28, 28)
        In MNIST's form, light ink on a dark ground.
    labels : ndarray of int, shape (N,)
    rng : numpy.random.Generator
        Chooses the digits and draws angles and lengths.
    share : float
        Fraction of the 1s, 4s, 7s and 9s to change, 0 to 1.

    Returns
    -------
    ndarray of uint8, shape (N, 28, 28)
        A new array.
    """
    changed: NDArray[np.uint8] = np.array(images)
    for digit, redrawn in (
        (1, _with_flag_and_foot),
        (4, _with_short_stem),
        (7, _with_bar_and_serif),
        (9, _with_hook),
    ):
        picked = np.flatnonzero((labels == digit) & (rng.random(len(labels)) < share))
        for first in range(0, len(picked), _CHUNK):
            some = picked[first : first + _CHUNK]
            changed[some] = redrawn(_Stems.of(changed[some]), rng).astype(np.uint8)
    return changed


@dataclass(frozen=True)
class _Stems:
    """First and last row of the ink: each of shape (n,), in pixels."""

    top: Rows
    bottom: Rows
    x_top: Floats
    x_bottom: Floats
    width: Floats
    images: Floats

    @classmethod
    def of(cls, images: NDArray[np.uint8]) -> _Stems:
        ink = images.astype(np.float32)
        rows = np.any(images > _DARK, axis=2)
        top, bottom = rows.argmax(axis=1), SIDE - 1 - rows[:, ::-1].argmax(axis=1)
        edge = np.abs(np.diff(ink, axis=1)).sum(axis=(1, 2))
        edge += np.abs(np.diff(ink, axis=2)).sum(axis=(1, 2))
        # A stroke of length l and width w has an edge of 2 l and an area of l w.
        width = np.clip(2.4 * ink.sum(axis=(1, 2)) / np.maximum(edge, 1), 1.3, 4)
        return cls(top, bottom, _middle(ink, top), _middle(ink, bottom), width, ink)

    @property
    def height(self) -> Floats:
        return np.asarray(self.bottom - self.top, np.float64)


def _middle(ink: Floats, row: Floats | Rows) -> Floats:
    """Centroid of the ink in one row of each image."""
    line = ink[np.arange(len(ink)), row.astype(int)]
    middle: Floats = line @ np.arange(SIDE) / np.maximum(line.sum(axis=1), 1)
    return middle


def _with_flag_and_foot(stems: _Stems, rng: np.random.Generator) -> Floats:
    """Draw a flag on most and a foot on some; each gets at least one of them."""
    n, w, h = len(stems.top), stems.width, stems.height
    lean = np.arctan2(stems.x_bottom - stems.x_top, np.maximum(h, 1))
    angle = lean - np.radians(rng.uniform(20, 65, n))  # from straight down, towards the left
    length = h * rng.uniform(0.15, 0.5, n)
    y, x = stems.top + w / 3, stems.x_top
    flag = _line(y, x, y + length * np.cos(angle), x + length * np.sin(angle), w)
    half, tilt = h * rng.uniform(0.1, 0.3, n), rng.normal(0, 0.06, n)
    y, x = stems.bottom - w / 3, stems.x_bottom
    foot = _line(y - tilt * half, x - half, y + tilt * half, x + half, w)
    flagged = rng.random(n) < 0.85
    footed = (rng.random(n) < 0.3) | ~flagged
    ink = np.maximum(flag * flagged[:, None, None], foot * footed[:, None, None])
    return np.maximum(stems.images, ink)


def _with_short_stem(stems: _Stems, rng: np.random.Generator) -> Floats:
    """Cut the stem off below the bar, the row with the most ink of the lower two thirds."""
    y = np.arange(SIDE)
    lower = y > (stems.top + 0.35 * stems.height)[:, None]
    bar = np.where(lower, stems.images.sum(axis=2), 0).argmax(axis=1)
    left = (stems.bottom - bar) * rng.uniform(0.2, 0.8, len(bar))
    end = bar + np.maximum(stems.width, left)
    return np.asarray(stems.images * np.clip(end[:, None] - y, 0, 1)[:, :, None])


def _with_bar_and_serif(stems: _Stems, rng: np.random.Generator) -> Floats:
    """Draw a bar, longer to the left and often hanging there; sometimes a serif at the start."""
    n, h, w = len(stems.top), stems.height, 0.85 * stems.width
    y = np.rint(stems.top + h * rng.uniform(0.4, 0.65, n))
    x, left, right = _middle(stems.images, y), *(h * rng.uniform(0.1, 0.4, (2, n)))
    rise = rng.normal(0, 0.15, n)
    hang = left * np.maximum(0, rng.normal(0.2, 0.5, n))
    bend = x - left * rng.uniform(0.4, 0.8, n)
    at_bend = y + rise * (x - bend)
    bar = np.maximum(
        _line(at_bend, bend, y - rise * right, x + right, w),
        _line(at_bend, bend, at_bend + rise * (bend - x + left) + hang, x - left, w),
    )
    start_y, start_x = _leftmost(stems)
    length = h * rng.uniform(0.1, 0.3, n)
    serif = _line(start_y, start_x, start_y + length, start_x - rng.normal(0, 1, n), w)
    ink = np.maximum(bar, serif * (rng.random(n) < 0.4)[:, None, None])
    return np.maximum(stems.images, ink)


def _leftmost(stems: _Stems) -> tuple[Floats, Floats]:
    """Row and column of the leftmost ink in the upper third."""
    y = np.arange(SIDE)[:, None]
    upper = (y < (stems.top + stems.height / 3)[:, None, None]) & (stems.images > _DARK)
    column = upper.any(axis=1).argmax(axis=1)
    row = upper[np.arange(len(upper)), :, column].argmax(axis=1)
    return row.astype(np.float64), column.astype(np.float64)


def _with_hook(stems: _Stems, rng: np.random.Generator) -> Floats:
    n, w = len(stems.top), stems.width
    length, sink = rng.uniform(4, 11, n), rng.uniform(0, 2, n)
    y, x = stems.bottom - w / 2, stems.x_bottom
    turn_y, turn_x = y + sink, x - length / 2
    end_y = turn_y + rng.uniform(-2.5, 1, n)
    ink = np.maximum(_line(y, x, turn_y, turn_x, w), _line(turn_y, turn_x, end_y, x - length, w))
    return np.maximum(stems.images, ink)


def _line(y0: Floats, x0: Floats, y1: Floats, x1: Floats, width: Floats) -> Floats:
    """Anti-aliased strokes with round ends: 255 clip(width/2 + ½ - distance, 0, 1)."""
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    y0, x0, y1, x1, width = (
        np.asarray(a, np.float32)[:, None, None] for a in (y0, x0, y1, x1, width)
    )
    dy, dx = y1 - y0, x1 - x0
    along = ((y - y0) * dy + (x - x0) * dx) / np.maximum(dy * dy + dx * dx, 1e-6)
    along = np.clip(along, 0, 1)
    distance = np.hypot(y - y0 - along * dy, x - x0 - along * dx)
    ink: Floats = 255 * np.clip(width / 2 + 0.5 - distance, 0, 1)
    return ink
