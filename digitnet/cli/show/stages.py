"""The stages of a picture, drawn side by side as far as the terminal is wide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from PIL import Image
from rich.table import Table
from rich.text import Text

from digitnet.cli.show.bars import half_blocks
from digitnet.cli.show.boxes import show_boxes
from digitnet.cli.show.console import out, plain
from digitnet.reading.reading import Reading
from digitnet.reading.stages import PICTURE, Picture, as_levels, slant_in_words

Named = tuple[str, Picture]

# Most columns, and most rows of pixels, of which a line of characters shows two.
_STAGE = (26, 28)  # three fit 80 columns, two 60
_INK = (20, 28)  # with the digit's form and what was seen it fits 80 columns
_FORM = (28, 28)
_SEVERAL = (57, 28)  # of several digits: as wide as a form and what was seen
_FAINT = 0.25  # share of full ink; fainter ink does not widen what is cut out


def show_stages(reading: Reading, stages: Mapping[str, Picture]) -> None:
    """Draw each stage that changed something, then each digit's form and what was seen of it.

    Several digits are shown first on their picture.

    Parameters
    ----------
    reading : Reading
    stages : mapping of str to ndarray
        As `digitnet.reading.stages.changed` gives them.
    """
    if PICTURE in stages:
        show_boxes(stages[PICTURE], reading)
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
    """Draw the pictures in as many rows as they need, and say what was mended."""
    ascii_only = plain(out) or out.no_color or not out.is_terminal
    for row in _rows(pictures, out.width):
        table = Table.grid(padding=(0, 1))
        table.add_row(*(Text(name, style="dim") for name, _ in row))
        table.add_row(*(half_blocks(as_levels(page), plain=ascii_only) for _, page in row))
        out.print(table)
    if words:
        out.print(Text("; ".join(words), style="dim"))


def _rows(pictures: Sequence[Named], width: int) -> list[list[Named]]:
    """Rows no wider than so many columns; the first may be short, for the last belong together."""
    rows: list[list[Named]] = []
    left = 0
    for name, page in reversed(pictures):
        needed = max(len(name), page.shape[1]) + 1
        if needed > left:
            rows.insert(0, [])
            left = width + 1  # the last column of a row needs no gap
        rows[0].insert(0, (name, page))
        left -= needed
    return rows


def _cut_out(ink: Picture) -> Picture:
    """The part of the picture that holds ink."""
    rows, columns = np.nonzero(ink > _FAINT)
    return ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def _fitted(page: Picture, most: tuple[int, int]) -> Picture:
    """Scale to at most so many columns and rows, an even number of them, by area averaging.

    No picture is wider than the terminal.
    """
    height, width = page.shape
    scale = min(min(most[0], out.width) / width, most[1] / height)
    size = (max(1, round(width * scale)), 2 * max(1, round(height * scale / 2)))
    return np.asarray(Image.fromarray(page).resize(size, Image.Resampling.BOX))
