"""Curves in block characters: a column for each moment, as high as what was measured then."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

from digitnet.model.history import Moment

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_PARTS = " .:#"
"""A third of a character, two thirds and all of it, in ASCII."""


def place(epoch: float) -> float:
    """Where an epoch stands on the axis: 0 to 4 for 0, 1/16, 1/8, 1/4, 1/2, and 5 for 1, 6 for 2.

    So every report of the first epoch, which teaches most, has as much room as an epoch later.
    """
    if epoch >= 1:
        return 4 + epoch
    return max(0.0, 5 + math.log2(epoch)) if epoch else 0.0


def columns(
    moments: Sequence[Moment], values: Sequence[float], epochs: int, width: int
) -> list[float | None]:
    """Value of each column: that of the last report until then; None where none is yet.

    Parameters
    ----------
    moments : sequence of Moment
        In order, from the first on.
    values : sequence of float
        Theirs.
    epochs : int
        Of the whole run: what the last column stands for.
    width : int
        Columns.
    """
    places = [place(moment.epoch) for moment in moments]
    each = (place(epochs) + 1) / width
    found: list[float | None] = []
    for column in range(width):
        # A column is of what came before its end, and a report fills all of its columns.
        last = bisect_right(places, (column + 0.5) * each) - 1
        begun = last >= 0 and column * each < places[-1] + 1
        found.append(values[last] if begun else None)
    return found


def curve(shares: Sequence[float | None], height: int, *, plain: bool) -> list[str]:
    """Draw shares from 0 to 1 as columns so many lines high, the top line first."""
    parts = _PARTS if plain else _EIGHTHS
    steps = len(parts) - 1
    # What is not nothing can be seen.
    filled = [
        0 if share is None else max(1, round(min(1.0, max(0.0, share)) * height * steps))
        for share in shares
    ]
    return [
        "".join(parts[min(steps, max(0, n - line * steps))] for n in filled)
        for line in range(height - 1, -1, -1)
    ]


def axis(epochs: int, width: int) -> str:
    """Name the epochs below a curve: 0 at its beginning, 1 where it stands, and the last."""
    each = (place(epochs) + 1) / width
    line = [" "] * width
    for name, epoch in (("0", 0), (str(epochs), epochs), ("1", 1)):
        first = min(width - len(name), math.ceil(place(epoch) / each - 0.5) if epoch else 0)
        if all(character == " " for character in line[max(0, first - 1) : first + len(name) + 1]):
            line[first : first + len(name)] = name
    return "".join(line)
