"""The digits that are found, against every way to put the parts of a line together."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from digitnet.numbers.by_pieces import SegmentLimits, find_digits
from digitnet.numbers.parts import Part, PartLimits, joined, parts_of, spans_of
from digitnet.numbers.pieces import Line, Piece, find_lines

Span = tuple[int, int]
HEIGHT = 40


def cost(forms: NDArray[np.uint8]) -> NDArray[np.float64]:
    """A number from 0 to 3 for each picture, which nobody could guess."""
    return np.array([zlib.crc32(form.tobytes()) / 2**32 * 3 for form in forms])


def apart(seed: int) -> Line:
    """Five bars beside one another, of different widths and heights, with gaps of 2 to 8 pixels."""
    rng = np.random.default_rng(seed)
    ink, left = np.zeros((60, 200), np.float32), 5
    for _ in range(5):
        width, height = int(rng.integers(4, 16)), int(rng.integers(30, 50))
        ink[55 - height : 55, left : left + width] = 1
        left += width + int(rng.integers(2, 9))
    return find_lines(ink)[0]


def touching(seed: int) -> Line:
    """Four posts joined by a thin bar: a piece that is cut between them."""
    rng = np.random.default_rng(seed)
    ink = np.zeros((HEIGHT + 10, 100), np.float32)
    ink[25, 5:60] = 1
    for i in range(4):
        ink[5 : HEIGHT + 5, 5 + 18 * i : 5 + 18 * i + int(rng.integers(4, 9))] = 1
    return find_lines(ink)[0]


def whole_ways(parts: list[Part], spans: list[Span]) -> Iterator[list[Span]]:
    """Every sequence of spans from the first part to the last; two may share a wall."""

    def onwards(way: list[Span]) -> Iterator[list[Span]]:
        first, last = way[-1]
        if last == len(parts):
            yield way
            return
        for span in spans:
            begins = span[0] == last
            shares = span[0] == last - 1 and parts[last - 1].wall
            if begins or (shares and min(last - first, span[1] - span[0]) > 1):
                yield from onwards([*way, span])

    for span in spans:
        if span[0] == 0:
            yield from onwards([span])


def price(way: list[Span], parts: list[Part], height: float, limits: SegmentLimits) -> float:
    """What a way costs, term by term."""
    total = 0.0
    for i, (first, last) in enumerate(way):
        pieces = [part.piece for part in parts[first:last]]
        digit = joined(pieces)
        total += float(cost(digit.form[np.newaxis])[0])
        total += parts[first].cut
        for one, other in pairwise(pieces):
            if other.box[0] > one.box[2]:
                total += limits.gap * (other.box[0] - one.box[2]) / height
        if digit.width > limits.broad * height:
            total += limits.broader * (digit.width / height - limits.broad)
        if digit.height < limits.low * height:
            total += limits.lower * (limits.low - digit.height / height)
        if i and first < way[i - 1][1]:
            total += limits.shared
    return total


def check(line: Line, limits: SegmentLimits) -> list[Span]:
    """Compare with the best of all ways; return it."""
    height = float(np.median([piece.height for piece in line]))
    parts = parts_of(line, height, limits.parts)
    spans = list(spans_of(parts, height, limits.parts))
    ways = list(whole_ways(parts, spans))
    assert len(ways) > 3
    best = min(ways, key=lambda way: price(way, parts, height, limits))
    expected = [joined([part.piece for part in parts[slice(*span)]]) for span in best]
    (found,) = find_digits([line], cost, limits)
    assert [digit.box for digit in found] == [digit.box for digit in expected]
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_array_equal(one.ink, other.ink)
    return best


@pytest.mark.parametrize("seed", range(8))
def test_pieces_are_put_together_in_the_cheapest_of_all_ways(seed: int) -> None:
    limits = SegmentLimits(gap=4.0, broad=0.5)
    check(apart(seed), limits)
    check(apart(seed), SegmentLimits())


@pytest.mark.parametrize("seed", range(8))
def test_touching_digits_are_parted_in_the_cheapest_of_all_ways(seed: int) -> None:
    check(touching(seed), SegmentLimits())


def test_two_digits_share_a_wall_where_that_is_cheapest() -> None:
    rewarded = SegmentLimits(shared=-2.0)
    shared = [
        any(span[0] < before[1] for before, span in pairwise(way))
        for way in (check(touching(seed), rewarded) for seed in range(8))
    ]
    assert any(shared)
    dear = replace(rewarded, shared=100.0)
    for seed in range(8):
        way = check(touching(seed), dear)
        assert all(span[0] == before[1] for before, span in pairwise(way))


def bar(left: int, width: int, height: int = HEIGHT) -> Piece:
    return Piece((left, 0, left + width, height), np.ones((height, width), np.float32))


def test_parts_are_one_digit_up_to_13_tenths_of_the_height() -> None:
    line = [bar(0, 10), bar(42, 10), bar(60, 10)]  # 52 columns from the first to the second
    parts = parts_of(line, HEIGHT, PartLimits())
    assert [part.piece.box for part in parts] == [piece.box for piece in line]
    assert list(spans_of(parts, HEIGHT, PartLimits())) == [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)]
    wider = parts_of([bar(0, 10), bar(42, 11)], HEIGHT, PartLimits())
    assert list(spans_of(wider, HEIGHT, PartLimits())) == [(0, 1), (1, 2)]


def posts(*widths: int, between: int = 10) -> Piece:
    """Posts of 40 rows, joined by a thin bar."""
    ink = np.zeros((HEIGHT, sum(widths) + between * (len(widths) - 1)), np.float32)
    ink[20] = 1
    left = 0
    for width in widths:
        ink[:, left : left + width] = 1
        left += width + between
    return Piece((100, 50, 100 + ink.shape[1], 50 + HEIGHT), ink)


def test_a_piece_wider_than_six_tenths_of_the_height_is_cut() -> None:
    assert len(parts_of([posts(7, 7)], HEIGHT, PartLimits())) == 1  # 24 columns
    assert len(parts_of([posts(8, 7)], HEIGHT, PartLimits())) > 1


def test_a_cut_costs_two_nats_a_height_of_ink_and_a_narrow_part_between_two_is_a_wall() -> None:
    for width, wall in ((15, True), (16, False)):  # and the pixel of the cut
        piece = posts(10, width, 10, between=1)
        piece.ink[21, 11 + width] = 1
        parts = parts_of([piece], HEIGHT, PartLimits())
        assert [part.piece.box for part in parts] == [
            (100, 50, 110, 90),
            (110, 50, 111 + width, 90),
            (111 + width, 50, 122 + width, 90),
        ]
        # The cuts go through one pixel of ink and through two, of 40 rows.
        assert [part.cut for part in parts] == pytest.approx([0, 2 / 40, 4 / 40])
        assert [part.wall for part in parts] == [False, wall, False]


def joined_or_not(line: Line, each: float) -> int:
    """How many digits there are of a line, where every digit costs as much."""
    (found,) = find_digits([line], lambda forms: np.full(len(forms), each))
    return len(found)


@pytest.mark.parametrize(("gap", "digits"), [(2, 1), (3, 2)])
def test_a_gap_as_wide_as_the_line_is_high_costs_16_nats(gap: int, digits: int) -> None:
    # A digit costs one nat, a gap of 2.5 of 40 pixels as much.
    assert joined_or_not([bar(0, 10), bar(10 + gap, 10)], 1.0) == digits


def test_columns_in_common_make_a_digit_no_cheaper() -> None:
    # Two digits gain 0.2 nats each; a gap of -2 of 40 pixels would be worth 0.8.
    assert joined_or_not([bar(0, 10), bar(8, 10)], -0.2) == 2


@pytest.mark.parametrize(("width", "digits"), [(49, 1), (51, 2)])
def test_a_digit_costs_four_nats_for_each_height_that_it_is_broader_than_high(
    width: int, digits: int
) -> None:
    # A digit costs one nat, a quarter of 40 pixels more than 40 as much.
    assert joined_or_not([bar(0, 20), bar(20, width - 20)], 1.0) == digits


@pytest.mark.parametrize(("height", "digits"), [(20, 2), (21, 3)])
def test_a_digit_costs_three_nats_for_each_height_that_it_is_lower_than_85_hundredths(
    height: int, digits: int
) -> None:
    # A digit gains one nat. Alone, one of 20 rows loses 3 (0.85 - 20/40) = 1.05; one of 21, 0.975.
    line = [bar(0, 20), bar(20, 10, height), bar(200, 20)]
    assert joined_or_not(line, -1.0) == digits


@pytest.mark.parametrize(("gain", "shares"), [(0.45, False), (0.55, True)])
def test_a_wall_that_two_digits_share_costs_half_a_nat(gain: float, shares: bool) -> None:
    line = [posts(20, 10, 20, between=1)]
    left, wall, right = (part.piece for part in parts_of(line[0:], HEIGHT, PartLimits()))
    whole = [joined([left, wall]), joined([wall, right])]

    def cost(forms: NDArray[np.uint8]) -> NDArray[np.float64]:
        """What has the wall gains something against what has not."""
        has_wall = (forms[:, np.newaxis] == [digit.form for digit in whole]).all(axis=(2, 3))
        return np.where(has_wall.any(axis=1), 0.0, gain)

    (found,) = find_digits([line], cost)
    left_alone = [digit.box for digit in (left, whole[1])]
    assert [digit.box for digit in found] in (
        [[digit.box for digit in whole]] if shares else [left_alone, [whole[0].box, right.box]]
    )


@pytest.mark.parametrize(("pieces", "found"), [(800, 800), (801, 0)])
def test_of_more_than_800_ways_to_one_digit_nothing_is_put_together(
    pieces: int, found: int
) -> None:
    line = [bar(20 * i, 1, 10) for i in range(pieces)]
    assert sum(map(len, find_digits([line], lambda forms: np.zeros(len(forms))))) == found
