"""Lines that are one: writing that a gap runs through."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PIL import Image

from digitnet.datasets.mnist import load_sample
from digitnet.images.page import Page
from digitnet.model.model import bundled_model
from digitnet.numbers.by_pieces import SegmentLimits
from digitnet.numbers.line_reading import LineReading, SureLimits
from digitnet.numbers.number_reader import NumberLimits, NumberReader
from digitnet.numbers.pieces import find_lines
from digitnet.numbers.sequence_model import bundled_sequence_model


def halves(gap: int) -> Page:
    """Digits 4 and 7, 84 pixels high, without some rows in the middle."""
    test = load_sample().test
    digits = [test.images[np.flatnonzero(test.labels == label)[0]] for label in (4, 7)]
    large = [np.asarray(Image.fromarray(one).resize((84, 84), 3)) for one in digits]
    ink = np.pad(np.hstack(large).astype(np.float32) / np.float32(255), 20)
    ink[62 - gap // 2 : 62 + gap - gap // 2] = 0
    return Page(np.zeros(ink.shape, np.uint8), contrast=ink, pixels=ink)


def reader(page: Page, limits: NumberLimits) -> NumberReader:
    return NumberReader(bundled_model("small"), bundled_sequence_model(), page, limits)


def read(page: Page, limits: NumberLimits) -> list[LineReading]:
    """Read what are two lines at first."""
    lines = find_lines(page.pixels)
    assert len(lines) == 2
    return reader(page, limits).read(lines)


def test_two_lines_that_are_likelier_as_one_are_one() -> None:
    limits = NumberLimits()
    (line,) = read(halves(1), limits)
    assert line.number == (4, 7)
    assert len(line.line) == 2  # a digit each, of an upper and a lower half
    assert len(read(halves(1), replace(limits, broken=1))) == 2
    assert len(read(halves(1), replace(limits, broken=2))) == 1


def test_lines_farther_apart_than_a_tenth_of_the_smaller_one_are_two() -> None:
    limits = NumberLimits()
    # Three of the 20 rows that the upper halves have in the median.
    assert len(read(halves(3), limits)) == 2
    assert len(read(halves(3), replace(limits, apart=0.14))) == 2
    assert len(read(halves(3), replace(limits, apart=0.16))) == 1


def test_where_the_pieces_are_too_many_the_sequence_model_reads_alone() -> None:
    page, few_ways = halves(0), SegmentLimits(ways=1)
    lines = find_lines(page.pixels)
    (line,) = reader(page, NumberLimits(segment=few_ways)).read(lines)
    assert (line.number, line.pieces) == ((4, 7), ())
    # So it does only for few lines, and of a pattern no line is legible.
    assert reader(page, NumberLimits(segment=few_ways, broken=0)).read(lines) == []
    illegible = SureLimits(legible=1.0)
    assert reader(page, NumberLimits(segment=few_ways, sure=illegible)).read(lines) == []
    assert len(reader(page, NumberLimits(sure=illegible)).read(lines)) == 1
