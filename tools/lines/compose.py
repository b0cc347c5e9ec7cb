"""A whole line: a number in one hand, with what stands around it, on its paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitnet.images.measure.morphology import Grey
from digitnet.numbers.strip import ROWS as STRIP
from tools.lines.ground import blurred, dried, margin, patterned
from tools.lines.hand import Hand
from tools.lines.marks import around, behind, between, ruled
from tools.lines.row import MARGIN, ROWS, Row

_LENGTHS: Final = (0.02, 0.06, 0.12, 0.16, 0.2, 0.2, 0.12, 0.07, 0.05)
"""Share of the lines that have 0, 1, 2, … digits."""
_NARROWEST = 10  # columns


class Composed(NamedTuple):
    """A line and the number that is written on it.

    Attributes
    ----------
    strip : ndarray of float32, shape (32, width)
        Its contrast to the paper.
    number : tuple of int
    """

    strip: Grey
    number: tuple[int, ...]


def compose(
    images: NDArray[np.uint8], by_digit: Sequence[NDArray[np.intp]], rng: np.random.Generator
) -> Composed:
    """Write a number of up to eight digits.

    Parameters
    ----------
    images : ndarray of uint8, shape (N, 28, 28)
        Digits in MNIST's form.
    by_digit : sequence of ten ndarrays of int
        Which of them show each digit.
    rng : numpy.random.Generator
    """
    row = _written(images, by_digit, rng)
    behind(row, rng)
    around(row, rng)
    if rng.random() < 0.2:
        row.page = dried(row.page, rng)
    ink = rng.uniform(0.35, 1)
    page = ruled(row, blurred(row.page, rng.uniform(0, 1)) * np.float32(ink), rng)
    left = max(0, int(MARGIN - margin(rng)))
    right = max(left + _NARROWEST, int(min(row.end + margin(rng), page.shape[1])))
    top = (ROWS - STRIP) // 2
    strip = patterned(page[top : top + STRIP, left:right], ink, rng)
    if rng.random() < 0.3:  # the picture ends just above and below the line
        above = int(row.base - top - row.hand.height - rng.uniform(-3, 3))
        strip[: min(max(above, 0), STRIP // 2)] = 0
        strip[max(STRIP // 2, int(row.base - top + rng.uniform(-2, 4))) :] = 0
    return Composed(np.clip(strip, 0, 1.2).astype(np.float32), tuple(row.number))


def _written(
    images: NDArray[np.uint8], by_digit: Sequence[NDArray[np.intp]], rng: np.random.Generator
) -> Row:
    """The digits, some with points between them, some that end in zeros."""
    count = int(rng.choice(len(_LENGTHS), p=_LENGTHS))
    digits = rng.integers(0, 10, count)
    if rng.random() < 0.15:
        digits[max(1, count - 3) :] = 0
    row = Row.empty(Hand.draw(rng), count, rng)
    pointed, touching = rng.random() < 0.5, 0.45 if rng.random() < 0.4 else 0.12
    for digit in digits:
        gap = _gap(touching, rng)
        if touching > 0.4 and row.number[-1:] == [0] == [digit]:
            gap -= rng.uniform(0, 4)  # zeros that interlock
        if row.number and pointed and rng.random() < 0.22:
            gap = between(row, rng)
        row.add(images[rng.choice(by_digit[digit])], int(digit), gap, rng)
    return row


def _gap(touching: float, rng: np.random.Generator) -> float:
    """Columns between two digits."""
    kind = rng.random()
    if kind < touching:
        return rng.uniform(-2.2, 0.6)
    return rng.uniform(1, 6) if kind < 0.85 else rng.uniform(5, 26 if kind < 0.97 else 48)
