"""One digit as a hand writes it in a line: its height, its width, its slant, its pen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.images.measure.morphology import Grey
from digitnet.numbers.strip import DIGIT

Ink = TypeVar("Ink", NDArray[np.uint8], Grey)

_INK = 40  # brightness from which a pixel of MNIST is of the digit
_EDGE = 0.15  # ink from which a pixel is of the digit that was drawn
_SHRUNK = 0.8  # scale from which pixels are averaged first


@dataclass(frozen=True)
class Hand:
    """How all the digits of a line are written, more or less.

    Attributes
    ----------
    height : float
        Rows of a digit.
    varied : float
        Standard deviation of the logarithm of the heights.
    trend : float
        Share by which each digit is higher than the one before.
    first : float
        Times that the first digit is higher.
    aspect : float
        Times that a digit is broader than in MNIST.
    shear : float
        Columns to the right for each row upwards.
    weight : float
        Pixels of MNIST's by which a stroke is thicker; below 0 thinner.
    wavering : float
        Standard deviation of the row that the digits stand on.
    falling : float
        Rows by which each digit stands lower than the one before.
    """

    height: float
    varied: float
    trend: float
    first: float
    aspect: float
    shear: float
    weight: float
    wavering: float
    falling: float

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Hand:
        """Draw a hand; the line is not always found at its true height, so that varies too."""
        return cls(
            height=DIGIT * np.exp(rng.normal(0, 0.13)),
            varied=rng.uniform(0.02, 0.18),
            trend=rng.uniform(-0.1, 0.02) if rng.random() < 0.3 else 0.0,
            first=rng.uniform(1, 1.7) if rng.random() < 0.2 else 1.0,
            aspect=np.exp(rng.normal(0.1, 0.22)),
            shear=float(np.clip(rng.normal(0.15, 0.25), -0.4, 0.9)),
            weight=rng.uniform(-1.5, 0.9),
            wavering=rng.uniform(0.3, 2.0),
            falling=rng.normal(0, 0.4),
        )


def in_hand(image: NDArray[np.uint8], hand: Hand, place: int, rng: np.random.Generator) -> Grey:
    """Draw a digit of MNIST as the hand writes it.

    Parameters
    ----------
    image : ndarray of uint8, shape (28, 28)
        Not empty.
    hand : Hand
    place : int
        Number of digits before it in the line.
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of float32, shape (height, width)
        Its ink from 0 to 1, without a margin; empty if the pen left none.
    """
    digit = _weighted(np.pad(_within(image, _INK), 2), hand.weight)
    grown = max(0.55, 1 + hand.trend * place) if place else hand.first
    size = hand.height * grown * np.exp(rng.normal(0, hand.varied))
    down = size / (digit.shape[0] - 4)
    across = down * hand.aspect * np.exp(rng.normal(0, 0.1))
    shear = hand.shear + rng.normal(0, 0.05)
    rows, width = digit.shape[0] * down, digit.shape[1] * across
    picture = Image.fromarray(digit)
    if down < _SHRUNK:
        small = max(2, round(width)), max(2, round(rows))
        picture, down, across = picture.resize(small, Image.Resampling.BILINEAR), 1.0, 1.0
    high = int(np.ceil(rows)) + 1
    page = int(np.ceil(width + abs(shear) * rows)) + 2, high
    left = 1 + max(0.0, -shear) * high  # where the lowest row begins
    matrix = (1 / across, shear / across, -(shear * high + left) / across, 0, 1 / down, 0)
    drawn = picture.transform(page, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)
    return _within(np.asarray(drawn, np.float32) / np.float32(255), _EDGE)


def _within(ink: Ink, least: float) -> Ink:
    """Cut off what is empty around the ink."""
    rows, columns = np.nonzero(ink > least)
    if not len(rows):
        return ink[:0]
    return ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def _weighted(digit: NDArray[np.uint8], weight: float) -> NDArray[np.uint8]:
    """Make the strokes thicker or thinner by some pixels."""
    fold = np.maximum if weight > 0 else np.minimum
    for share in (min(abs(weight), 1), max(abs(weight) - 1, 0)):
        other = fold(fold(digit, np.roll(digit, 1, 0)), np.roll(digit, 1, 1))
        digit = (digit * (1 - share) + other * share).astype(np.uint8)
    return digit
