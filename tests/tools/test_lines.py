"""Lines that the project writes, and a network that learns to look along them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digitnet.datasets.mnist import load_sample
from digitnet.numbers.features import FEATURES
from digitnet.numbers.strip import ROWS
from tools.lines.compose import Composed, compose
from tools.lines.gradient import untrained
from tools.lines.hand import Hand, in_hand
from tools.lines.row import MARGIN, Row
from tools.lines.teach import Line, teach

TRAIN = load_sample().train
BY_DIGIT = [np.flatnonzero(TRAIN.labels == digit) for digit in range(10)]
PLAIN = Hand(20, 0, 0, 1, 1, 0, 0, 0, 0)


def lines(count: int, seed: int) -> list[Composed]:
    rng = np.random.default_rng(seed)
    return [compose(TRAIN.images, BY_DIGIT, rng) for _ in range(count)]


def test_the_same_seed_writes_the_same_lines_and_another_others() -> None:
    first, again, other = lines(3, 1), lines(3, 1), lines(3, 2)
    for one, same in zip(first, again, strict=True):
        np.testing.assert_array_equal(one.strip, same.strip)
        assert one.number == same.number
    assert [line.number for line in first] != [line.number for line in other]


def test_lines_have_the_height_of_a_strip_and_up_to_eight_digits_of_all_kinds() -> None:
    written = lines(160, 3)
    assert {line.strip.shape[0] for line in written} == {ROWS}
    assert all(line.strip.dtype == np.float32 and line.strip.min() >= 0 for line in written)
    assert {len(line.number) for line in written} == set(range(9))
    assert {digit for line in written for digit in line.number} == set(range(10))


def test_a_digit_has_the_height_of_the_hand() -> None:
    rng = np.random.default_rng(4)
    heights = [len(in_hand(TRAIN.images[i], PLAIN, 0, rng)) for i in range(0, 400, 10)]
    assert heights == pytest.approx(np.full(40, 20), abs=1.5)


@pytest.mark.parametrize("gap", [2.0, 8.0])
def test_digits_keep_the_gap_that_is_asked_for_row_by_row(gap: float) -> None:
    rng = np.random.default_rng(5)
    for i in range(20):
        row = Row.empty(PLAIN, 2, rng)
        row.add(TRAIN.images[i], 0, 0.0, rng)
        one = row.page.copy()
        row.add(TRAIN.images[i + 50], 1, gap, rng)
        second = np.where(one > 0.3, 0, row.page) > 0.3
        apart = [
            np.flatnonzero(after)[0] - np.flatnonzero(before)[-1] - 1
            for before, after in zip(one > 0.3, second, strict=True)
            if before.any() and after.any()
        ]
        assert min(apart) >= gap - 1
        assert np.flatnonzero(one.any(axis=0))[0] == pytest.approx(MARGIN, abs=1)


def test_a_line_too_short_for_its_number_teaches_nothing() -> None:
    strip = np.zeros((ROWS, 8), np.float32)
    assert Line.of(Composed(strip, (1, 2))) is None
    line = Line.of(Composed(strip, (1,)))
    assert line is not None
    assert line.columns.shape == (4, FEATURES)


@pytest.mark.slow
def test_of_a_network_that_is_taught_lines_the_numbers_become_likelier() -> None:
    rng = np.random.default_rng(6)
    shown = [Line.of(line) for line in lines(600, 7) if 0 < len(line.number) <= 2]
    some = [line for line in shown if line is not None]
    reports = list(teach(untrained(rng), some, some, 60, rng))
    assert [report.epoch for report in reports] == list(range(1, 61))
    assert reports[-1].cost < 0.2 * reports[0].cost


def test_a_stroke_that_a_thin_pen_leaves_nothing_of_is_not_written() -> None:
    rng = np.random.default_rng(8)
    image = np.zeros((28, 28), np.uint8)
    image[4:24, 14] = 60
    row = Row.empty(replace(PLAIN, weight=-1), 1, rng)
    row.add(image, 1, 0.0, rng)
    assert row.number == []
    assert not row.page.any()
