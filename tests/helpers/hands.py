"""Digits as hands draw them on the page's paper: strokes of points from 0 to 280."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digitnet.synthesis.drawn import WAYS
from digitnet.synthesis.pen import bent

Line = NDArray[np.float64]

_MIDDLE = (4.0, 4.5)
_PAPER = 140.0
_EVERY = 3  # of the points of a smooth line, those that a hand's events have


def drawing(digit: int, rng: np.random.Generator) -> list[Line]:
    """One of the ways to write a digit, a little slanted, shifted, unsteady, large or small."""
    way = WAYS[digit][rng.integers(len(WAYS[digit]))]
    unit, slant = rng.uniform(14, 23), rng.normal(0, 0.12)
    missed = {point: rng.normal(0, 0.2, 2) for _, s in way for point in map(tuple, s.tolist())}
    shift = rng.uniform(-15, 15, 2) + _PAPER
    lines = []
    for bends, points in way:
        at = points + [missed[point] for point in map(tuple, points.tolist())] - _MIDDLE
        at = unit * (at @ np.array([[1.0, 0.0], [-slant, 1.0]]))
        if bends:
            line = bent(at)
            at = np.vstack([line[:-1:_EVERY], line[-1:]])
        lines.append(at + shift)
    return lines
