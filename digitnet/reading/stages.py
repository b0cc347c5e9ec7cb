"""The stages from a picture to what the network saw, as pictures and in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.errors import PictureError
from digitnet.files import replacing
from digitnet.images.form.moments import slant
from digitnet.images.way import Ink
from digitnet.reading.digit import Reading
from digitnet.reading.number import Number

_UPRIGHT = 5.0  # degrees that nobody calls slanted


def ink_picture(ink: Ink) -> NDArray[np.uint8]:
    """The found ink, white on black: shape (height, width)."""
    return np.round(ink.pixels * 255).astype(np.uint8)


def in_words(ink: Ink, reading: Reading) -> str:
    """What had to be mended: ``dark ink on light paper; slanted 18°, straightened``."""
    angle = float(slant(reading.form[None])[0])
    straightened = not np.array_equal(reading.form, reading.seen) and abs(angle) >= _UPRIGHT
    lean = [f"slanted {abs(angle):.0f}° to the {'right' if angle > 0 else 'left'}, straightened"]
    return "; ".join([*ink.mended, *lean * straightened])


def save_stages(folder: Path, name: str, ink: Ink, found: Reading | Number) -> list[Path]:
    """Write the found ink, and each digit in MNIST's form and as the network saw it, as PNG.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    name : str
        What the files' names begin with.

    Raises
    ------
    PictureError
        If the folder cannot be written.
    """
    digits = found.digits if isinstance(found, Number) else (found,)
    pictures = {f"{name}-ink.png": ink_picture(ink)}
    for n, digit in enumerate(digits, 1):
        number = f"-{n}" if isinstance(found, Number) else ""
        pictures[f"{name}{number}-form.png"] = digit.form
        pictures[f"{name}{number}-seen.png"] = digit.seen
    for file, picture in pictures.items():
        with replacing(folder / file, PictureError) as target:
            Image.fromarray(picture).save(target, "PNG")
    return [folder / file for file in pictures]
