"""Waits that show how far they are: a download, pictures that are read. All on stderr."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from digitnet.cli.show.console import err

if TYPE_CHECKING:
    from digitnet.datasets.remote import Listener


@contextmanager
def downloading() -> Iterator[Listener]:
    """Show a bar for each file: bytes, speed and time left; a pulse where the size is not known."""
    bars: dict[str, TaskID] = {}
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, disable=not err.is_terminal) as progress:

        def listen(name: str, done: int, total: int | None) -> None:
            if name not in bars:
                bars[name] = progress.add_task(name.removesuffix("-ubyte"), total=total)
            progress.update(bars[name], completed=done, total=total)

        yield listen


def reading(files: Sequence[Path]) -> Iterator[Path]:
    """Yield the files; in a terminal, a bar shows how many are left."""
    columns = (TextColumn("reading pictures"), BarColumn(bar_width=None), MofNCompleteColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as progress:
        yield from progress.track(files)
