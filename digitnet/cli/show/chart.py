"""A curve and what a network makes of it, drawn in characters."""

from __future__ import annotations

from typing import Final

import numpy as np
from rich.text import Text

from digitnet.cli.show.console import out, plain
from digitnet.nn.curves import Fit

_ROWS: Final = 12
_MOST: Final = 72
"""Columns; on more the curve is no clearer."""
_MARKS: Final = {False: ("·", "●"), True: (".", "o")}
"""What stands for the curve and for the network, by whether there is only ASCII."""
_STYLES: Final = ("yellow", "bold cyan")


def show_chart(fit: Fit) -> None:
    """Draw the curve in one mark and the network in another, which covers it where it can."""
    marks = _MARKS[plain(out)]
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
        for curve, network in rows.T.tolist():
            if network == row:
                line.append(marks[1], _STYLES[1])
            elif curve == row:
                line.append(marks[0], _STYLES[0])
            else:
                line.append(" ")
        line.rstrip()
        out.print(line, soft_wrap=True)
    first, last = f"x = {fit.curve.low:.3g}", f"{fit.curve.high:.3g}"
    out.print(Text(first + last.rjust(width - len(first)), style="dim"), soft_wrap=True)
