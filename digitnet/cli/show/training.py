"""Print a training run: a line for each epoch and a table at the end, or JSON."""

from __future__ import annotations

import json as json_
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import typer
from rich.progress import BarColumn, TextColumn, TimeRemainingColumn

from digitnet.cli.show.console import err, show_facts
from digitnet.cli.show.progress import live, spinner
from digitnet.learning.comparison import Scores
from digitnet.learning.engine import Training
from digitnet.model.history import EpochReport
from digitnet.model.history_file import history_path
from digitnet.model.model import Model


class Before(NamedTuple):
    """Name and scores of the model that a run replaces."""

    name: str
    scores: Scores


class Lines:
    """Prints a line for each report, in a terminal with a progress bar below.

    Parameters
    ----------
    training : Training
    begins : str
        Name of the network before its first step.
    """

    def __init__(self, training: Training, begins: str) -> None:
        self.count, self.begins = training.recipe.epochs, begins
        self.examples = len(training.examples.labels)
        self.progress = live(
            spinner(),
            TextColumn("epoch {task.completed:.0f} of {task.total:.0f} done"),
            BarColumn(bar_width=None),
            TimeRemainingColumn(compact=True),
        )
        self.bar = self.progress.add_task("training", total=self.count, completed=training.epoch)

    def __enter__(self) -> Lines:
        """Show the bar."""
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the bar."""
        self.progress.stop()

    def beside(self, stop: Callable[[], bool]) -> Callable[[], bool]:
        """Return `stop`, which is called before every mini-batch."""
        return stop

    def report(self, report: EpochReport) -> None:
        """Print a line."""
        # The line goes above the bar.
        self.progress.update(self.bar, completed=report.epoch, refresh=True)
        err.print(self._line(report))

    def _line(self, report: EpochReport) -> str:
        accuracy = report.validation_accuracy
        validation = "" if accuracy is None else f"  validation {accuracy:>6.2%}"
        speed = self.begins
        if report.epoch:
            digits = min(report.epoch, 1) * self.examples
            speed = f"{thousands(digits / max(report.seconds, 1e-9))} digits/s"
        epoch = f"{in_share(report.epoch):>{max(4, len(str(self.count)))}}"
        return f"epoch {epoch}  cost {report.cost:.4f}{validation}  {speed}"


def in_share(epoch: float) -> str:
    """``0``, ``1/16``, ``1/2``, ``3``: the epochs of a report."""
    return str(Fraction(epoch).limit_denominator(16))


def thousands(number: float) -> str:
    """``612k`` or ``4,210``."""
    return f"{number / 1000:,.0f}k" if number >= 10_000 else f"{number:,.0f}"


def show_run(
    model: Model, path: Path, seconds: float, before: Before | None, *, json: bool
) -> None:
    """Print the result of the whole run, as a table or as JSON."""
    if json:
        typer.echo(json_.dumps(run_json(model, path, seconds, before)))
        return
    scores = model.about["scores"]
    cost, validated = scores["training_cost"], scores["validation_accuracy"]
    compared = []
    if before is not None:
        was = before.scores
        own = f"{scores['own_accuracy']:.2%} of {scores['own_count']:,} held out"
        compared = [
            ("your digits", own),
            ("before", f"{was.test_accuracy:.2%} in the test, {was.own_accuracy:.2%} of yours"),
            ("", f"({before.name})"),
        ]
    show_facts(
        [
            ("network", "-".join(map(str, model.network.sizes))),
            ("trained", f"{in_epochs(model.about['epochs'])} on {model.about['dataset']}"),
            ("seed", str(model.about["seed"])),
            ("training cost", "none yet" if cost is None else f"{cost:.4f}"),
            ("validation accuracy", "none held out" if validated is None else f"{validated:.2%}"),
            ("test accuracy", f"{scores['test_accuracy']:.2%} of {scores['test_count']:,}"),
            *compared,
            ("time", f"{seconds:.1f} s"),
            ("weights", str(path)),
        ]
    )


def run_json(model: Model, path: Path, seconds: float, before: Before | None) -> dict[str, object]:
    """The JSON of the whole run."""
    about, scores = model.about, model.about["scores"]
    told: dict[str, object] = {
        "model": str(path),
        "history": str(history_path(path)),
        "epochs": about["epochs"],
        "seed": about["seed"],
        "dataset": about["dataset"],
        "validation_accuracy": scores["validation_accuracy"],
        "test_accuracy": scores["test_accuracy"],
        "seconds": seconds,
    }
    if before is not None:
        told |= {name: scores[name] for name in ("own_accuracy", "own_count")}
        told["before"] = {
            "model": before.name,
            "test_accuracy": before.scores.test_accuracy,
            "own_accuracy": before.scores.own_accuracy,
        }
    return told


def in_epochs(count: int) -> str:
    """``1 epoch``, ``1,000 epochs``."""
    return f"{count:,} epoch{'' if count == 1 else 's'}"
