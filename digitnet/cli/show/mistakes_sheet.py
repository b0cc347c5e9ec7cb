"""The worst mistakes as one PNG: to print, or to show to a class."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from digitnet.cli.show.mistakes import Mistake
from digitnet.errors import PictureError
from digitnet.files import check_writable
from digitnet.images.colours import LIGHT
from digitnet.images.form.mnist import SIDE
from digitnet.images.png import PNG, save_png

_SCALE: Final = 5
"""Pixels of the sheet for each of a digit."""
_GAP: Final = 12
_LINE: Final = 20
"""Pixels from one line of words to the next."""
_FONT: Final = 15
"""Pixels of the words' size."""
_WIDE: Final = 8
"""Digits in a row, at most."""
_PAPER, _INK = "white", "black"


def check_sheet(path: Path) -> None:
    """Refuse, before all the work, a name that no sheet can be written to.

    Raises
    ------
    PictureError
        If it does not end in .png, or cannot be written.
    """
    if path.suffix.lower() != ".png":
        raise PictureError(
            f"{path}: the mistakes cannot be saved under this name.",
            f"Expected a name that ends in .png, found {path.suffix or 'no ending'}.",
            "Choose another name, such as mistakes.png.",
        )
    check_writable(path, PictureError, PNG)


def save_sheet(path: Path, mistakes: Sequence[Mistake]) -> None:
    """Write the digits side by side, each with what it shows and what was answered.

    Raises
    ------
    PictureError
        If it cannot be written, or another picture has that name.
    """
    side = SIDE * _SCALE
    cell, high = side + _GAP, side + _GAP + 3 * _LINE
    # As near to a square as it gets, since a cell is higher than it is wide.
    across = min(_WIDE, max(1, math.ceil(math.sqrt(len(mistakes) * high / cell))))
    down = max(1, math.ceil(len(mistakes) / across))
    sheet = Image.new("RGB", (across * cell + _GAP, down * high + _GAP), _PAPER)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(_FONT)
    for n, mistake in enumerate(mistakes):
        x, y = _GAP + n % across * cell, _GAP + n // across * high
        digit = Image.fromarray(mistake.image).resize((side, side), Image.Resampling.NEAREST)
        sheet.paste(digit, (x, y))
        for row, words in enumerate([str(mistake), mistake.told(), mistake.doubt()]):
            colour = LIGHT.orange if row == 2 else _INK
            pen.text((x, y + side + 4 + row * _LINE), words, colour, font)
    save_png(path, sheet)
