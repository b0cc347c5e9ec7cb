"""digitnet train --watch: a live view of the training.

It fills the terminal: curves, neurons, and the worst mistakes.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import timedelta
from time import perf_counter
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.segment import Segment, SegmentLines
from rich.table import Table
from rich.text import Text

from digitnet.cli.show.console import colourless, err, grid, out
from digitnet.cli.show.curves import axis, columns, curve
from digitnet.cli.show.mistakes import fitted, most_wrong
from digitnet.cli.show.neurons import MOST, Sheet, head
from digitnet.cli.show.training import Lines, thousands
from digitnet.learning.session import Session
from digitnet.model.history import EpochReport

BUDGET: Final = 0.05
"""Most of the time, as a fraction, for drawing."""
SELDOM: Final = 0.2
"""Least seconds between two drawings."""
_DECADES: Final = 2
"""Decades of the cost's axis; on a linear scale, all but the beginning would be flat."""
_NARROW: Final = 60
"""Least columns for mistakes beside the neurons."""
_MISTAKES: Final = (42, 26, 14)
"""Range of columns of the mistakes, at least their heading of 14."""

Drawing = list[list[Segment]]


def view_of(session: Session, begins: str, *, drawn: bool) -> Lines | Watch:
    """Choose how a run is shown: drawn, where a terminal can draw over its lines, or a line each.

    Parameters
    ----------
    session : Session
    begins : str
        Name of the network before its first step.
    drawn : bool
        Whether it should be drawn.
    """
    can_draw = err.is_terminal and not err.is_dumb_terminal
    return Watch(session) if drawn and can_draw else Lines(session.training, begins)


class Watch:
    """Draws a run at its reports, and between them if there is time.

    Parameters
    ----------
    session : Session
    clock : callable
        Time in seconds.
    """

    def __init__(self, session: Session, clock: Callable[[], float] = perf_counter) -> None:
        self.session, self.clock = session, clock
        self.begun, self.first = clock(), session.training.progress.step
        self.next = 0.0
        self.live = Live(
            console=err,
            auto_refresh=False,
            vertical_overflow="crop",
            redirect_stdout=out.is_terminal,
        )

    def __enter__(self) -> Watch:
        """Start drawing."""
        self.live.start()
        self.begun = self.clock()
        return self

    def __exit__(self, *_: object) -> None:
        """Draw the final view, which stays on the screen."""
        try:
            self.draw()
        finally:
            self.live.stop()

    def beside(self, stop: Callable[[], bool]) -> Callable[[], bool]:
        """Call `stop` before every mini-batch, and draw when it is time."""

        def asked() -> bool:
            self.glance()
            return stop()

        return asked

    def report(self, _: EpochReport) -> None:
        """Draw after a report."""
        self.glance()

    def glance(self) -> None:
        """Draw, unless that would take too much time."""
        if self.clock() >= self.next:
            self.draw()

    def draw(self) -> None:
        """Draw the current state of the run."""
        start = self.clock()
        training = self.session.training
        done = training.progress.step - self.first
        left = self.session.recipe.epochs * training.steps - training.progress.step
        pace = (start - self.begun) / done if done else None
        lines = frame(self.session, pace, pace and pace * left, err)
        self.live.update(SegmentLines(lines, new_lines=True), refresh=True)
        end = self.clock()
        self.next = end + max(SELDOM, (end - start) / BUDGET)


def frame(session: Session, pace: float | None, left: float | None, console: Console) -> Drawing:
    """Draw the current state of the run.

    Parameters
    ----------
    session : Session
    pace, left : float or None
        Seconds of a mini-batch, and of the rest of the run; None before the first.
    console : Console
        Its width and its height, minus one line for the cursor, are filled.
    """
    height, plain = console.height - 1, colourless(console)
    curves = _curves(session, console.width, 4 if height < 36 else 8, plain=plain)
    lines = _lines(console, *_head(session, pace, left, console.width), *curves)
    lines += _pictures(session, console, height - len(lines), plain=plain)
    return [Segment.adjust_line_length(line, console.width, pad=False) for line in lines[:height]]


def _lines(console: Console, *parts: RenderableType) -> Drawing:
    options = console.options.update(no_wrap=True, overflow="crop")
    return console.render_lines(Group(*parts), options, pad=False)


def _pictures(session: Session, console: Console, height: int, *, plain: bool) -> Drawing:
    """Draw the neurons, and the worst mistakes beside or below them."""
    W, width = session.network.W[0], console.width
    wrong = most_wrong(session.training.checked, session.validation)
    for beside in _beside(width) if wrong else ():
        sheet = Sheet.fitting(W, width - beside - 2, height - 1)
        if sheet and sheet.shown == min(MOST, len(W)):
            both = Table.grid()
            both.add_column(width=width - beside, no_wrap=True)
            both.add_column(no_wrap=True)
            both.add_row(
                _neurons(session, sheet, width - beside - 2, plain=plain),
                fitted(wrong, beside, height, plain=plain),
            )
            return _lines(console, both)
    sheet = Sheet.fitting(W, width, height - 1)
    lines = _lines(console, _neurons(session, sheet, width, plain=plain)) if sheet else []
    return lines + _lines(console, fitted(wrong, width, height - len(lines), plain=plain))


def _beside(width: int) -> list[int]:
    """Possible columns of the mistakes beside the neurons, the most first."""
    return [columns for columns in _MISTAKES if columns * 3 < width and width >= _NARROW]


def _neurons(session: Session, sheet: Sheet, width: int, *, plain: bool) -> Group:
    W, hidden = session.network.W[0], bool(session.recipe.hidden)
    what, meaning = head(sheet.shown, *W.shape, hidden=hidden, plain=plain)
    words = (f"{what} {meaning}", f"Weights {meaning}", meaning)
    fitting = next((said for said in words if len(said) <= width), meaning)
    return Group(Text(fitting, style="bold"), sheet.drawn(W, plain=plain))


def _head(session: Session, pace: float | None, left: float | None, width: int) -> list[Text]:
    """Epoch, speed and remaining time."""
    training, epochs = session.training, session.recipe.epochs
    if pace is None or left is None:
        words = "untrained" if not training.epoch else "resumed"
        return [Text(f"{words} (epoch {training.epoch} of {epochs})")]
    of = f"epoch {training.epoch + 1} of {epochs}"
    if training.finished:
        of = f"{training.epoch} of {epochs} epochs done"
    parts = [of, f"{thousands(session.recipe.batch_size / pace)} digits/s"]
    if not training.finished:
        parts.append(f"{timedelta(seconds=math.ceil(left))} left")
    whole = "  ".join(parts)
    return [Text(part) for part in ([whole] if len(whole) <= width else parts)]


def _curves(session: Session, width: int, height: int, *, plain: bool) -> list[RenderableType]:
    """Draw the cost and, if there is any, the validation accuracy."""
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
    across = 1 if any(len(name) > each for name, _, _ in curves) else len(curves)
    each = each if across > 1 else width
    blocks = []
    for name, values, colour in curves:
        drawn = curve(columns(moments, values, epochs, each), height, ascii_only=plain)
        lines = Text("\n".join(drawn), style=colour)
        below = Text(axis(epochs, each), style="dim")
        blocks.append(Group(Text(name, style=f"bold {colour}"), lines, below))
    return [grid(blocks, across, gap=2)]
