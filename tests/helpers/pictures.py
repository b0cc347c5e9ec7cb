"""MNIST's arrays as picture files."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.datasets.mnist import load_sample
from digitnet.images.source import Source
from digitnet.model.digit import Digit
from digitnet.model.model import Model
from digitnet.reading.reader import Reader

FACTOR = 10


def png(image: NDArray[np.uint8], dark_ink: bool) -> io.BytesIO:
    """The picture as a PNG: light ink on dark as it is, or dark on light."""
    file = io.BytesIO()
    Image.fromarray(255 - image if dark_ink else image).save(file, "PNG")
    file.seek(0)
    return file


def enlarged(
    image: NDArray[np.uint8], rng: np.random.Generator, resample: Image.Resampling
) -> NDArray[np.uint8]:
    """Ten times as large, off the centre of a still larger dark canvas."""
    side = FACTOR * len(image)
    large = np.asarray(Image.fromarray(image).resize((side, side), resample))
    canvas = np.zeros((2 * side, 2 * side + 50), np.uint8)
    top, left = rng.integers(0, side, 2)
    canvas[top : top + side, left : left + side] = large
    return canvas


def page(*numbers: int, gap: int = 90) -> io.BytesIO:
    """Digits of the sample in dark ink, side by side on light paper."""
    digits = load_sample().test
    paper = np.full((160, gap * len(numbers) + 60), 230, np.uint8)
    for n, number in enumerate(numbers):
        digit = digits.images[np.flatnonzero(digits.labels == number)[0]]
        large = np.asarray(Image.fromarray(digit).resize((84, 84), Image.Resampling.BICUBIC))
        left = 30 + n * gap
        paper[40:124, left : left + 84] -= (large * 0.8).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(paper).save(file, "PNG")
    file.seek(0)
    return file


def read_one(model: Model, source: Source, name: str | None = None) -> Digit:
    """Read a picture that plainly holds a single digit."""
    reading = Reader(model).read(source, name)
    assert not reading.several
    return reading.digits[0]
