"""MNIST's arrays as picture files."""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.model.model import Model
from digitnet.reading.digit import Reading
from digitnet.reading.number import read_picture

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


def read_one(model: Model, source: Path | BinaryIO, name: str | None = None) -> Reading:
    """Read a picture that plainly holds a single digit."""
    found = read_picture(model, source, name)
    assert isinstance(found, Reading)
    return found
