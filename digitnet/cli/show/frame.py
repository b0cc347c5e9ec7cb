"""A run that learns, in as many lines as there are: curves, neurons, what it gets most wrong."""

from __future__ import annotations

import math
from typing import Final

from rich.console import Console
from rich.text import Text

from digitnet.cli.show.blocks import side_by_side
from digitnet.cli.show.curves import axis, columns, curve
from digitnet.cli.show.mistakes import mistake_lines, most_wrong
from digitnet.cli.show.neurons import MOST, Sheet, head
from digitnet.cli.show.signed import colourless
from digitnet.cli.show.training import thousands
from digitnet.learning.session import Session

_DECADES: Final = 2
"""Powers of ten that the cost's curve is high: in a straight scale, all but the first is flat."""
_NARROW: Final = 60
"""Columns from which on mistakes stand beside the neurons."""
_MISTAKES: Final = (42, 26, 14)
"""Columns that they may take there, their head of 14 at least; twice as many are left."""


def frame(session: Session, pace: float | None, left: float | None, console: Console) -> list[Text]:
    """Draw the run as it is now.

    Parameters
    ----------
    session : Session
    pace, left : float or None
        Seconds that a mini-batch took, and that are left; None if none was taken yet.
    console : Console
        Its width and height, less one line for the cursor, are filled.
    """
    width, height, plain = console.width, console.height - 1, colourless(console)
    lines = _head(session, pace, left, width)
    lines += _curves(session, width, 4 if height < 36 else 8, plain=plain)
    lines += _pictures(session, width, height - len(lines), plain=plain)
    for line in lines:
        line.truncate(width)
    return lines[:height]


def _pictures(session: Session, width: int, height: int, *, plain: bool) -> list[Text]:
    """Draw the neurons, and beside them, or else below, what is most wrong."""
    W = session.network.W[0]
    wrong = most_wrong(session.training.checked, session.validation)
    for beside in _beside(width) if wrong else ():
        sheet = Sheet.fitting(W, width - beside - 2, height - 1)
        if sheet and sheet.shown == min(MOST, len(W)):
            neurons = _neurons(session, sheet, width - beside, plain=plain)
            mistakes = mistake_lines(wrong, beside, height, plain=plain)
            return side_by_side(neurons, mistakes, width - beside)
    sheet = Sheet.fitting(W, width, height - 1)
    lines = _neurons(session, sheet, width, plain=plain) if sheet else []
    return lines + mistake_lines(wrong, width, height - len(lines), plain=plain)


def _beside(width: int) -> list[int]:
    """Columns that mistakes may take beside the neurons, from more to fewer."""
    if width < _NARROW:
        return []
    return [columns for columns in _MISTAKES if columns * 3 < width]


def _neurons(session: Session, sheet: Sheet, width: int, *, plain: bool) -> list[Text]:
    W, hidden = session.network.W[0], bool(session.recipe.hidden)
    words = head(sheet.shown, *W.shape, hidden=hidden, plain=plain)
    if len(words) > width:
        words = words.split(": ")[1]
    return [Text(words, style="bold"), *sheet.lines(W, plain=plain)]


def _head(session: Session, pace: float | None, left: float | None, width: int) -> list[Text]:
    """Say how far it is, how fast it goes and how long it will take."""
    training = session.training
    of = f"epoch {min(training.epoch + 1, session.recipe.epochs)} of {session.recipe.epochs}"
    if training.finished:
        of = f"{training.epoch} of {session.recipe.epochs} epochs done"
    if pace is None or left is None:
        return [Text(f"{of}, not begun yet")]
    parts = [of, f"{thousands(session.recipe.batch_size / pace)} digits/s"]
    if not training.finished:
        parts.append(f"{in_time(left)} left")
    whole = "  ".join(parts)
    return [Text(part) for part in ([whole] if len(whole) <= width else parts)]


def in_time(seconds: float) -> str:
    """``7 s``, ``2 min 5 s``, ``1 h 10 min``."""
    whole = math.ceil(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def _curves(session: Session, width: int, height: int, *, plain: bool) -> list[Text]:
    """Draw the cost, and beside it the validation accuracy, if there is any."""
    moments, epochs = session.history.reports, session.recipe.epochs
    if not moments:
        return []
    costs = [moment.cost for moment in moments]
    heights = [1 + math.log10(max(cost, 1e-9) / max(costs)) / _DECADES for cost in costs]
    curves = [(f"cost {costs[-1]:.4f} (log)", heights, "yellow")]
    checked = [moment.validation_accuracy for moment in moments]
    if checked[-1] is not None:
        shares = [accuracy or 0.0 for accuracy in checked]
        curves.append((f"validation {shares[-1]:.2%}", shares, "green"))
    each = (width - 2 * (len(curves) - 1)) // len(curves)
    each = width if any(len(name) > each for name, _, _ in curves) else each
    blocks = []
    for name, values, colour in curves:
        drawn = curve(columns(moments, values, epochs, each), height, plain=plain)
        block = [Text(name, style=f"bold {colour}")]
        block += [Text(line, style=colour) for line in drawn]
        blocks.append([*block, Text(axis(epochs, each), style="dim")])
    if each == width:
        return [line for block in blocks for line in block]
    return side_by_side(blocks[0], blocks[1], each + 2)
