"""Empty paper holds no digit, and a faint one on the same paper is still found."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from digitnet.images.ink.shades import ShadeLimits, without_shades
from digitnet.images.ink.threshold import Contrast, ThresholdLimits
from digitnet.images.picture import open_picture
from digitnet.images.way import find_ink
from tests.synthetic.empty import EMPTY, empty
from tests.synthetic.score import chosen

# Of the other kinds a few pictures are still taken for writing.
PLAIN = ("even paper", "slope of light", "rough wall", "ruled page", "dotted page")


@pytest.mark.parametrize("side", [64, 240, 420])
@pytest.mark.parametrize("kind", PLAIN)
def test_empty_paper_holds_no_ink(kind: str, side: int) -> None:
    for seed in range(3):
        file = empty(kind, (side, side + 40), 0.008 * seed, (None, 85, 40)[seed], seed)
        assert not find_ink(open_picture(file)).pixels.any()


@pytest.mark.parametrize("kind", EMPTY)
def test_a_pencil_digit_that_is_found_on_the_same_paper_is_kept(kind: str) -> None:
    found = 0
    for seed in range(3):
        page = open_picture(empty(kind, (240, 280), 0.008 * seed, None, seed)).astype(float)
        digit = Image.fromarray(chosen(seed)[0]).resize((112, 112), Image.Resampling.BICUBIC)
        written = np.zeros_like(page)
        written[60:172, 80:192] = np.asarray(digit) / 255
        grey = (page * (1 - 0.3 * written)).astype(np.uint8)
        there, left = (find_ink(grey, leave_out=names).pixels for names in (set(), {"shades"}))
        if (left > 0.5)[written > 0.7].mean() > 0.9:
            np.testing.assert_array_equal(there, left)
            found += 1
    assert found >= 2


@pytest.mark.slow
def test_most_pictures_of_nothing_hold_no_ink() -> None:
    """Of every kind, size and noise."""
    read = 0
    for n, kind in enumerate(EMPTY * 12):
        side = (48, 110, 240, 420)[n // len(EMPTY) % 4]
        file = empty(kind, (side, side + n), 0.004 * (n % 5), (None, 85, 40)[n % 3], n)
        read += bool(find_ink(open_picture(file)).pixels.any())
    assert read <= 0.1 * 12 * len(EMPTY)


def turns(*lines: tuple[int, int, int, int], side: int = 100) -> bool:
    """Whether there is writing where these rectangles are: left, top, right, bottom."""
    values = np.zeros((side, side), np.float32)
    for left, top, right, bottom in lines:
        values[top:bottom, left:right] = 0.5
    page = Contrast.of(values, 0.04, ThresholdLimits())
    return not without_shades(page, ShadeLimits())[1]


@pytest.mark.parametrize(
    ("lines", "writing"),
    [
        ([(40, 20, 45, 60)], True),  # a 1
        ([(20, 40, 60, 45)], False),  # lying
        ([(20, 40, 60, 45), (55, 40, 60, 80)], True),  # a 7
        ([(20 + n, 20 + n, 26 + n, 26 + n) for n in range(50)], True),  # a 1 that leans by 45°
        ([(20, 40, 60, 45), (20, 55, 23, 80), (20, 77, 45, 80)], True),  # a 5 in two pieces
        ([(20, 40, 60, 45), (20, 70, 60, 74)], False),  # two that lie
        ([(40, 40, 48, 48)], False),  # a spot
        ([(40, 40, 48, 80)], True),  # a bold 1
        ([(40, 20, 42, 80)], True),  # a thin 1
        ([(5 + 9 * n, 20, 7 + 9 * n, 80) for n in range(10)], False),  # grain of wood
        ([(0, 0, 100, 12), (0, 0, 8, 100)], False),  # light that falls off
    ],
)
def test_writing_turns_or_stands_upright_and_alone(
    lines: list[tuple[int, int, int, int]], writing: bool
) -> None:
    assert turns(*lines) == writing
