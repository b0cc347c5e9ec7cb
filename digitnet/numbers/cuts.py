"""Cut a piece in which digits may touch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.images.measure.morphology import Grey

Path = NDArray[np.int64]


@dataclass(frozen=True)
class CutLimits:
    """Limits of the cuts of a piece."""

    rows: int = 40
    """Height in pixels to which tall writing is reduced before the search."""
    step: float = 0.06
    """Distance between windows, as a fraction of the writing's height."""
    reach: float = 0.12
    """Half of a window, as a fraction of the writing's height."""
    sideways: float = 0.15
    """Cost of a step to the side, in pixels of full ink."""
    dearest: float = 0.5
    """Most ink of a path, by the writing's height; more cuts a stroke along its length."""
    least_part: float = 0.008
    """Least ink of a part, by the square of the writing's height."""


def cuts(
    ink: Grey, height: float, limits: CutLimits = CutLimits()
) -> tuple[list[Path], list[float]]:
    """Paths from top to bottom that cross the least ink, from left to right, and their costs.

    A path moves down by a row and to the side by at most one column, as in the removal of
    seams (Avidan and Shamir, ACM Transactions on Graphics 26, 2007); for touching characters:
    Wang and Jean, "Segmentation of merged characters by neural networks and shortest path",
    Pattern Recognition 27, 1994. The best path of each of several overlapping windows is taken.

    Parameters
    ----------
    ink : ndarray of float32, shape (rows, columns)
        A connected piece: 0 paper, 1 ink.
    height : float
        Height of the writing, in pixels.
    limits : CutLimits

    Returns
    -------
    paths : list of ndarray of int64, shape (rows,)
        First column right of the cut, at each row. Paths do not cross.
    costs : list of float
        Crossed ink, as a fraction of the height.
    """
    factor = max(1, round(height / limits.rows))
    small = np.asarray(Image.fromarray(ink).reduce(factor)) if factor > 1 else ink
    reach = round(limits.reach * height / factor)
    middles = np.arange(1, small.shape[1], max(1, round(limits.step * height / factor)))
    found, costs = _cheapest(small, middles, reach, limits.sideways)
    costs = costs * factor / height
    paths = np.repeat(found * factor, factor, axis=1)[:, : len(ink)]
    cheap = costs <= limits.dearest
    paths, costs = np.minimum(paths[cheap], ink.shape[1]), costs[cheap]
    return _apart(ink, paths, costs, limits.least_part * height**2)


def _cheapest(
    ink: Grey, middles: Path, reach: int, sideways: float
) -> tuple[Path, NDArray[np.float64]]:
    """Cheapest path within each window: shape (windows, rows), and its cost."""
    wall = np.float32(len(ink))
    padded = np.pad(ink, ((0, 0), (reach, reach)), constant_values=wall)
    # A cut before the first column or after the last would not divide the piece.
    padded[:, reach] = wall
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1, axis=1)
    windows = windows[:, middles]
    total = windows[0].astype(np.float64)
    steps = np.zeros(windows.shape, dtype=np.int8)
    for row in range(1, len(ink)):
        edged = np.pad(total, ((0, 0), (1, 1)), constant_values=np.inf)
        ways = np.stack([edged[:, :-2] + sideways, total, edged[:, 2:] + sideways])
        steps[row] = ways.argmin(axis=0) - 1
        total = windows[row] + ways.min(axis=0)
    at = total.argmin(axis=1)
    costs = total.min(axis=1)
    every = np.arange(len(middles))
    paths = np.empty((len(middles), len(ink)), dtype=np.int64)
    for row in range(len(ink) - 1, -1, -1):
        paths[:, row] = middles + at - reach
        at = at + steps[row, every, at]
    return paths, costs


def _apart(
    ink: Grey, paths: Path, costs: NDArray[np.float64], least: float
) -> tuple[list[Path], list[float]]:
    """Paths with ink between them; of those without, the cheapest."""
    before = np.pad(ink.astype(np.float64).cumsum(axis=1), ((0, 0), (1, 0)))
    rows = np.arange(len(ink))

    def left_of(path: Path) -> float:
        return float(before[rows, path].sum())

    kept: list[Path] = []
    prices: list[float] = []
    whole = float(ink.sum())
    for i in np.argsort(paths.mean(axis=1), kind="stable"):
        path = np.maximum(paths[i], kept[-1]) if kept else paths[i]
        if not least <= left_of(path) <= whole - least:
            continue
        if not kept or left_of(path) - left_of(kept[-1]) >= least:
            kept.append(path)
            prices.append(float(costs[i]))
        elif costs[i] < prices[-1]:
            kept[-1], prices[-1] = path, float(costs[i])
    return kept, prices
