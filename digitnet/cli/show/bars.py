"""Pictures and bars in characters, with plain ones where a terminal has no others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rich.text import Text

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_SHADES = " .:-=+*#%@"


def half_blocks(picture: NDArray[np.uint8], *, plain: bool) -> Text:
    """Draw a picture two rows of pixels a line, so that pixels come out square.

    Parameters
    ----------
    picture : ndarray of uint8, shape (height, width) or (height, width, 3), height even
    plain : bool
        Use ASCII shades: for a terminal without block characters or without colour.
    """
    if plain:
        grey = picture if picture.ndim == 2 else picture.mean(axis=2)
        mean = grey.reshape(len(grey) // 2, 2, -1).mean(axis=1)
        shade = (mean * (len(_SHADES) - 1) / 255 + 0.5).astype(int)
        return Text("\n".join("".join(_SHADES[i] for i in row) for row in shade))
    drawing = Text()
    colours = picture if picture.ndim == 3 else np.repeat(picture[..., np.newaxis], 3, axis=2)
    for n, (upper, lower) in enumerate(zip(colours[::2], colours[1::2], strict=True)):
        drawing.append("\n" if n else "")
        for top, bottom in zip(upper.tolist(), lower.tolist(), strict=True):
            above, below = (",".join(map(str, colour)) for colour in (top, bottom))
            drawing.append("▀", style=f"rgb({above}) on rgb({below})")
    return drawing


def bar(share: float, width: int, *, plain: bool) -> str:
    """Draw a share from 0 to 1 as a bar."""
    return ("#" if plain else "█") * round(share * width)


def ten_bars(shares: tuple[float, ...], *, plain: bool) -> str:
    """Draw a small bar for each share, side by side."""
    levels = "_.:-=+*#@" if plain else _EIGHTHS
    return "".join(levels[round(share * (len(levels) - 1))] for share in shares)
