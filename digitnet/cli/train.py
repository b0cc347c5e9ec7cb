"""digitnet train: learn from MNIST and save the weights."""

from __future__ import annotations

import json as json_
import secrets
import shlex
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from digitnet.cli.options import (
    DATA_DIR,
    INTERRUPTED,
    MODEL_FILE,
    DataDir,
    DataSet,
    Json,
    Mirror,
    ModelFile,
)

if TYPE_CHECKING:
    from digitnet.checkpoint import Checkpoint
    from digitnet.nn.presets import Recipe
    from digitnet.nn.report import EpochReport
    from digitnet.session import Session
    from digitnet.weights import Model

ActivationName = Literal["sigmoid", "relu", "tanh", "leaky-relu", "step"]
CostName = Literal["quadratic", "cross-entropy", "softmax-cross-entropy"]
OptimizerName = Literal["sgd", "momentum", "nesterov", "adam"]
ScheduleName = Literal["constant", "linear", "cosine"]
PresetName = Literal["essay", "best"]

HELP = """Train a network on handwritten digits and save its weights.

Without options: 784-15-10, sigmoid, quadratic cost and plain gradient descent, on MNIST. It is \
downloaded once; where that fails, the 5,000 digits that come with digitnet stand in.

Ctrl-C stops and saves; --resume goes on. Example: digitnet train --hidden 100 --epochs 20
"""


def train(
    preset: Annotated[
        PresetName | None,
        typer.Option(help="The recipe that options change; by default essay."),
    ] = None,
    hidden: Annotated[
        list[int] | None,
        typer.Option(help="Neurons of a hidden layer. Repeatable.", metavar="N"),
    ] = None,
    activation: Annotated[ActivationName | None, typer.Option()] = None,
    cost: Annotated[CostName | None, typer.Option()] = None,
    optimizer: Annotated[OptimizerName | None, typer.Option()] = None,
    learning_rate: Annotated[float | None, typer.Option(metavar="RATE")] = None,
    schedule: Annotated[ScheduleName | None, typer.Option()] = None,
    epochs: Annotated[int | None, typer.Option(metavar="N")] = None,
    batch_size: Annotated[int | None, typer.Option(metavar="N")] = None,
    l2: Annotated[float | None, typer.Option(help="Weight decay.", metavar="RATE")] = None,
    warm_up: Annotated[
        float | None,
        typer.Option(help="Share of the run in which the rate rises.", metavar="SHARE"),
    ] = None,
    clip: Annotated[
        float | None, typer.Option(help="Shorten longer gradients to this.", metavar="LENGTH")
    ] = None,
    patience: Annotated[
        int | None,
        typer.Option(help="Stop after N epochs without progress; keep the best.", metavar="N"),
    ] = None,
    augment: Annotated[
        bool | None,
        typer.Option("--augment/--no-augment", help="Distort every digit anew in each epoch."),
    ] = None,
    smoothing: Annotated[
        float | None, typer.Option(help="Spread this share of y over the digits.", metavar="SHARE")
    ] = None,
    validation: Annotated[
        int | None,
        typer.Option(help="Training digits held out to score each epoch.", metavar="N"),
    ] = None,
    raw: Annotated[
        bool, typer.Option("--raw", help="Feed the pixels as they are, not normalised.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the run that was stopped.")
    ] = False,
    seed: Annotated[
        int | None, typer.Option(help="Repeat a run exactly; drawn if absent.", metavar="N")
    ] = None,
    dataset: DataSet = None,
    model: ModelFile = MODEL_FILE,
    data_dir: DataDir = DATA_DIR,
    mirror: Mirror = None,
    json: Json = False,
) -> None:
    """Collect the options into a recipe and run it."""
    from digitnet.checkpoint import Checkpoint, checkpoint_path
    from digitnet.cli import load
    from digitnet.errors import TrainingError, WeightsError
    from digitnet.files import check_writable
    from digitnet.images.moments import DEFAULT_TARGETS
    from digitnet.session import Session

    given = {
        "hidden": tuple(hidden) if hidden else None,
        "activation": activation,
        "cost": cost,
        "optimizer": optimizer,
        "learning_rate": learning_rate,
        "schedule": schedule,
        "epochs": epochs,
        "batch_size": batch_size,
        "l2": l2,
        "warm_up": warm_up,
        "clip": clip,
        "patience": patience,
        "augment": augment,
        "smoothing": smoothing,
    }
    if seed is not None and seed < 0:
        raise TrainingError(
            f"--seed {seed} cannot be used.",
            f"Expected 0 or more, found {seed}.",
            "Choose another value for --seed.",
        )
    check_writable(model, WeightsError)
    checkpoint = Checkpoint(checkpoint_path(model)) if resume else None
    recipe = _recipe(preset, checkpoint, given)
    if checkpoint:
        seed = checkpoint.seed if seed is None else seed
        validation = checkpoint.validation if validation is None else validation
        raw = raw or checkpoint.raw
        dataset = dataset or checkpoint.dataset
    digits = load.digits(dataset, data_dir, mirror)
    session = Session(
        digits,
        recipe,
        seed=secrets.randbelow(2**32) if seed is None else seed,
        targets=None if raw else DEFAULT_TARGETS,
        validation=validation,
        cache=data_dir if digits.name == "mnist" else None,
    )
    if checkpoint:
        session.resume(checkpoint)
    _train(session, model, json=json)


train.__doc__ = HELP


def _recipe(preset: str | None, checkpoint: Checkpoint | None, given: dict[str, Any]) -> Recipe:
    """Change the preset, or what the stopped run had, by the options that were given."""
    from dataclasses import replace

    from digitnet.nn.presets import preset as named

    options = {name: value for name, value in given.items() if value is not None}
    if checkpoint and preset is None:
        return replace(checkpoint.recipe, **options)
    return replace(named(preset or "essay", options.get("hidden", (15,))), **options)


def _train(session: Session, path: Path, *, json: bool) -> None:
    """Train, show each epoch, and save, however it ends."""
    from digitnet.checkpoint import checkpoint_path
    from digitnet.cli.display import note
    from digitnet.cli.progress import training
    from digitnet.cli.stop import stopping
    from digitnet.errors import TrainingError
    from digitnet.weights import save_weights

    start = perf_counter()
    checkpoint = checkpoint_path(path)
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
        typer.echo(json_.dumps(_summary(model, path, seconds)))
        return
    _show(model, path, seconds)


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


def _show(model: Model, path: Path, seconds: float) -> None:
    from digitnet.cli.results import show_facts

    scores = model.about["scores"]
    cost, validated = scores["training_cost"], scores["validation_accuracy"]
    show_facts(
        [
            ("network", "-".join(map(str, model.network.sizes))),
            ("trained", f"{model.about['epochs']} epochs on {model.about['dataset']}"),
            ("seed", str(model.about["seed"])),
            ("training cost", "none yet" if cost is None else f"{cost:.4f}"),
            ("validation accuracy", "none held out" if validated is None else f"{validated:.2%}"),
            ("test accuracy", f"{scores['test_accuracy']:.2%} of {scores['test_count']:,}"),
            ("time", f"{seconds:.1f} s"),
            ("weights", str(path)),
        ]
    )
