"""A number on its picture: a box around each digit, and above it what was read."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PIL import Image
from rich.text import Text

from digitnet.cli.show.bars import half_blocks
from digitnet.cli.show.console import out, plain
from digitnet.cli.show.digits import style
from digitnet.images.measure.morphology import Levels
from digitnet.model.digit import Digit
from digitnet.reading.boxes import boxed
from digitnet.reading.reading import Reading

_MOST = (76, 72)
"""Columns and rows of pixels of the picture, of which a line of characters shows two."""


def show_boxes(picture: Levels, reading: Reading) -> None:
    """Draw the picture with its boxes, and above each line of writing its digits in characters.

    Parameters
    ----------
    picture : ndarray of uint8, shape (height, width)
    reading : Reading
        Of several digits, each with its box.
    """
    height, width = picture.shape
    scale = min(min(_MOST[0], out.width) / width, _MOST[1] / height)
    size = max(1, round(width * scale)), 2 * max(1, round(height * scale / 2))
    small = np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BOX))
    page = boxed(small, reading, scale)
    ascii_only = plain(out) or out.no_color or not out.is_terminal
    for line, (top, bottom) in zip(reading.lines, _bands(reading, scale, len(page)), strict=True):
        out.print(_above(line, scale, size[0]))
        if top < bottom:
            out.print(half_blocks(page[top:bottom], plain=ascii_only))


def _bands(reading: Reading, scale: float, rows: int) -> list[tuple[int, int]]:
    """Rows of each line's part of the picture: it begins between the line before and itself."""
    boxes = [np.array([digit.box for digit in line if digit.box]) for line in reading.lines]
    tops = [scale * float(box[:, 1].min()) for box in boxes]
    bottoms = [scale * float(box[:, 3].max()) for box in boxes]
    between = [2 * round((a + b) / 4) for a, b in zip(bottoms, tops[1:], strict=False)]
    edges = np.maximum.accumulate([0, *between, rows]).clip(0, rows).tolist()
    return list(pairwise(edges))


def _above(line: tuple[Digit, ...], scale: float, width: int) -> Text:
    """The digits of a line, each over the middle of its box, or as near as there is room."""
    text = Text()
    for digit in line:
        left, _, right, _ = digit.box or (0, 0, 0, 0)
        column = min(round(scale * (left + right) / 2 - 0.5), width - 1)
        text.append(" " * max(0, column - len(text)))
        text.append(str(digit.digit), style=style(digit.sure))
    return text
