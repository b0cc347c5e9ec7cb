"""Blocks of lines: put beside each other, and digits drawn as such."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rich.text import Text

from digitnet.cli.show.bars import half_blocks

_GREYS: Final = 17
"""Steps between two grey levels that are drawn: fewer styles are drawn sooner."""


def side_by_side(left: list[Text], right: list[Text], at: int) -> list[Text]:
    """Put two blocks of lines beside each other, the second from this column on."""
    lines = []
    for n in range(max(len(left), len(right))):
        line = left[n].copy() if n < len(left) else Text()
        if n < len(right):
            line.pad_right(at - line.cell_len)
            line.append_text(right[n])
        lines.append(line)
    return lines


def digit_lines(image: NDArray[np.uint8], side: int, *, plain: bool) -> list[Text]:
    """Draw a digit in so many pixels a side, an even number: half as many lines."""
    shrunk = Image.fromarray(image).resize((side, side), Image.Resampling.BOX)
    levels = np.asarray(shrunk) // _GREYS * _GREYS
    return list(half_blocks(levels, plain=plain).split("\n"))
