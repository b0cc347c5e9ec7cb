"""Non-digits: pictures of no digit, on which a network learns to answer "none of them".

A network that is only trained on digits reads everything as a digit. If it is also trained on
non-digits, with all targets 0, all ten outputs are low for them, as the essay's outputs mean.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.images.form.mnist import SIDE, cropped, to_mnist
from digitnet.synthesis.pen import bent, in_a_hand, inked, strokes

Images = NDArray[np.uint8]
Ink = NDArray[np.float32]
Draw = Callable[[Images, NDArray[np.integer], np.random.Generator], Ink]

NON_DIGIT: Final = 10
"""Label of a non-digit: no output has it, so that all targets are 0."""

_SCRIBBLE: Final = 38.0  # pixels from the middle of a page of 96 to the ends of a scribble
_HALVES: Final = ((0, 0, 1), (0, 0, -1), (2, 0, 1), (2, 1, 1), (3, 1, 1), (5, 1, 1), (8, 1, 1))
"""Digit, axis and side of halves that are not a digit; the upper half of a 6 would be a 1."""
_TURNED: Final = (2, 3, 4, 5, 6, 7, 9)
"""Digits that are not a digit when turned on their side."""

_LETTERS: Final = """
A  0,9 4,0 8,9 | 2,6 6,6
a  ~7,4 5,3 2,4 1,6 2,9 5,8 7,5 | ~7,3 7,8 8,9
C  ~8,2 6,0 3,1 1,4 2,8 5,9 8,8
c  ~7,4 5,3 2,4 1,6 2,8 5,9 7,8
D  1,0 1,9 | ~1,0 5,1 7,4 6,8 1,9
d  7,0 7,9 | ~7,5 5,3 2,4 1,7 3,9 6,8 7,6
E  7,0 1,0 1,9 7,9 | 1,4 6,4
e  ~1,6 7,6 6,3 3,3 1,5 2,8 4,9 7,8
F  7,0 1,0 1,9 | 1,4 6,4
f  ~7,1 5,0 3,2 3,9 | 1,4 6,4
G  ~7,2 5,0 2,1 1,5 3,9 6,8 7,5 4,5
H  1,0 1,9 | 7,0 7,9 | 1,5 7,4
h  1,0 1,9 | ~1,5 4,3 6,5 6,9
J  3,0 8,0 | ~6,0 6,7 4,9 1,8
j  ~6,3 6,9 4,12 1,11 | 6,0 6,0
K  1,0 1,9 | 7,0 1,5 7,9
k  1,0 1,9 | 6,3 1,6 7,9
L  1,0 1,9 7,9
M  0,9 1,0 4,6 7,0 8,9
m  0,3 0,9 | ~0,5 2,3 4,4 4,9 | ~4,5 6,3 8,4 8,9
N  1,9 1,0 7,9 7,0
n  1,3 1,9 | ~1,5 4,3 6,4 7,9
P  1,0 1,9 | ~1,0 6,0 7,2 6,4 1,5
p  1,3 1,12 | ~1,4 4,3 7,5 6,8 4,9 1,8
R  1,0 1,9 | ~1,0 6,0 7,2 6,4 1,5 | 3,5 7,9
r  1,3 1,9 | ~1,5 3,3 6,4
T  0,0 8,0 | 4,0 4,9
t  ~4,0 4,8 6,9 8,8 | 1,3 7,3
U  ~1,0 1,7 3,9 6,9 7,7 7,0
u  ~1,3 1,7 3,9 6,7 | 6,3 6,9
V  0,0 4,9 8,0
v  1,3 4,9 7,3
W  0,0 2,9 4,3 6,9 8,0
w  0,3 2,9 4,5 6,9 8,3
X  0,0 8,9 | 8,0 0,9
x  1,3 7,9 | 7,3 1,9
Y  0,0 4,4 8,0 | 4,4 4,9
y  1,3 4,8 | ~7,3 4,8 2,12
+  0,5 8,5 | 4,1 4,9
=  1,3 8,3 | 1,6 8,6
#  3,0 2,9 | 6,0 5,9 | 0,3 8,3 | 0,6 8,6
%  8,0 0,9 | ~1,0 2,2 1,3 0,1 1,0 | ~7,6 8,8 7,9 6,8 7,6
&  ~8,9 2,3 3,0 5,1 4,3 1,6 2,9 5,9 8,6
?  ~1,2 3,0 6,1 6,3 4,5 4,7 | 4,9 4,9
*  4,0 4,9 | 0,2 8,7 | 8,2 0,7
/  8,0 4,2 5,4 0,9 | 2,0 4,2
>  0,1 8,5 0,9
<  8,1 0,5 8,9
^  0,9 4,0 8,9 0,9
[  1,1 8,1 8,9 1,9 1,1
@  ~6,3 4,3 3,6 5,6 6,3 6,6 8,5 7,1 4,0 1,2 0,6 3,9 7,9
"""
"""A letter or sign a line, and its strokes as `digitnet.synthesis.pen.strokes` reads them: only
those that look like no digit, not O, I, l, Z, S, B, b, q or g."""

LETTERS: Final = [strokes(line[1:]) for line in _LETTERS.strip().splitlines()]
"""The strokes of each letter or sign."""


def draw_non_digits(
    images: Images, labels: NDArray[np.integer], count: int, rng: np.random.Generator
) -> Images:
    """Draw pictures of no digit, or of more than one.

    Parameters
    ----------
    images : ndarray of uint8, shape (N, 28, 28)
        Digits in MNIST's form, whose parts are combined.
    labels : ndarray of int, shape (N,)
    count : int
        How many to draw.
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of uint8, shape (count, 28, 28)
        In MNIST's form.
    """
    draws = [*_SHARES]
    kinds = rng.choice(len(draws), count, p=[*_SHARES.values()])
    found = np.zeros((count, SIDE, SIDE), np.uint8)
    for i, kind in enumerate(kinds):
        ink = draws[kind](images, labels, rng)
        if ink.any():
            found[i] = to_mnist(ink)
    return found


def _pair(images: Images, labels: NDArray[np.integer], rng: np.random.Generator) -> Ink:  # noqa: ARG001
    """Two digits side by side, which may touch."""
    one, other = (_ink(images[i]) for i in rng.integers(len(images), size=2))
    return _beside(one, other, int(rng.integers(-3, 6)), rng)


def _with_a_piece(images: Images, labels: NDArray[np.integer], rng: np.random.Generator) -> Ink:  # noqa: ARG001
    """A digit with a piece of its neighbour."""
    one, other = (_ink(images[i]) for i in rng.integers(len(images), size=2))
    width = max(2, round(other.shape[1] * rng.uniform(0.25, 0.6)))
    gap = int(rng.integers(-1, 4))
    if rng.random() < 0.5:
        return _beside(one, other[:, :width], gap, rng)
    return _beside(other[:, -width:], one, gap, rng)


def _half(images: Images, labels: NDArray[np.integer], rng: np.random.Generator) -> Ink:
    """A digit cut in half."""
    digit, axis, side = _HALVES[rng.integers(len(_HALVES))]
    ink = _one_of(digit, images, labels, rng)
    kept = max(3, round(ink.shape[axis] * rng.uniform(0.35, 0.5)))
    start = slice(None, kept) if side > 0 else slice(-kept, None)
    return ink[start] if axis == 0 else ink[:, start]


def _turned(images: Images, labels: NDArray[np.integer], rng: np.random.Generator) -> Ink:
    """A digit on its side."""
    digit = _TURNED[rng.integers(len(_TURNED))]
    return np.rot90(_one_of(digit, images, labels, rng), rng.choice([1, 3]))


def _letter(images: Images, labels: NDArray[np.integer], rng: np.random.Generator) -> Ink:  # noqa: ARG001
    """A letter or sign by a random writer."""
    letter = LETTERS[rng.integers(len(LETTERS))]
    return in_a_hand(letter, rng, slant=0.15, widths=(0.7, 1.3), steady=(0.2, 0.6))


def _scribble(images: Images, labels: NDArray[np.integer], rng: np.random.Generator) -> Ink:  # noqa: ARG001
    """A scribbled line."""
    points = rng.uniform(-1, 1, (int(rng.integers(7, 14)), 2))
    return inked([bent(points) if rng.random() < 0.7 else points], _SCRIBBLE, rng)


def _blots(images: Images, labels: NDArray[np.integer], rng: np.random.Generator) -> Ink:  # noqa: ARG001
    """Soft spots, a few or many, like dirt, cloth or shadows."""
    coarse = rng.uniform(-1, 1, [int(n) for n in rng.integers(3, 15, 2)])
    soft = Image.fromarray(coarse.astype(np.float32)).resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    cut, slope = rng.uniform(-0.6, 0.5), rng.uniform(0.5, 4)
    return np.clip((np.asarray(soft) - cut) * slope, 0, 1).astype(np.float32)


_SHARES: Final[dict[Draw, float]] = {
    _pair: 0.2,
    _with_a_piece: 0.15,
    _half: 0.1,
    _turned: 0.1,
    _letter: 0.3,
    _scribble: 0.1,
    _blots: 0.05,
}
"""Share of each kind."""


def _one_of(
    digit: int, images: Images, labels: NDArray[np.integer], rng: np.random.Generator
) -> Ink:
    return _ink(images[rng.choice(np.flatnonzero(labels == digit))])


def _ink(image: Images) -> Ink:
    """The rows and columns of a picture that have ink, from 0 to 1."""
    return cropped(image).astype(np.float32) / np.float32(255)


def _beside(left: Ink, right: Ink, gap: int, rng: np.random.Generator) -> Ink:
    """Two pieces side by side, at slightly different heights."""
    lift = [int(n) for n in rng.integers(0, 4, 2)]
    gap = max(gap, -min(left.shape[1], right.shape[1]))
    height = max(left.shape[0] + lift[0], right.shape[0] + lift[1])
    ink = np.zeros((height, left.shape[1] + right.shape[1] + gap), np.float32)
    ink[lift[0] : lift[0] + left.shape[0], : left.shape[1]] = left
    here = ink[lift[1] : lift[1] + right.shape[0], left.shape[1] + gap :]
    np.maximum(here, right, out=here)
    return ink
