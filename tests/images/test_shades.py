"""Empty paper holds no digit, and a faint one on the same paper is still found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from digitnet.images.ink.shades import ShadeLimits, without_shades
from digitnet.images.ink.threshold import Contrast, ThresholdLimits
from digitnet.images.picture import open_picture
from digitnet.images.pipeline import INK, find_ink
from tests.synthetic.empty import EMPTY, empty
from tests.synthetic.score import chosen

# A few shadows and table tops are still taken for writing.
PLAIN = tuple(kind for kind in EMPTY if kind not in {"shadow", "table top"})


@pytest.mark.parametrize("side", [64, 240, 420])
@pytest.mark.parametrize("kind", PLAIN)
def test_empty_paper_holds_no_ink(kind: str, side: int) -> None:
    for seed in range(3):
        file = empty(kind, (side, side + 40), 0.008 * seed, (None, 85, 40)[seed], seed)
        assert not find_ink(open_picture(file)).pixels.any()


def pencilled(kind: str, side: int, noise: float, seed: int) -> tuple[bool, bool]:
    """Whether a faint digit on such paper is found without the stage, and kept by it."""
    page = open_picture(empty(kind, (side, side + side // 6), noise, None, seed)).astype(float)
    size, start = int(0.47 * side), side // 4
    digit = Image.fromarray(chosen(seed)[0]).resize((size, size), Image.Resampling.BICUBIC)
    written = np.zeros_like(page)
    written[start : start + size, start : start + size] = np.asarray(digit) / 255
    grey = (page * (1 - 0.3 * written)).astype(np.uint8)
    there, left = (find_ink(grey, ink).pixels for ink in (INK, INK.without("shades")))
    return bool((left > 0.5)[written > 0.7].mean() > 0.9), np.array_equal(there, left)


@pytest.mark.parametrize("kind", EMPTY)
def test_a_pencil_digit_that_is_found_on_the_same_paper_is_kept(kind: str) -> None:
    digits = [pencilled(kind, 240, 0.008 * seed, seed) for seed in range(3)]
    kept = [is_kept for is_found, is_kept in digits if is_found]
    assert len(kept) >= 2
    assert all(kept)


@pytest.mark.slow
def test_nearly_all_pictures_of_nothing_hold_no_ink_and_faint_digits_are_kept() -> None:
    """Of every kind, size and noise."""
    read, kept = [], []
    for n, kind in enumerate(EMPTY * 36):
        side = (40, 64, 110, 240, 420, 700)[n // len(EMPTY) % 6]
        noise, quality = (0, 0.004, 0.008, 0.016, 0.03)[n % 5], (None, 85, 40)[n % 3]
        file = empty(kind, (side, side + side // 3), noise, quality, n)
        read.append(find_ink(open_picture(file)).pixels.any())
        is_found, is_kept = pencilled(kind, side, noise, n)
        kept += [is_kept] * is_found
    assert np.mean(read) <= 0.02
    assert len(kept) >= len(read) / 2
    assert np.mean(kept) >= 0.95


Lines = list[tuple[int, int, int, int]]


def turns(lines: Lines, contrast: float = 0.5, floor: float = 0.04, ruled: float = 0.0) -> bool:
    """Whether there is writing where these rectangles are: left, top, right, bottom."""
    values = np.zeros((100, 100), np.float32)
    for left, top, right, bottom in lines:
        values[top:bottom, left:right] = contrast
    page = replace(Contrast.of(values, floor, ThresholdLimits()), ruled=ruled)
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
        ([(20, 40, 80, 58), (30, 36, 70, 62)], False),  # light beside a shadow
        ([(40, 40, 48, 48)], False),  # a spot
        ([(40, 40, 48, 80)], True),  # a bold 1
        ([(40, 20, 42, 80)], True),  # a thin 1
        ([(5 + 9 * n, 20, 7 + 9 * n, 80) for n in range(10)], False),  # grain of wood
        ([(0, 0, 100, 12), (0, 0, 8, 100)], False),  # light that falls off
    ],
)
def test_writing_turns_or_stands_upright_and_alone(lines: Lines, writing: bool) -> None:
    assert turns(lines) == writing


SEVEN: Lines = [(20, 20, 60, 24), (56, 20, 60, 80)]


@pytest.mark.parametrize(("ruled", "writing"), [(0.0, True), (3.0, True), (5.0, False)])
def test_what_runs_along_the_lines_of_the_paper_and_is_thinner_is_left_of_them(
    ruled: float, writing: bool
) -> None:
    assert turns(SEVEN, ruled=ruled) == writing


def test_on_paper_that_seems_even_no_stroke_is_fainter_than_even_blocks() -> None:
    assert not turns(SEVEN, contrast=0.035, floor=0.04 / 3)
    assert turns(SEVEN, contrast=0.045, floor=0.04 / 3)


def test_a_few_turns_among_many_streaks_are_no_writing() -> None:
    streaks = [(5, 4 + 6 * n, 95, 8 + 6 * n) for n in range(16)]
    assert not turns([*streaks[:8], (5, 55, 95, 59), (91, 55, 95, 95)])
    assert turns([(5, 55, 95, 59), (91, 55, 95, 95), streaks[0]])


@pytest.mark.parametrize("count", [2, 5, 9])
def test_a_number_of_nothing_but_1s_is_no_grain(count: int) -> None:
    page = np.full((160, 60 * count + 60), 235, np.uint8)
    for left in range(50, 60 * count, 60):
        page[40:120, left : left + 7] = 40
    assert np.count_nonzero(find_ink(page).pixels[80] > 0.5) == 7 * count
