"""The stages from a picture to what the network saw, as pictures and in words."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.errors import PictureError
from digitnet.files import replacing
from digitnet.images.form.moments import slant
from digitnet.images.way import Ink
from digitnet.reading.digit import Digit
from digitnet.reading.picture import Reading

UPRIGHT: Final = 5.0
"""Degrees from the upright; a digit that leans less is not called slanted."""


def ink_picture(ink: Ink) -> NDArray[np.uint8]:
    """The found ink, white on black: shape (height, width)."""
    return np.round(ink.pixels * 255).astype(np.uint8)


def in_words(ink: Ink, digit: Digit) -> str:
    """What had to be mended: ``dark ink on light paper; slanted 18° to the left, straightened``."""
    angle = float(slant(digit.form[None])[0])
    straightened = not np.array_equal(digit.form, digit.seen) and abs(angle) >= UPRIGHT
    lean = [f"slanted {abs(angle):.0f}° to the {'right' if angle > 0 else 'left'}, straightened"]
    return "; ".join([*ink.mended, *lean * straightened])


def save_stages(folder: Path, name: str, reading: Reading) -> list[Path]:
    """Write the found ink, and each digit in MNIST's form and as the network saw it, as PNG.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    name : str
        What the files' names begin with.
    reading : Reading

    Raises
    ------
    PictureError
        If the folder cannot be written.
    """
    pictures = {f"{name}-ink.png": ink_picture(reading.ink)}
    for n, digit in enumerate(reading.digits, 1):
        number = f"-{n}" if reading.several else ""
        pictures[f"{name}{number}-form.png"] = digit.form
        pictures[f"{name}{number}-seen.png"] = digit.seen
    for file, picture in pictures.items():
        with replacing(folder / file, PictureError) as target:
            Image.fromarray(picture).save(target, "PNG")
    return [folder / file for file in pictures]
