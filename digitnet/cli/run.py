"""A training run as a person sees it: each epoch, the end, and what became of the weights."""

from __future__ import annotations

import json as json_
import shlex
from pathlib import Path
from time import perf_counter

import typer

from digitnet.cli.before import Before, as_json, compared, score_before
from digitnet.cli.options import INTERRUPTED, MODEL_FILE
from digitnet.cli.show.console import note
from digitnet.cli.show.progress import training
from digitnet.cli.show.scores import show_facts
from digitnet.cli.stop import stopping
from digitnet.errors import TrainingError
from digitnet.learning.checkpoint import checkpoint_path
from digitnet.learning.session import Session
from digitnet.model.model import Model
from digitnet.model.weights import save_weights
from digitnet.nn.report import EpochReport


def run(session: Session, path: Path, *, json: bool) -> None:
    """Train, show each epoch, and save, however it ends."""
    start = perf_counter()
    checkpoint = checkpoint_path(path)
    before = score_before(session, path)
    try:
        with stopping() as stop, training(session.recipe.epochs, session.training.epoch) as show:
            for report in session.epochs(checkpoint, stop):
                show(report)
                if json:
                    typer.echo(json_.dumps(_epoch(report)))
    except TrainingError:
        if session.training.kept:
            save_weights(path, session.model())
            note(f"The weights of epoch {session.training.kept}, the best so far, are in {path}")
        raise
    if not session.training.finished:
        # Weights of less than an epoch are no good to anybody, and a file there may be.
        kept = checkpoint
        if session.training.kept:
            save_weights(path, session.model())
            kept = path
        named = "" if path == MODEL_FILE else f" --model {shlex.quote(str(path))}"
        note(
            f"Stopped in epoch {session.training.epoch + 1} of {session.recipe.epochs}. "
            f"The weights so far are in {kept}; go on with: digitnet train --resume{named}"
        )
        raise typer.Exit(INTERRUPTED)
    model = session.model()
    save_weights(path, model)
    seconds = perf_counter() - start
    if json:
        typer.echo(json_.dumps(_summary(model, path, seconds) | as_json(model, before)))
        return
    show_facts(_facts(model, path, seconds, before))


def _epoch(report: EpochReport) -> dict[str, object]:
    return {
        "epoch": report.epoch,
        "cost": report.cost,
        "validation_accuracy": report.validation_accuracy,
        "seconds": report.seconds,
    }


def _summary(model: Model, path: Path, seconds: float) -> dict[str, object]:
    scores = model.about["scores"]
    return {
        "model": str(path),
        "epochs": model.about["epochs"],
        "seed": model.about["seed"],
        "dataset": model.about["dataset"],
        "validation_accuracy": scores["validation_accuracy"],
        "test_accuracy": scores["test_accuracy"],
        "seconds": seconds,
    }


def _facts(
    model: Model, path: Path, seconds: float, before: Before | None
) -> list[tuple[str, str]]:
    scores = model.about["scores"]
    cost, validated = scores["training_cost"], scores["validation_accuracy"]
    return [
        ("network", "-".join(map(str, model.network.sizes))),
        ("trained", f"{model.about['epochs']} epochs on {model.about['dataset']}"),
        ("seed", str(model.about["seed"])),
        ("training cost", "none yet" if cost is None else f"{cost:.4f}"),
        ("validation accuracy", "none held out" if validated is None else f"{validated:.2%}"),
        ("test accuracy", f"{scores['test_accuracy']:.2%} of {scores['test_count']:,}"),
        *compared(model, before),
        ("time", f"{seconds:.1f} s"),
        ("weights", str(path)),
    ]
