"""Draw a number's digits on its picture: a box around each, the answer above it."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from digitnet.images.colours import EITHER
from digitnet.images.measure.morphology import Levels
from digitnet.reading.reading import Reading

Colours = NDArray[np.uint8]
"""Shape (height, width, 3)."""

_THICK: Final = 300
"""Pixels of the shorter side for each pixel of a box's line."""
_HIGH: Final = 0.6
"""Height of the digit above a box, by the box's."""
_LOWEST: Final = 12
"""Least height of it, in pixels."""


def boxed(picture: Levels, reading: Reading, scale: float = 1.0) -> Colours:
    """Draw a box around each digit: green if it is sure, else orange.

    Parameters
    ----------
    picture : ndarray of uint8, shape (height, width)
        Grey levels, of the picture or of a smaller one.
    reading : Reading
        Of several digits.
    scale : float
        Pixels of this picture for each pixel of the picture that was read.

    Returns
    -------
    ndarray of uint8, shape (height, width, 3)
    """
    page = Image.fromarray(picture).convert("RGB")
    pen = ImageDraw.Draw(page)
    thick = max(1, round(min(page.size) / _THICK))
    for digit in reading.digits:
        if digit.box is not None:
            left, top, right, bottom = (scale * edge for edge in digit.box)
            corners = round(left) - thick, round(top) - thick, round(right), round(bottom)
            pen.rectangle(corners, outline=EITHER.answer(sure=digit.sure), width=thick)
    return np.asarray(page)


def numbered(picture: Levels, reading: Reading) -> Colours:
    """Draw the boxes, and each digit above its box; the picture grows if there is no space."""
    boxes = [digit.box for digit in reading.digits if digit.box is not None]
    high = [max(_LOWEST, round(_HIGH * (bottom - top))) for _, top, _, bottom in boxes]
    room = max([0, *(size - box[1] for size, box in zip(high, boxes, strict=True))]) + _LOWEST
    drawn = boxed(picture, reading)
    page = Image.new("RGB", (drawn.shape[1], drawn.shape[0] + room), "white")
    page.paste(Image.fromarray(drawn), (0, room))
    pen = ImageDraw.Draw(page)
    for digit, size in zip(reading.digits, high, strict=True):
        if digit.box is not None:
            left, top, right, _ = digit.box
            place, font = ((left + right) / 2, top + room - size / 6), ImageFont.load_default(size)
            colour = EITHER.answer(sure=digit.sure)
            pen.text(place, str(digit.digit), colour, font, anchor="mb")
    return np.asarray(page)
