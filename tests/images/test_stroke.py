"""Stroke weights, against hand arithmetic and SciPy's distances."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from digitnet.images.form.mnist import to_mnist
from digitnet.images.form.stroke import STROKES, ink_width, reweighted


@pytest.mark.parametrize("width", [1, 2, 5, 10])
def test_the_width_of_a_long_bar_is_measured(width: int) -> None:
    bar = np.zeros((400, 30), dtype=np.float32)
    bar[:, 5 : 5 + width] = 1
    assert ink_width(bar) == pytest.approx(width, rel=0.03)


def _ring(width: float, side: int = 200) -> NDArray[np.float32]:
    """A circle of a width in pixels of MNIST's box, filling a square."""
    half = width * side / 40
    y, x = np.mgrid[0:side, 0:side] - (side - 1) / 2
    radius = np.hypot(y, x)
    ink = (half + 0.5 - np.abs(radius - (side / 2 - half))).clip(0, 1)
    return np.asarray(ink, dtype=np.float32)


@pytest.mark.parametrize(
    ("width", "least", "most"), [(0.1, 1.7, 2.5), (1, 1.7, 2.5), (6, 2.4, 3.6)]
)
def test_hairlines_and_blots_are_brought_to_mnists_weight(
    width: float, least: float, most: float
) -> None:
    seen = to_mnist(_ring(width)).astype(np.float32) / np.float32(255)
    assert least < ink_width(seen) < most
    assert ndimage.label(seen < 0.3)[1] == 2  # the hole stays open, and the ring closed


def test_strokes_of_mnists_weight_are_left_alone() -> None:
    ring = _ring(2.4)
    assert reweighted(ring, STROKES) is ring
