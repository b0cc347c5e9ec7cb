"""Finding ink: polarity, uneven light, and the absence of ink."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from digitnet.images.way import find_ink


@pytest.fixture
def four() -> NDArray[np.uint8]:
    """An open 4 in light ink (255) on a dark ground (0), 80 × 60."""
    picture = Image.new("L", (60, 80))
    pen = ImageDraw.Draw(picture)
    pen.line([(20, 15), (15, 45), (45, 45)], fill=255, width=6)
    pen.line([(38, 20), (34, 68)], fill=255, width=6)
    return np.asarray(picture)


@pytest.mark.parametrize("dark", [True, False])
def test_clean_ink_comes_back_as_it_was_drawn(four: NDArray[np.uint8], dark: bool) -> None:
    found = find_ink(255 - four if dark else four)
    assert found.mended.dark_ink is dark
    assert found.scale == 1
    assert np.array_equal(found.pixels, four / np.float32(255))


@pytest.mark.parametrize("dark", [True, False])
def test_faint_ink_is_brought_to_full_strength(four: NDArray[np.uint8], dark: bool) -> None:
    faint = np.where(four > 0, 120, 100 + 40 * dark).astype(np.uint8)
    assert np.array_equal(find_ink(faint).pixels, four / np.float32(255))


def test_a_gradient_of_light_is_not_ink(four: NDArray[np.uint8]) -> None:
    light = np.linspace(90, 250, 80)[:, np.newaxis]
    uneven = (light * np.where(four > 0, 0.4, 1.0)).astype(np.uint8)
    assert np.array_equal(find_ink(uneven).pixels > 0.5, four > 0)


@pytest.mark.parametrize("level", [0, 128, 255])
def test_even_paper_holds_no_ink(level: int) -> None:
    assert not find_ink(np.full((40, 40), level, dtype=np.uint8)).pixels.any()


def test_a_picture_larger_than_the_working_size_is_reduced() -> None:
    large = np.full((3300, 1700), 255, dtype=np.uint8)
    large[1000:2000, 800:860] = 0
    found = find_ink(large)
    assert found.scale == 3
    assert found.pixels.shape == (1100, 567)
