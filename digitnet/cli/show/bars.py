"""Pictures and bars in characters, with plain ones where a terminal has no others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rich.text import Text

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_SHADES = " .:-=+*#%@"


def half_blocks(picture: NDArray[np.uint8], *, plain: bool) -> Text:
    """Draw a grey picture two rows of pixels a line, so that pixels come out square.

    Parameters
    ----------
    picture : ndarray of uint8, shape (height, width), height even
    plain : bool
        Use ASCII shades: for a terminal without block characters or without colour.
    """
    if plain:
        mean = picture.reshape(len(picture) // 2, 2, -1).mean(axis=1)
        shade = (mean * (len(_SHADES) - 1) / 255 + 0.5).astype(int)
        return Text("\n".join("".join(_SHADES[i] for i in row) for row in shade))
    drawing = Text()
    for n, (upper, lower) in enumerate(zip(picture[::2], picture[1::2], strict=True)):
        drawing.append("\n" if n else "")
        for top, bottom in zip(upper.tolist(), lower.tolist(), strict=True):
            drawing.append("▀", style=f"rgb({top},{top},{top}) on rgb({bottom},{bottom},{bottom})")
    return drawing


def bar(share: float, width: int, *, plain: bool) -> str:
    """Draw a share from 0 to 1 as a bar."""
    return ("#" if plain else "█") * round(share * width)


def ten_bars(shares: tuple[float, ...], *, plain: bool) -> str:
    """Draw a small bar for each share, side by side."""
    levels = "_.:-=+*#@" if plain else _EIGHTHS
    return "".join(levels[round(share * (len(levels) - 1))] for share in shares)
