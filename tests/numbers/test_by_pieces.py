"""Finding the digits of a number."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from digitnet.images.form.mnist import to_mnist
from digitnet.numbers.by_pieces import Cost, SegmentLimits, find_digits
from digitnet.numbers.cuts import cuts
from digitnet.numbers.pieces import Line, find_lines

Lines = list[list[tuple[int, int]]]


def _drawn(strokes: Lines, size: tuple[int, int] = (400, 200)) -> NDArray[np.float32]:
    """Strokes of six pixels as ink."""
    picture = Image.new("L", size)
    for stroke in strokes:
        ImageDraw.Draw(picture).line(stroke, fill=255, width=6)
    return np.asarray(picture, dtype=np.float32) / np.float32(255)


def _seven(x: int, y: int) -> Lines:
    return [[(x, y), (x + 35, y), (x + 10, y + 60)]]


def _ring(ink: NDArray[np.float32], x: int, y: int) -> NDArray[np.float32]:
    picture = Image.fromarray((255 * ink).astype(np.uint8))
    ImageDraw.Draw(picture).ellipse((x, y, x + 44, y + 60), outline=255, width=6)
    return np.asarray(picture, dtype=np.float32) / np.float32(255)


def _certain(images: NDArray[np.uint8]) -> NDArray[np.float64]:
    """As certain of everything."""
    return np.full(len(images), 0.1)


def _round(images: NDArray[np.uint8]) -> NDArray[np.float64]:
    """As likely as the picture is like a ring."""
    ring = to_mnist(_ring(np.zeros((200, 400), dtype=np.float32), 40, 40)).astype(np.float64)
    return np.asarray(10 * np.abs(images - ring).sum(axis=(1, 2)) / ring.sum())


def _digits(ink: NDArray[np.float32], cost: Cost = _certain) -> list[Line]:
    return find_digits(find_lines(ink), cost)


def _lefts(ink: NDArray[np.float32]) -> list[list[int]]:
    return [[digit.box[0] for digit in line] for line in _digits(ink)]


def test_lines_are_read_from_top_to_bottom_and_left_to_right() -> None:
    ink = _drawn([*_seven(200, 20), *_seven(40, 25), *_seven(120, 110), *_seven(30, 105)])
    lefts = _lefts(ink)
    assert [len(line) for line in lefts] == [2, 2]
    assert lefts == [sorted(line) for line in lefts]
    boxes = [digit.box for line in _digits(ink) for digit in line]
    assert boxes[0][1] < 30
    assert boxes[2][1] > 90


def test_each_digit_carries_its_own_ink_only() -> None:
    ink = _drawn([*_seven(40, 20), *_seven(90, 20)])
    for digit in _digits(ink)[0]:
        left, top, right, bottom = digit.box
        assert digit.ink.shape == (bottom - top, right - left)
        assert np.array_equal(digit.ink, ink[top:bottom, left:right])


def test_the_bar_of_a_broken_5_belongs_to_it() -> None:
    five: Lines = [[(50, 20), (46, 48), (70, 52), (72, 75), (44, 80)], [(56, 17), (80, 15)]]
    ink = _drawn([*five, *_seven(120, 18)])
    assert len(_lefts(ink)[0]) == 2


def test_dots_and_commas_are_no_digits() -> None:
    ink = _drawn([*_seven(40, 20), [(90, 78), (92, 84)], *_seven(110, 20)])
    assert len(_lefts(ink)[0]) == 2


def test_touching_zeros_are_cut_where_they_touch() -> None:
    ink = _ring(_ring(np.zeros((200, 400), dtype=np.float32), 40, 40), 82, 40)
    digits = _digits(ink, _round)[0]
    assert len(digits) == 2
    assert digits[0].box[2] == pytest.approx(84, abs=6)


def test_touching_zeros_may_share_their_wall() -> None:
    ink = _ring(_ring(np.zeros((200, 400), dtype=np.float32), 40, 40), 78, 40)
    first, second = _digits(ink, _round)[0]
    assert first.box[2] >= 82  # the wall is from 78 to 84
    assert second.box[0] <= 80


def test_a_cut_follows_the_slant_between_two_strokes() -> None:
    box = (slice(14, 88), slice(20, 90))
    one, other = (_drawn([[(x, 20), (x - 30, 80)]])[box] for x in (60, 80))
    bridge = _drawn([[(46, 50), (64, 50)]])[box]
    paths, _ = cuts(np.maximum(np.maximum(one, other), bridge), 66)
    left = np.arange(70) < np.array(paths)[:, :, np.newaxis]
    of_one = (one * left).sum(axis=(1, 2)) / one.sum()
    of_other = (other * left).sum(axis=(1, 2)) / other.sum()
    assert ((of_one > 0.95) & (of_other < 0.05)).any()


def test_a_single_digit_is_not_cut() -> None:
    ink = _ring(np.zeros((200, 400), dtype=np.float32), 40, 40)
    assert [len(line) for line in _digits(ink)] == [1]


def test_no_ink_holds_no_digits() -> None:
    blank = np.zeros((30, 30), dtype=np.float32)
    assert find_lines(blank) == []


def test_a_pattern_of_more_ways_than_writing_has_is_not_put_together() -> None:
    """A thousand strokes side by side, of which up to twenty may be one digit."""
    strokes = np.zeros((54, 1300), np.float32)
    strokes[4:50, ::2] = 1
    calls: list[int] = []

    def cost(forms: NDArray[np.uint8]) -> NDArray[np.float64]:
        calls.append(len(forms))
        return np.zeros(len(forms))

    lines = find_lines(strokes)
    assert len(lines[0]) > 600
    assert find_digits(lines, cost) == []
    assert calls == []


def test_large_pieces_that_would_fill_the_memory_are_not_put_together() -> None:
    limits = SegmentLimits(pixels=2 * 46 * 2 - 1)
    strokes = np.zeros((54, 60), np.float32)
    strokes[4:50, 10:12] = strokes[4:50, 40:42] = 1
    assert find_digits(find_lines(strokes), lambda forms: np.zeros(len(forms)), limits) == []


def test_a_pattern_of_pieces_across_the_whole_picture_is_no_writing() -> None:
    """Each diagonal stripe is a piece of its own, in a box almost as large as the picture."""
    y, x = np.mgrid[:120, :160]
    stripes = ((x + y) // 3 % 3 == 0).astype(np.float32)
    assert find_lines(stripes) == []
