"""Weights as small pictures in two colours: blue above 0, orange below, black for nothing.

The two are told apart by every kind of colour vision. Where there are no colours, signs stand
for them.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from rich.color import Color
from rich.console import Console
from rich.style import Style
from rich.text import Text

from digitnet.cli.show.console import plain
from digitnet.images.colours import DARK, rgb
from digitnet.images.form.weights import Strokes

_LEVELS: Final = 12
"""Shades of each colour: more could not be told apart, and fewer styles are drawn sooner."""
_ABOVE: Final = " +#"
_BELOW: Final = " -="
_STROKES: Final = "│╱─╲"
_ASCII_STROKES: Final = "|/-\\"
_CALM: Final = "o"
"""Stands for a stroke that calms, where there are no colours."""
_FAINT: Final = 0.25
"""Share of the strongest weight below which no sign stands for it."""
_ROOT: Final = 0.6
"""Power of a share of the strongest weight that is its brightness: weak ones are still seen."""


def colourless(console: Console) -> bool:
    """Whether pictures must do without colours or block characters."""
    return plain(console) or console.no_color or not console.is_terminal


def in_words(*, strokes: bool, plain: bool) -> tuple[str, str]:
    """Return what to call the looks of weights above 0 and below."""
    if not plain:
        return "blue", "orange"
    return ("lines", _CALM) if strokes else ("+ #", "- =")


def signed_blocks(picture: NDArray[np.float32], strongest: float, *, plain: bool) -> list[Text]:
    """Draw numbers above and below 0, two rows of pixels a line, so that pixels come out square.

    Parameters
    ----------
    picture : ndarray of float, shape (height, width)
        Of an odd height, the last line is half empty.
    strongest : float
        What is drawn brightest; what is beyond it, as bright.
    plain : bool
        Use signs instead of colours.
    """
    height = len(picture)
    share = np.clip(picture / (strongest or 1.0), -1, 1)
    if plain:
        return _signs(share)
    level = _levels(share)
    lines = []
    for top in range(0, height - 1, 2):
        line = Text()
        _append_runs(line, list(zip(level[top], level[top + 1], strict=True)))
        lines.append(line)
    if height % 2:
        line = Text()
        _append_runs(line, [(upper, None) for upper in level[-1]])
        lines.append(line)
    return lines


def signed_strokes(strokes: Strokes, strongest: float, gap: str, *, plain: bool) -> list[Text]:
    """Draw the stroke of each cell, a line a row.

    Parameters
    ----------
    strokes : Strokes
    strongest : float
        What is drawn brightest; what is beyond it, as bright.
    gap : str
        Between two cells of a row.
    plain : bool
        Use no colours: only a stroke that excites is then drawn as one. Faint ones are left out.
    """
    share = np.clip(strokes.weight / (strongest or 1.0), -1, 1)
    lines = []
    for runs, shares, levels in zip(
        strokes.runs.tolist(), share.tolist(), _levels(share), strict=True
    ):
        line = Text()
        for n, (run, weight, level) in enumerate(zip(runs, shares, levels, strict=True)):
            sign = " "
            if abs(weight) >= _FAINT:
                sign = _STROKES[run] if not plain else _ASCII_STROKES[run] if weight > 0 else _CALM
            line.append((gap if n else "") + sign, None if plain else _style(level, 0))
        lines.append(line)
    return lines


def _levels(share: NDArray[np.floating[Any]]) -> list[list[int]]:
    """How bright each share of the strongest is, above 0 in the one colour, below in the other."""
    bright = np.sign(share) * np.abs(share) ** _ROOT * _LEVELS
    found: list[list[int]] = np.rint(bright).astype(int).tolist()
    return found


def _append_runs(line: Text, pairs: list[tuple[int, int | None]]) -> None:
    """Append a block for each pair of levels; pairs that are the same are one piece."""
    start = 0
    for n in range(1, len(pairs) + 1):
        if n == len(pairs) or pairs[n] != pairs[start]:
            line.append("▀" * (n - start), _style(*pairs[start]))
            start = n


@cache
def _style(upper: int, lower: int | None) -> Style:
    below = None if lower is None else _colour(lower)
    return Style(color=_colour(upper), bgcolor=below)


def _colour(level: int) -> Color:
    colour = rgb(DARK.blue if level > 0 else DARK.orange)
    return Color.from_rgb(*(part * abs(level) // _LEVELS for part in colour))


def _signs(share: NDArray[np.floating[Any]]) -> list[Text]:
    """Draw a sign for each two pixels, of the stronger of them."""
    if len(share) % 2:
        share = np.vstack([share, np.zeros_like(share[:1])])
    upper, lower = share[::2], share[1::2]
    stronger = np.where(np.abs(upper) >= np.abs(lower), upper, lower)
    lines = []
    for row in np.rint(stronger * 2).astype(int).tolist():
        lines.append(Text("".join((_ABOVE if n >= 0 else _BELOW)[abs(n)] for n in row)))
    return lines
