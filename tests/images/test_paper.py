"""Polarity, frames, and what stands out from the paper."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from digitnet.images.form.mnist import to_mnist
from digitnet.images.paper.light import LightLimits, contrast
from digitnet.images.paper.polarity import PolarityLimits, is_dark_ink
from digitnet.images.pipeline import find_ink


@pytest.fixture
def page() -> NDArray[np.uint8]:
    """Two dark strokes of six pixels on light paper, 120 × 100."""
    grey = np.full((120, 100), 220, dtype=np.uint8)
    grey[30:90, 40:46] = 60
    grey[60:66, 30:75] = 60
    return grey


def test_polarity_follows_the_strokes(page: NDArray[np.uint8]) -> None:
    assert is_dark_ink(page, PolarityLimits())
    assert not is_dark_ink(255 - page, PolarityLimits())


def test_a_patch_of_sunlight_on_a_third_of_the_page_is_not_ink(page: NDArray[np.uint8]) -> None:
    dim = np.where(np.arange(100) < 67, 0.5, 1.0)
    assert is_dark_ink((page * dim).astype(np.uint8), PolarityLimits())


@pytest.mark.parametrize("lit", [15, 20, 25])
def test_a_lit_corner_of_a_page_in_shadow_is_not_ink(page: NDArray[np.uint8], lit: int) -> None:
    y, x = np.indices(page.shape)
    light = np.where(x + y < 4 * lit, 1.0, 0.35)
    assert is_dark_ink((page * light).astype(np.uint8), PolarityLimits())


def test_a_digit_cut_out_along_its_outline_keeps_its_polarity(page: NDArray[np.uint8]) -> None:
    assert is_dark_ink(page[30:90, 30:75], PolarityLimits())
    assert not is_dark_ink(255 - page[30:90, 30:75], PolarityLimits())


@pytest.mark.parametrize("level", [0, 130])
@pytest.mark.parametrize("thickness", [1, 12])
def test_a_frame_is_no_writing(page: NDArray[np.uint8], level: int, thickness: int) -> None:
    framed = np.pad(page, thickness, constant_values=level)
    alone, within = (to_mnist(find_ink(picture).pixels) for picture in (page, framed))
    assert np.abs(within.astype(int) - alone).max() <= 8


@pytest.mark.parametrize("uneven", [False, True])
def test_contrast_is_the_missing_share_of_the_papers_light(uneven: bool) -> None:
    light = np.full((60, 60), 0.8, dtype=np.float32)
    light[:, :30] = 0.4  # a shadow
    light[20:40, 10:14] *= np.float32(0.25)
    light[20:40, 45:49] *= np.float32(0.25)
    missing, paper = contrast(light, True, 15, LightLimits(), uneven=uneven)
    expected = np.zeros((60, 60), dtype=np.float32)
    expected[20:40, 10:14] = expected[20:40, 45:49] = 0.75
    assert np.allclose(missing, expected, atol=1e-6)
    assert np.allclose(paper[:, [5, 55]], [0.4, 0.8])
