"""Progress displays, on stderr and only in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.table import Column

from digitnet.cli.show.console import err, out, plain
from digitnet.errors import printable

if TYPE_CHECKING:
    from digitnet.datasets.download import Listener


def live(*columns: ProgressColumn, transient: bool = True) -> Progress:
    """A live display on stderr; none if stderr is not a terminal."""
    return Progress(
        *columns,
        console=err,
        disable=not err.is_terminal,
        transient=transient,
        # What goes to stdout meanwhile is printed above them if that is the same terminal. What
        # goes to a file or a pipe must still get there.
        redirect_stdout=out.is_terminal,
    )


def spinner() -> SpinnerColumn:
    """A spinner of characters that the terminal has."""
    return SpinnerColumn("line" if plain(err) else "dots")


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show what is waited for, and the elapsed time, until the block ends."""
    one_line = Column(no_wrap=True, overflow="ellipsis")
    words = TextColumn("{task.description}", markup=False, table_column=one_line)
    with live(spinner(), words, TimeElapsedColumn()) as progress:
        progress.add_task(printable(what), total=None)
        yield


@contextmanager
def downloading() -> Iterator[Listener]:
    """Show a bar for each file: bytes, speed and time left; a pulse if the size is unknown.

    Before the first byte, the text says that files are searched, and then which one is requested.
    """
    bars: dict[str, TaskID] = {}
    progress = live(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        transient=False,
    )
    with ExitStack() as shown:
        before = shown.enter_context(ExitStack())
        before.enter_context(waiting("looking for MNIST's files"))

        def listen(name: str, done: int, total: int | None) -> None:
            name = name.removesuffix("-ubyte")
            if not bars:
                before.close()
                if not done:
                    before.enter_context(waiting(f"asking a mirror for {name}"))
                    return
                shown.enter_context(progress)
            if name not in bars:
                bars[name] = progress.add_task(name, total=total)
            progress.update(bars[name], completed=done, total=total)

        yield listen


def reading(files: Sequence[Path]) -> Iterator[Path]:
    """Yield the files; in a terminal, a bar shows the progress."""
    columns = (TextColumn("reading pictures"), BarColumn(bar_width=None), MofNCompleteColumn())
    with live(*columns) as progress:
        yield from progress.track(files)
