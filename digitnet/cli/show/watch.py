"""digitnet train --watch: one view of a network that learns, drawn again and again."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Final

from rich.live import Live
from rich.text import Text

from digitnet.cli.show.console import err, out
from digitnet.cli.show.frame import frame
from digitnet.learning.session import Session
from digitnet.nn.report import EpochReport

BUDGET: Final = 0.05
"""Share of the time that drawing may take."""
SELDOM: Final = 0.2
"""Seconds between two drawings, at least: faster nobody sees."""


def can_watch() -> bool:
    """Whether there is a terminal in which lines can be drawn over."""
    return err.is_terminal and not err.is_dumb_terminal


class Watch:
    """Draws a run at its reports, and between them where there is time for it.

    Parameters
    ----------
    session : Session
    clock : callable
        Time in seconds.
    """

    def __init__(self, session: Session, clock: Callable[[], float] = perf_counter) -> None:
        self.session, self.clock = session, clock
        self.begun, self.first = clock(), session.training.step
        self.next = 0.0
        self.live = Live(
            console=err,
            auto_refresh=False,
            vertical_overflow="crop",
            redirect_stdout=out.is_terminal,
        )

    def __enter__(self) -> Watch:
        """Begin to draw."""
        self.live.start()
        self.begun = self.clock()
        return self

    def __exit__(self, *_: object) -> None:
        """Draw what there is at the end, which stays."""
        try:
            self.draw()
        finally:
            self.live.stop()

    def beside(self, stop: Callable[[], bool]) -> Callable[[], bool]:
        """Ask `stop` before every mini-batch, and draw where it is time to."""

        def asked() -> bool:
            self.glance()
            return stop()

        return asked

    def report(self, _: EpochReport) -> None:
        """Draw what has changed."""
        self.glance()

    def glance(self) -> None:
        """Draw, unless it would take too much of the time."""
        if self.clock() >= self.next:
            self.draw()

    def draw(self) -> None:
        """Draw the run as it is now."""
        start = self.clock()
        training = self.session.training
        done = training.step - self.first
        left = self.session.recipe.epochs * training.order.steps - training.step
        pace = (start - self.begun) / done if done else None
        lines = frame(self.session, pace, pace and pace * left, err)
        self.live.update(Text("\n", no_wrap=True, overflow="crop").join(lines), refresh=True)
        end = self.clock()
        self.next = end + max(SELDOM, (end - start) / BUDGET)
