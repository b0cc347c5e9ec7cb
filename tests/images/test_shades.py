"""Empty paper holds no digit, and a faint one on the same paper is still found."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from digitnet.images.picture import open_picture
from digitnet.images.way import find_ink
from tests.synthetic.empty import EMPTY, empty
from tests.synthetic.score import chosen

# Ruled and squared pages and table tops are not told from writing as well yet.
PLAIN = ("even paper", "slope of light", "rough wall")


@pytest.mark.parametrize("side", [64, 240, 420])
@pytest.mark.parametrize("kind", PLAIN)
def test_empty_paper_holds_no_ink(kind: str, side: int) -> None:
    for seed in range(3):
        file = empty(kind, (side, side + 40), 0.008 * seed, (None, 85, 40)[seed], seed)
        assert not find_ink(open_picture(file)).pixels.any()


@pytest.mark.parametrize("kind", PLAIN)
def test_a_pencil_digit_on_the_same_paper_is_found(kind: str) -> None:
    for seed in range(3):
        page = open_picture(empty(kind, (240, 280), 0.008 * seed, None, seed)).astype(float)
        digit = Image.fromarray(chosen(seed)[0]).resize((112, 112), Image.Resampling.BICUBIC)
        written = np.zeros_like(page)
        written[60:172, 80:192] = np.asarray(digit) / 255
        found = find_ink((page * (1 - 0.3 * written)).astype(np.uint8)).pixels > 0.5
        assert found[written > 0.7].mean() > 0.9
        assert not found[:50].any()


@pytest.mark.slow
def test_most_pictures_of_nothing_hold_no_ink() -> None:
    """Of every kind, size and noise."""
    read = 0
    for n, kind in enumerate(EMPTY * 12):
        side = (48, 110, 240, 420)[n // len(EMPTY) % 4]
        file = empty(kind, (side, side + n), 0.004 * (n % 5), (None, 85, 40)[n % 3], n)
        read += bool(find_ink(open_picture(file)).pixels.any())
    assert read <= 0.3 * 12 * len(EMPTY)
