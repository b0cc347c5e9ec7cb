"""MNIST's form: the 20 × 20 box, and the centre of mass in the centre of 28 × 28."""

from __future__ import annotations

import numpy as np
import pytest

from digitnet.errors import PictureError
from digitnet.images.normalise import to_mnist


def test_ink_of_20_pixels_is_moved_but_not_resampled() -> None:
    rng = np.random.default_rng(0)
    digit = rng.integers(1, 256, (20, 12), dtype=np.uint8)
    ink = np.zeros((50, 60), dtype=np.float32)
    ink[3:23, 40:52] = digit / np.float32(255)
    seen = to_mnist(ink)
    rows, columns = np.nonzero(seen)
    assert np.array_equal(
        seen[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1], digit
    )


def test_the_centre_of_mass_lies_in_the_centre_pixel() -> None:
    ink = np.zeros((20, 20), dtype=np.float32)
    ink[:, :4] = 1
    ink[16:, :] = 1
    seen = to_mnist(ink).astype(float)
    y, x = np.arange(28) @ seen.sum(axis=1), np.arange(28) @ seen.sum(axis=0)
    assert abs(y / seen.sum() - 14) <= 0.5
    assert abs(x / seen.sum() - 14) <= 0.5


@pytest.mark.parametrize(("height", "width"), [(200, 100), (100, 200), (7, 3), (2000, 1), (1, 1)])
def test_the_aspect_is_kept_and_the_longer_side_is_20(height: int, width: int) -> None:
    seen = to_mnist(np.ones((height, width), dtype=np.float32))
    scale = 20 / max(height, width)
    assert np.count_nonzero(seen.any(axis=1)) == max(1, round(height * scale))
    assert np.count_nonzero(seen.any(axis=0)) == max(1, round(width * scale))


def test_scaling_down_averages_areas() -> None:
    ink = np.tile(np.array([[1, 0], [0, 0]], dtype=np.float32), (20, 20))
    ink[-1, -1] = 1e-3
    assert set(np.unique(to_mnist(ink))) == {0, 64}


def test_a_picture_without_ink_is_refused() -> None:
    with pytest.raises(PictureError, match="no digit"):
        to_mnist(np.zeros((9, 9), dtype=np.float32))
