"""Waits that show how far they are: a download, a training run. All on stderr."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from digitnet.cli.show.console import err, plain
from digitnet.nn.report import EpochReport

Listener = Callable[[str, int, int | None], None]


@contextmanager
def downloading() -> Iterator[Listener]:
    """Show a bar a file: bytes, speed and time left; a pulse where the size is not known."""
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


@contextmanager
def training(epochs: int, done: int = 0) -> Iterator[Callable[[EpochReport], None]]:
    """Print a line an epoch; in a terminal, a bar below them shows how long it will take."""
    columns = (
        SpinnerColumn("line" if plain(err) else "dots"),
        TextColumn("epoch {task.completed:.0f} of {task.total:.0f}"),
        BarColumn(bar_width=None),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as progress:
        bar = progress.add_task("training", total=epochs, completed=done)

        def show(report: EpochReport) -> None:
            err.print(_summary(report, epochs))
            progress.update(bar, completed=report.epoch)

        yield show


def reading(files: Sequence[Path]) -> Iterator[Path]:
    """Yield the files; in a terminal, a bar shows how many are left."""
    columns = (TextColumn("reading pictures"), BarColumn(bar_width=None), MofNCompleteColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as progress:
        yield from progress.track(files)


def _summary(report: EpochReport, epochs: int) -> str:
    accuracy = report.validation_accuracy
    validation = "" if accuracy is None else f"  validation {accuracy:.2%}"
    speed = _thousands(report.examples / max(report.seconds, 1e-9))
    epoch = f"{report.epoch:>{len(str(epochs))}}"
    return f"epoch {epoch}  cost {report.cost:.4f}{validation}  {speed} digits/s"


def _thousands(number: float) -> str:
    return f"{number / 1000:,.0f}k" if number >= 10_000 else f"{number:,.0f}"
