"""Digits drawn stroke by stroke, as they are written in many countries and schools.

MNIST was written in the United States. Others also write a 1 with an upstroke of
any length and a foot, a 2 with a loop, a 4 that is open or ends at its bar, a 7 with a bar or a
serif, a 6 with a small loop, a 9 that stands straight, bends or ends in a hook.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from digitnet.images.form.mnist import SIDE, to_mnist
from digitnet.synthesis.pen import Stroke, in_a_hand, strokes

_STROKES: Final = """
0 ~4,0 1,2 0,5 2,9 5,9 7,6 7,2 4,0
0 ~5,1 2,0 0,4 1,8 4,9 7,6 6,1 3,0
0 ~4,0 1,1 0,5 1,8 4,9 7,8 8,5 7,1 4,0 5,2
1 4,0 4,9
1 1,3 4,0 4,9
1 0,5 4,0 4,9
1 0,7 4,0 4,9
1 1,3 4,0 4,9 | 2,9 6,9
1 0,5 4,0 4,9 | 1,9 7,9
1 ~0,6 2,4 4,0 | 4,0 4,9
1 4,0 4,9 | 2,9 6,9
2 ~1,2 4,0 7,2 5,5 1,9 | 1,9 7,9
2 ~1,2 3,0 6,1 6,4 2,8 | ~2,8 1,9 1,7 3,7 5,9 8,8
2 ~0,2 3,0 6,2 4,6 1,9 0,8 1,6 4,8 7,9
2 ~1,1 4,0 6,2 5,5 0,9 | ~0,9 4,8 7,9
2 ~1,2 4,0 7,2 6,5 3,8 | ~3,8 1,9 0,8 2,7 4,8 8,9
3 ~1,1 4,0 7,2 3,4 | ~3,4 7,5 6,8 3,9 0,8
3 1,0 7,0 4,4 | ~4,4 7,5 7,8 3,9 0,8
3 ~1,1 4,0 6,2 4,4 2,4 | ~2,4 5,4 7,6 5,9 0,8
3 ~1,0 5,0 6,2 4,4 6,6 5,9 2,9 0,7
4 4,0 0,6 8,6 | 6,2 6,9
4 1,0 1,5 7,5 | 6,0 6,9
4 5,0 0,6 8,6 | 5,4 5,9
4 6,0 0,6 7,6 | 6,0 6,9
4 4,0 0,6 8,6 | 5,4 5,7
4 ~2,0 1,3 1,5 | 1,5 7,4 | 7,0 6,9
4 4,0 0,5 6,5 | 5,3 4,9
5 7,0 2,0 1,4 | ~1,4 5,3 7,6 5,9 0,8
5 7,0 1,0 | 1,0 1,4 | ~1,4 4,3 7,5 6,8 3,9 0,8
5 2,0 1,4 | ~1,4 5,3 7,6 4,9 0,8 | 2,0 7,0
5 ~7,0 3,0 2,3 | ~2,3 5,4 6,6 4,9 0,9
5 6,0 2,0 1,3 | ~1,3 6,3 8,6 5,9 0,9
6 ~6,0 2,3 1,6 2,9 5,9 6,7 4,5 1,6
6 ~5,0 2,3 0,7 3,9 6,7 4,5 1,7
6 ~6,0 3,2 1,6 2,9 4,9 5,8 4,7 2,8
6 ~4,0 1,4 1,8 4,9 6,8 5,6 2,6
6 ~7,0 3,3 1,7 3,9 4,8 3,7 1,8
7 0,0 7,0 3,9
7 0,0 7,0 2,9 | 2,5 7,4
7 0,2 0,0 7,0 3,9
7 0,2 0,0 7,0 3,9 | 1,5 7,5
7 ~0,1 2,0 5,1 7,0 | ~7,0 4,4 3,9
7 0,1 6,0 5,9
7 0,0 7,0 | ~7,0 5,3 4,9 | 3,5 7,4
8 ~6,1 3,0 1,2 4,4 7,7 4,9 1,7 4,4 6,2 6,1
8 ~4,0 1,2 4,4 7,2 4,0 | ~4,4 1,7 4,9 7,7 4,4
8 ~7,1 4,0 2,2 5,5 5,8 2,9 1,7 4,4 7,1
9 ~6,1 3,0 1,3 3,5 6,3 6,1 | 6,1 6,9
9 ~6,1 3,0 1,3 3,5 6,3 6,1 | ~6,1 6,6 5,9 1,8
9 ~6,2 3,0 1,2 3,5 6,2 6,6 4,9 1,9
9 ~6,1 3,0 1,2 2,5 6,3 | 6,1 4,9
9 ~6,1 3,0 1,2 2,5 6,3 | ~6,1 6,7 4,9 0,9
"""
"""A variant of a digit a line, with its strokes as in `digitnet.synthesis.pen.strokes`."""


Ways = list[list[list[Stroke]]]
"""Variants of each digit, 0 to 9, each a list of strokes."""


def ways(text: str) -> Ways:
    """Parse a variant of a digit from each line: ``7 0,0 7,0 3,9``."""
    lines = text.strip().splitlines()
    return [[strokes(way[1:]) for way in lines if way[0] == str(digit)] for digit in range(10)]


WAYS: Final = ways(_STROKES)
"""The variants of each digit."""


def draw_digits(
    count: int, rng: np.random.Generator, ways: Ways = WAYS
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Draw digits, each in one of its variants and by another writer.

    Parameters
    ----------
    count : int
    rng : numpy.random.Generator
    ways : list
        At least one variant of each digit.

    Returns
    -------
    images : ndarray of uint8, shape (count, 28, 28)
        In MNIST's form.
    labels : ndarray of uint8, shape (count,)
    """
    images = np.empty((count, SIDE, SIDE), np.uint8)
    labels = rng.integers(0, 10, count).astype(np.uint8)
    for i, digit in enumerate(labels.tolist()):
        way = ways[digit][rng.integers(len(ways[digit]))]
        ink = in_a_hand(way, rng, slant=0.25, widths=(0.5, 1.3), steady=(0.1, 0.6))
        images[i] = to_mnist(ink)
    return images, labels
