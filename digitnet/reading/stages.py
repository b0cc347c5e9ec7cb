"""The stages from a picture to the network's input, as pictures and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.images.form.moments import slant
from digitnet.images.png import save_png
from digitnet.images.stage import Picture
from digitnet.model.digit import Digit
from digitnet.reading.boxes import numbered
from digitnet.reading.reading import Reading


@dataclass(frozen=True)
class SlantLimits:
    """When a digit is slanted."""

    upright: float = 5.0
    """Least slant in degrees; with less, a digit looks upright."""


PICTURE: Final = "picture"
"""Name of the picture that :class:`digitnet.reading.reader.Reader` gives to ``watch`` first."""
_LAST: Final = "ink"
"""The last stage that is shown as a picture of its own; after it come the digits."""


def changed(reading: Reading, watched: Mapping[str, Picture]) -> dict[str, Picture]:
    """The stages up to the ink that changed something, in order.

    Parameters
    ----------
    reading : Reading
    watched : mapping of str to ndarray
        The pictures that ``watch`` got, by stage.

    Returns
    -------
    dict of str to ndarray
        uint8 grey levels or float32 contrast, shape (height, width); the last is ``ink``. Of
        several digits the first is PICTURE, for their boxes.
    """
    shown: dict[str, Picture] = {}
    before = watched.get("size")
    for name, picture in watched.items():
        # A stage that changes nothing returns the same array.
        if picture is not before and name not in (PICTURE, "size"):
            shown[name] = before = picture
        if name == _LAST:
            break
    first = {PICTURE: watched[PICTURE]} if reading.several and watched else {}
    return {**first, **shown, _LAST: reading.ink.pixels}


def as_levels(picture: Picture) -> NDArray[np.uint8]:
    """Grey levels unchanged; contrast and ink white on black, the highest 255."""
    if picture.dtype == np.uint8:
        return picture
    strongest = float(picture.max()) or 1.0
    return np.round(picture * (255 / strongest)).astype(np.uint8)


def slant_in_words(digit: Digit, limits: SlantLimits = SlantLimits()) -> list[str]:
    """The removed slant: ``slanted 18° to the left, straightened``; empty if it is small."""
    angle = float(slant(digit.form[np.newaxis])[0])
    if np.array_equal(digit.form, digit.seen) or abs(angle) < limits.upright:
        return []
    return [f"slanted {abs(angle):.0f}° to the {'right' if angle > 0 else 'left'}, straightened"]


def save_stages(
    folder: Path, name: str, reading: Reading, stages: Mapping[str, Picture]
) -> list[Path]:
    """Write each stage, and each digit's form and input, as PNG.

    Parameters
    ----------
    folder : Path
        Created if needed.
    name : str
        Prefix of the names of the files: ``NAME-ink.png``, ``NAME-form.png``; of several digits
        ``NAME-1-form.png``.
    reading : Reading
    stages : mapping of str to ndarray
        From `changed`. The picture of several digits is written with their boxes, as
        ``NAME-number.png``.

    Raises
    ------
    PictureError
        If the folder cannot be written, or an existing file is not digitnet's.
    """
    pictures = {}
    for stage, picture in stages.items():
        if stage == PICTURE:
            pictures[f"{name}-number.png"] = numbered(picture, reading)
        else:
            pictures[f"{name}-{stage}.png"] = as_levels(picture)
    for n, digit in enumerate(reading.digits, 1):
        number = f"-{n}" if reading.several else ""
        pictures[f"{name}{number}-form.png"] = digit.form
        pictures[f"{name}{number}-seen.png"] = digit.drawn
    for file, levels in pictures.items():
        save_png(folder / file, Image.fromarray(levels))
    return [folder / file for file in pictures]
