"""Digits side by side on a page, as near to each other as a hand writes them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from digitnet.images.measure.morphology import Grey
from tools.lines.hand import Hand, in_hand

ROWS = 64
"""Rows of the page; the line is in the middle."""
MARGIN = 32
"""Columns before the first digit."""
_INK = 0.3  # from which a pixel keeps another digit away
_FAR = 10**6
_ACROSS = 48  # columns that a digit may need, with what is around it


@dataclass
class Row:
    """A page with a number that grows to the right.

    Attributes
    ----------
    page : ndarray of float32, shape (ROWS, width)
        Ink from 0 to 1.
    base : float
        Row on which the digits stand.
    hand : Hand
    number : list of int
    end : int
        First column behind the last digit.
    """

    page: Grey
    base: float
    hand: Hand
    number: list[int] = field(default_factory=list)
    end: int = MARGIN
    _width: int = 0
    _right: NDArray[np.intp] = field(default_factory=lambda: np.full(ROWS + 2, -_FAR))
    """Last column of the last digit's ink in each row, with a row more above and below."""

    @classmethod
    def empty(cls, hand: Hand, digits: int, rng: np.random.Generator) -> Row:
        """Begin a page with room for some digits."""
        base = ROWS / 2 + hand.height * 0.45 + 1 + rng.normal(0, 1.6)
        return cls(np.zeros((ROWS, 4 * MARGIN + _ACROSS * digits), np.float32), base, hand)

    def add(
        self, image: NDArray[np.uint8], digit: int, gap: float, rng: np.random.Generator
    ) -> None:
        """Write another digit, `gap` columns from the ink of the last one; below 0 they touch."""
        ink = in_hand(image, self.hand, len(self.number), rng)
        if not ink.size:  # the pen left nothing
            return
        high, wide = ink.shape
        falling = self.hand.falling * len(self.number)
        top = round(self.base - high + rng.normal(0, self.hand.wavering) + falling)
        top = min(max(top, 0), ROWS - high)
        left = round(self._beside(ink, top) + gap) if self.number else MARGIN
        if top < 0 or left + wide + 2 * MARGIN > self.page.shape[1]:
            return
        there = self.page[top : top + high, left : left + wide]
        np.maximum(there, ink, out=there)
        self._right[:] = -_FAR
        self._right[top + 1 : top + high + 1] = left + _last(ink)
        self.number.append(digit)
        self.end, self._width = left + wide, wide

    def _beside(self, ink: Grey, top: int) -> float:
        """Column from which a digit keeps clear of the last one, in every row and those beside."""
        near = np.maximum(np.maximum(self._right[:-2], self._right[1:-1]), self._right[2:])
        clear = near[top : top + len(ink)] - _first(ink) + 1
        # However their rows lie, two digits stand one behind the other.
        behind: float = self.end - 0.6 * min(self._width, ink.shape[1])
        return max(float(clear.max()), behind)


def _first(ink: Grey) -> NDArray[np.intp]:
    """First column of ink in each row; far away without any."""
    inked = ink > _INK
    first: NDArray[np.intp] = np.where(inked.any(axis=1), inked.argmax(axis=1), _FAR)
    return first


def _last(ink: Grey) -> NDArray[np.intp]:
    """Last column of ink in each row; far away without any."""
    last: NDArray[np.intp] = ink.shape[1] - 1 - _first(ink[:, ::-1])
    return last
