"""Connected components, against SciPy's."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from digitnet.images.measure.components import components


@pytest.mark.parametrize("share", [0.0, 0.1, 0.35, 0.5, 0.8, 1.0])
@pytest.mark.parametrize("shape", [(1, 1), (1, 30), (40, 1), (37, 53)])
def test_random_masks_fall_apart_as_in_scipy(share: float, shape: tuple[int, int]) -> None:
    mask = np.random.default_rng(1).random(shape) < share
    found = components(mask)
    labels, count = ndimage.label(mask, structure=np.ones((3, 3)))
    assert np.array_equal(found.labels + 1, labels)
    assert np.array_equal(found.areas, np.bincount(labels.ravel(), minlength=count + 1)[1:])
    slices = ndimage.find_objects(labels)
    assert found.boxes.tolist() == [[x.start, y.start, x.stop, y.stop] for y, x in slices]


def test_a_spiral_is_one_component() -> None:
    y, x = np.mgrid[-60:61, -60:61]
    turn = np.hypot(x, y) / 10 - np.arctan2(y, x) / (2 * np.pi)
    mask = (turn - np.floor(turn) < 0.5) & (np.hypot(x, y) < 58)
    _, count = ndimage.label(mask, structure=np.ones((3, 3)))
    assert len(components(mask).areas) == count
