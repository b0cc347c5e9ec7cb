"""Cuts between touching digits, against all paths that there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from digitnet.numbers.cuts import CutLimits, cuts

Grey = NDArray[np.float32]
ROWS, COLUMNS = 5, 16


def paths_within(left: int, right: int, rows: int = ROWS) -> Iterator[tuple[int, ...]]:
    """All that move to the side by at most a column from row to row."""
    if rows == 1:
        yield from ((column,) for column in range(left, right + 1))
        return
    for path in paths_within(left, right, rows - 1):
        yield from ((*path, column) for column in range(path[-1] - 1, path[-1] + 2))


def cheapest(ink: Grey, middle: int, reach: int, sideways: float) -> tuple[list[int], float]:
    """The best of all paths of a window that part something: column 0 would not."""
    left, right = max(1, middle - reach), min(COLUMNS - 1, middle + reach)

    def cost(path: tuple[int, ...]) -> float:
        crossed = sum(float(ink[row, column]) for row, column in enumerate(path))
        return crossed + sideways * sum(abs(b - a) for a, b in pairwise(path))

    inside = (path for path in paths_within(left, right) if left <= min(path) <= max(path) <= right)
    best = min(inside, key=cost)
    return list(best), cost(best)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("limits", "height", "step", "reach", "sideways"),
    [
        (CutLimits(), 50, 3, 6, 0.15),
        (CutLimits(), 58, 3, 7, 0.15),
        (CutLimits(step=0.01, reach=0.02, sideways=0.6), 50, 1, 1, 0.6),
        (CutLimits(step=0.1, reach=0.06, sideways=0.0), 40, 4, 2, 0.0),
        (CutLimits(step=0.02, reach=0.1, sideways=0.0), 50, 1, 5, 0.0),
    ],
)
def test_each_windows_path_is_the_cheapest_of_all(
    seed: int, limits: CutLimits, height: int, step: int, reach: int, sideways: float
) -> None:
    ink = np.random.default_rng(seed).random((ROWS, COLUMNS), np.float32)
    found = [cheapest(ink, middle, reach, sideways) for middle in range(1, COLUMNS, step)]
    # From left to right; where two cross, the right one follows the left one.
    expected: list[tuple[list[int], float]] = []
    for path, cost in sorted(found, key=lambda one: np.mean(one[0])):
        before = expected[-1][0] if expected else [0] * ROWS
        expected.append(([max(a, b) for a, b in zip(path, before, strict=True)], cost / height))
    paths, costs = cuts(ink, height, replace(limits, dearest=1e9, least_part=0))
    assert [path.tolist() for path in paths] == [path for path, _ in expected]
    assert costs == pytest.approx([cost for _, cost in expected], rel=1e-6)


def blocks(width: int = 6, bridge: int = 1, height: int = 10) -> Grey:
    """Three blocks side by side, joined by a bridge of one row from one to the next."""
    ink = np.zeros((height, 3 * width + 2 * bridge), np.float32)
    for i in range(3):
        ink[:, i * (width + bridge) :][:, :width] = 1
    ink[height // 2] = 1
    return ink


def test_blocks_are_cut_at_their_bridges_for_the_ink_that_is_crossed() -> None:
    paths, costs = cuts(blocks(), 10.0)
    # The bridges are columns 6 and 13: one pixel of ink is a tenth of the height.
    assert [path.tolist() for path in paths] == [[6] * 10, [13] * 10]
    assert costs == pytest.approx([0.1, 0.1])


@pytest.mark.parametrize(("thickness", "expected"), [(5, 1), (6, 0)])
def test_no_path_through_more_ink_than_half_the_height_is_a_cut(
    thickness: int, expected: int
) -> None:
    ink = np.ones((10, 13), np.float32)
    ink[thickness:, 6] = 0
    assert len(cuts(ink, 10.0)[0]) == expected


def test_of_cuts_with_next_to_no_ink_between_them_the_cheapest_is_taken() -> None:
    ink = blocks(bridge=3)
    ink[5, 7], ink[5, 16] = 0.4, 0.7  # the middles of the bridges are fainter
    apart, _ = cuts(ink, 10.0, CutLimits(least_part=0.0))
    assert len({tuple(path.tolist()) for path in apart}) > 2
    paths, costs = cuts(ink, 10.0, CutLimits(least_part=0.05))  # 5 pixels: more than a bridge has
    assert [path.tolist() for path in paths] == [[7] * 10, [16] * 10]
    assert costs == pytest.approx([0.04, 0.07])


@pytest.mark.parametrize(("rows", "expected"), [(7, 0), (8, 1)])
@pytest.mark.parametrize("mirrored", [False, True])
def test_less_ink_than_eight_thousandths_of_the_squared_height_is_no_part(
    rows: int, expected: int, mirrored: bool
) -> None:
    ink = np.zeros((100, 50), np.float32)
    ink[:rows, :10] = 1  # 70 or 80 pixels, and 100² · 0.008 = 80
    ink[0, 10] = 1
    ink[:, 11:] = 1
    assert len(cuts(ink[:, ::-1] if mirrored else ink, 100.0, CutLimits(rows=100))[0]) == expected


def test_large_writing_is_cut_where_small_writing_is() -> None:
    small = blocks(width=24, bridge=2, height=40)
    paths, costs = cuts(small, 40.0)
    large_paths, large_costs = cuts(np.kron(small, np.ones((3, 3), np.float32)), 120.0)
    assert [path.tolist() for path in large_paths] == [
        np.repeat(3 * path, 3).tolist() for path in paths
    ]
    assert large_costs == pytest.approx(costs)
