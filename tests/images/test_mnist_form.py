"""MNIST's form: the 20 × 20 box, and the centre of mass in the centre of 28 × 28."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from digitnet.errors import PictureError
from digitnet.images.form.mnist import to_mnist


def _seven(height: int, width: int, stroke: int) -> NDArray[np.float32]:
    """A 7 of two straight strokes, in hard ink."""
    ink = np.zeros((height, width), dtype=np.float32)
    ink[:stroke] = 1
    ink[:, -stroke:] = 1
    return ink


def test_a_digit_in_mnists_form_is_moved_but_not_changed() -> None:
    digit = _seven(20, 14, 2)
    digit[2, :12] = np.float32(100 / 255)
    ink = np.pad(digit, ((3, 27), (40, 6)))
    seen = to_mnist(ink)
    rows, columns = np.nonzero(seen)
    cut = seen[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    assert np.array_equal(cut, np.rint(255 * digit))


def test_the_centre_of_mass_lies_in_the_centre_pixel() -> None:
    seen = to_mnist(_seven(20, 16, 3)).astype(float)
    y, x = np.arange(28) @ seen.sum(axis=1), np.arange(28) @ seen.sum(axis=0)
    assert abs(y / seen.sum() - 14) <= 0.5
    assert abs(x / seen.sum() - 14) <= 0.5


@pytest.mark.parametrize(("height", "width"), [(200, 100), (100, 200), (40, 30), (10, 8)])
def test_the_aspect_is_kept_and_the_longer_side_is_20(height: int, width: int) -> None:
    seen = to_mnist(_seven(height, width, round(0.12 * max(height, width))))
    scale = 20 / max(height, width)
    assert np.count_nonzero(seen.any(axis=1)) == round(height * scale)
    assert np.count_nonzero(seen.any(axis=0)) == round(width * scale)


def test_scaling_down_averages_areas() -> None:
    ink = _seven(80, 60, 10)  # a stroke of two and a half pixels
    seen = to_mnist(ink)
    assert sorted(np.unique(seen)) == [0, 128, 191, 255]


@pytest.mark.parametrize("size", [(1, 1), (2000, 1), (1, 300), (2, 3)])
def test_a_dot_and_a_line_are_digits_too(size: tuple[int, int]) -> None:
    seen = to_mnist(np.ones(size, dtype=np.float32))
    assert seen.max() > 200
    assert 1 <= np.count_nonzero(seen.any(axis=1)) <= 20


def test_a_picture_without_ink_is_refused() -> None:
    with pytest.raises(PictureError, match="no digit"):
        to_mnist(np.zeros((9, 9), dtype=np.float32))
