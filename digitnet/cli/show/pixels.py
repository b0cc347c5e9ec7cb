"""Pictures and bars in characters, plain ones if the terminal has no others.

A line of characters shows two rows of pixels, so that pixels are square.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rich.color import Color
from rich.style import Style
from rich.text import Text

from digitnet.images.colours import DARK, rgb
from digitnet.images.form.weights import Strokes

_EIGHTHS: Final = " ▁▂▃▄▅▆▇█"
_ASCII_EIGHTHS: Final = "_.:-=+*#@"
_SHADES: Final = " .:-=+*#%@"
_STROKES: Final = {False: "│╱─╲", True: "|/-\\"}
"""Characters of a bar, for block characters and for ASCII."""
_NEGATIVE: Final = "o"
"""A stroke of negative weight, without colours."""
_GREYS: Final = 17
"""Step of the drawn grey levels: fewer styles are faster."""
_LEVELS: Final = 12
"""Shades of blue and of orange."""
_FAINT: Final = 0.25
"""Least weight that gets a sign, by the largest."""
_ROOT: Final = 0.6
"""Exponent of the brightness of a weight by the largest, so that weak ones are visible."""


def half_blocks(picture: NDArray[np.uint8], *, plain: bool) -> Text:
    """Draw a picture two rows of pixels a line.

    Parameters
    ----------
    picture : ndarray of uint8, shape (height, width) or (height, width, 3)
        With an odd height, the last line is half empty.
    plain : bool
        Use ASCII shades: for a terminal without block characters or without colour.
    """
    height, width, *_ = picture.shape
    if plain:
        grey = picture if picture.ndim == 2 else picture.mean(axis=2)
        mean = np.stack([_even(grey)[::2], _even(grey)[1::2]]).mean(axis=0)
        shade = (mean * (len(_SHADES) - 1) / 255 + 0.5).astype(int)
        return Text("\n".join("".join(_SHADES[i] for i in row) for row in shade))
    colours = np.broadcast_to(picture.reshape(height, width, -1), (height, width, 3))
    drawing = Text()
    for top in range(0, height, 2):
        drawing.append("\n" if top else "")
        pairs = colours[top : top + 2].transpose(1, 0, 2).reshape(width, -1).tolist()
        for pair, run in groupby(map(tuple, pairs)):
            drawing.append("▀" * len(list(run)), _style(pair))
    return drawing


def digit(image: NDArray[np.uint8], side: int, *, plain: bool) -> Text:
    """Draw a digit in so many pixels a side: half as many lines."""
    shrunk = Image.fromarray(image).resize((side, side), Image.Resampling.BOX)
    return half_blocks(np.asarray(shrunk) // _GREYS * _GREYS, plain=plain)


def signed(picture: NDArray[np.float32], strongest: float, *, plain: bool) -> Text:
    """Draw numbers on black: blue is positive, orange is negative; signs without colours.

    Parameters
    ----------
    picture : ndarray of float, shape (height, width)
    strongest : float
        The value that is drawn brightest; larger ones are clipped.
    plain : bool
        Use signs, each for the stronger of its two pixels: ``+ #`` above 0, ``- =`` below.
    """
    share = np.clip(picture / (strongest or 1.0), -1, 1)
    if not plain:
        return half_blocks(_coloured(share), plain=False)
    upper, lower = _even(share)[::2], _even(share)[1::2]
    stronger = np.where(np.abs(upper) >= np.abs(lower), upper, lower)
    rows = np.rint(stronger * 2).astype(int).tolist()
    return Text("\n".join("".join((" +#" if n >= 0 else " -=")[abs(n)] for n in r) for r in rows))


def signed_strokes(strokes: Strokes, strongest: float, gap: str, *, plain: bool) -> Text:
    """Draw the stroke of each cell, a line a row.

    Parameters
    ----------
    strokes : Strokes
    strongest : float
        The value that is drawn brightest; larger ones are clipped.
    gap : str
        Between two cells of a row.
    plain : bool
        Without colours, only positive strokes are drawn as strokes; faint ones are left out.
    """
    share = np.clip(strokes.weight / (strongest or 1.0), -1, 1)
    signs = np.array(list(_STROKES[plain]))[strokes.runs]
    if plain:
        signs[share < 0] = _NEGATIVE
    signs[np.abs(share) < _FAINT] = " "
    rows = zip(signs.tolist(), _coloured(share).tolist(), strict=True)
    lines = []
    for row, colours in rows:
        styles = ["" if plain else _style(tuple(colour)) for colour in colours]
        lines.append(Text(gap).join(map(Text, row, styles)))
    return Text("\n").join(lines)


def bar(share: float, width: int, *, plain: bool) -> str:
    """Draw a value from 0 to 1 as a bar."""
    return ("#" if plain else "█") * round(share * width)


def ten_bars(shares: tuple[float, ...], *, plain: bool) -> str:
    """Draw a small bar for each value, side by side."""
    levels = _ASCII_EIGHTHS if plain else _EIGHTHS
    return "".join(levels[round(share * (len(levels) - 1))] for share in shares)


def _even(rows: NDArray[Any]) -> NDArray[Any]:
    """Pad to an even number of rows with 0."""
    return np.pad(rows, ((0, len(rows) % 2), (0, 0)))


def _coloured(share: NDArray[np.floating[Any]]) -> NDArray[np.uint8]:
    """Blue for positive, orange for negative values, as bright as their size; one more axis."""
    level = np.rint(np.abs(share) ** _ROOT * _LEVELS)[..., np.newaxis]
    colour = np.where(share[..., np.newaxis] < 0, rgb(DARK.orange), rgb(DARK.blue))
    return np.asarray(colour * level // _LEVELS, np.uint8)


@lru_cache(maxsize=4096)
def _style(colours: tuple[int, ...]) -> Style:
    """Style of a character: the colour of its upper half and, of six numbers, of its lower half."""
    below = Color.from_rgb(*colours[3:]) if len(colours) > 3 else None
    return Style(color=Color.from_rgb(*colours[:3]), bgcolor=below)
