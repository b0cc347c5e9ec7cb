"""Draw the stages of a picture side by side, wrapped to the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from PIL import Image
from rich.text import Text

from digitnet.cli.show.console import colourless, grid, out
from digitnet.cli.show.pixels import half_blocks
from digitnet.images.measure.morphology import Levels
from digitnet.images.stage import Picture
from digitnet.model.digit import Digit
from digitnet.reading.boxes import boxed
from digitnet.reading.reading import Reading
from digitnet.reading.stages import PICTURE, as_levels, slant_in_words

Named = tuple[str, Picture]
Size = tuple[int, int]
"""Columns, and rows of pixels; a line of characters shows two rows."""

_STAGE: Final = (26, 28)  # most: three fit 80 columns, two fit 60
_INK: Final = (20, 28)  # fits 80 columns with form and input
_FORM: Final = (28, 28)
_SEVERAL: Final = (57, 28)  # for several digits: as wide as form and input
_NUMBER: Final = (76, 72)  # the picture with its boxes
_FAINT: Final = 0.25
"""Least ink, by full ink, that a crop includes."""


def answer_style(sure: bool) -> str:
    """Colour of an answer, from the terminal's own: green if it is sure."""
    return "bold green" if sure else "bold yellow"


def show_stages(reading: Reading, stages: Mapping[str, Picture]) -> None:
    """Draw each stage that changed something, then form and input of each digit.

    Several digits are first shown on their picture.

    Parameters
    ----------
    reading : Reading
    stages : mapping of str to ndarray
        As from `digitnet.reading.stages.changed`.
    """
    if PICTURE in stages:
        _show_boxes(stages[PICTURE], reading)
    stage, ink = (_SEVERAL, _SEVERAL) if reading.several else (_STAGE, _INK)
    others = {name: page for name, page in stages.items() if name not in (PICTURE, "ink")}
    drawn = [(name, _fitted(page, stage)) for name, page in others.items()]
    drawn.append(("ink", _fitted(_cut_out(reading.ink.pixels), ink)))
    mended = list(reading.ink.mended)
    for digit in reading.digits:
        pair = [("form", _fitted(digit.form, _FORM)), ("seen", _fitted(digit.drawn, _FORM))]
        if reading.several:
            _show(drawn, mended)
            drawn, mended = [], []
        drawn, mended = drawn + pair, mended + slant_in_words(digit)
    _show(drawn, mended)


def _show(pictures: Sequence[Named], words: Sequence[str]) -> None:
    """Draw the pictures in rows, and print what was mended."""
    for row in _rows(pictures, out.width):
        names = [Text(name, style="dim") for name, _ in row]
        drawn = [half_blocks(as_levels(page), plain=colourless(out)) for _, page in row]
        out.print(grid([*names, *drawn], len(row)))
    if words:
        out.print(Text("; ".join(words), style="dim"))


def _rows(pictures: Sequence[Named], width: int) -> list[list[Named]]:
    """Rows of at most so many columns; the first may be short, because the last belong together."""
    rows: list[list[Named]] = []
    left = 0
    for name, page in reversed(pictures):
        needed = max(len(name), page.shape[1]) + 1
        if needed > left:
            rows.insert(0, [])
            left = width + 1  # no gap after the last column
        rows[0].insert(0, (name, page))
        left -= needed
    return rows


def _cut_out(ink: Picture) -> Picture:
    """The part of the picture with ink."""
    rows, columns = np.nonzero(ink > _FAINT)
    return ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def _fitted(page: Picture, most: Size) -> Picture:
    """Scale to at most so many columns and rows, an even number of them, by area averaging.

    A picture is at most as wide as the terminal.
    """
    height, width = page.shape
    scale = min(min(most[0], out.width) / width, most[1] / height)
    size = (max(1, round(width * scale)), 2 * max(1, round(height * scale / 2)))
    return np.asarray(Image.fromarray(page).resize(size, Image.Resampling.BOX))


def _show_boxes(picture: Levels, reading: Reading) -> None:
    """Draw a number's picture with its boxes, and above each line its digits in characters."""
    small = _fitted(picture, _NUMBER)
    scale = small.shape[1] / picture.shape[1]
    page = boxed(small, reading, scale)
    for line, (top, bottom) in zip(reading.lines, _bands(reading, scale, len(page)), strict=True):
        out.print(_above(line, scale, page.shape[1]))
        if top < bottom:
            out.print(half_blocks(page[top:bottom], plain=colourless(out)))


def _bands(reading: Reading, scale: float, rows: int) -> list[tuple[int, int]]:
    """Rows of each line's part of the picture, which begins between the lines."""
    boxes = [np.array([digit.box for digit in line if digit.box]) for line in reading.lines]
    tops = [scale * float(box[:, 1].min()) for box in boxes]
    bottoms = [scale * float(box[:, 3].max()) for box in boxes]
    between = [2 * round((a + b) / 4) for a, b in zip(bottoms, tops[1:], strict=False)]
    edges = np.maximum.accumulate([0, *between, rows]).clip(0, rows).tolist()
    return list(pairwise(edges))


def _above(line: tuple[Digit, ...], scale: float, width: int) -> Text:
    """The digits of a line, each above the middle of its box if there is space."""
    text = Text()
    for digit in line:
        left, _, right, _ = digit.box or (0, 0, 0, 0)
        column = min(round(scale * (left + right) / 2 - 0.5), width - 1)
        text.append(" " * max(0, column - len(text)))
        text.append(str(digit.digit), style=answer_style(digit.sure))
    return text
