"""Curves in characters: the course of a run, and a fitted function of x."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

import numpy as np
from rich.text import Text

from digitnet.cli.show.console import out, plain
from digitnet.model.history import EpochReport
from digitnet.nn.worked import Fit

_EIGHTHS: Final = " ▁▂▃▄▅▆▇█"
_PARTS: Final = " .:#"
"""ASCII characters for a third, two thirds and a full character."""
_ROWS: Final = 12
"""Lines of a function of x."""
_MOST: Final = 72
"""Most columns of it."""
_STYLES: Final = ("yellow", "bold cyan")
"""Marks of the function and of the network."""


def place(epoch: float) -> float:
    """Position of an epoch on the axis: 0 to 4 for 0, 1/16, 1/8, 1/4, 1/2, and 5 for 1, 6 for 2.

    Every report of the first epoch, in which most of the learning happens, is as wide as a later
    epoch.
    """
    if epoch >= 1:
        return 4 + epoch
    return max(0.0, 5 + math.log2(epoch)) if epoch else 0.0


def columns(
    moments: Sequence[EpochReport], values: Sequence[float], epochs: int, width: int
) -> list[float | None]:
    """Value of each column: that of the last report up to it; None without one.

    Parameters
    ----------
    moments : sequence of EpochReport
        In order.
    values : sequence of float
        A value for each.
    epochs : int
        Epochs of the whole run, the last column.
    width : int
        Columns.
    """
    places = [place(moment.epoch) for moment in moments]
    each = (place(epochs) + 1) / width
    found: list[float | None] = []
    for column in range(width):
        # A column shows the last report before its end.
        last = bisect_right(places, (column + 0.5) * each) - 1
        begun = last >= 0 and column * each < places[-1] + 1
        found.append(values[last] if begun else None)
    return found


def curve(shares: Sequence[float | None], height: int, *, ascii_only: bool) -> list[str]:
    """Draw values from 0 to 1 as columns of so many lines, the top line first."""
    parts = _PARTS if ascii_only else _EIGHTHS
    steps = len(parts) - 1
    # A value above 0 is always visible.
    filled = [
        0 if share is None else max(1, round(min(1.0, max(0.0, share)) * height * steps))
        for share in shares
    ]
    return [
        "".join(parts[min(steps, max(0, n - line * steps))] for n in filled)
        for line in range(height - 1, -1, -1)
    ]


def axis(epochs: int, width: int) -> str:
    """Label the axis of a curve with the epochs 0, 1 and the last."""
    each = (place(epochs) + 1) / width
    line = [" "] * width
    for name, epoch in (("0", 0), (str(epochs), epochs), ("1", 1)):
        first = min(width - len(name), math.ceil(place(epoch) / each - 0.5) if epoch else 0)
        if all(character == " " for character in line[max(0, first - 1) : first + len(name) + 1]):
            line[first : first + len(name)] = name
    return "".join(line)


def show_fit(fit: Fit) -> None:
    """Draw the function in one mark, and over it the network in another."""
    marks = (".", "o") if plain(out) else ("·", "●")
    width = min(_MOST, out.width)
    X = fit.curve.between(width)
    both = np.vstack([fit.curve.of(X), fit.of(X)])
    low, high = float(both.min()), float(both.max())
    rows = np.rint((high - both) / (high - low) * (_ROWS - 1)).astype(int)
    legend = Text.assemble(
        (marks[0], _STYLES[0]),
        f" {fit.curve.name}  ",
        (marks[1], _STYLES[1]),
        f" the network after {fit.taken:,} steps",
    )
    out.print(legend)
    for row in range(_ROWS):
        line = Text()
        for curve, network in (row == rows.T).tolist():
            which = 1 if network else 0
            line.append(marks[which] if curve or network else " ", _STYLES[which])
        line.rstrip()
        out.print(line, soft_wrap=True)
    first, last = f"x = {fit.curve.low:.3g}", f"{fit.curve.high:.3g}"
    out.print(Text(first + last.rjust(width - len(first)), style="dim"), soft_wrap=True)
