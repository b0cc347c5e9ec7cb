"""Grey-scale morphology, against SciPy's."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from digitnet.images.measure.morphology import closing, dilation, erosion, opening


@pytest.mark.parametrize("size", [1, 3, 5, 9, 31, 101])
def test_squares_agree_with_scipy(size: int) -> None:
    picture = np.random.default_rng(0).random((23, 40)).astype(np.float32)
    least, most = -np.inf, np.inf
    dilated = ndimage.maximum_filter(picture, size, mode="constant", cval=least)
    eroded = ndimage.minimum_filter(picture, size, mode="constant", cval=most)
    closed = ndimage.minimum_filter(dilated, size, mode="constant", cval=most)
    opened = ndimage.maximum_filter(eroded, size, mode="constant", cval=least)
    for own, reference in (
        (dilation(picture, size), dilated),
        (erosion(picture, size), eroded),
        (closing(picture, size), closed),
        (opening(picture, size), opened),
    ):
        assert np.array_equal(own, reference)


def test_a_rectangle_has_a_height_and_a_width() -> None:
    picture = np.zeros((9, 9), dtype=np.float32)
    picture[4, 4] = 1
    assert np.argwhere(dilation(picture, (1, 5))).tolist() == [[4, x] for x in range(2, 7)]
