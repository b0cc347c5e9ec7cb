"""digitnet train: learn from MNIST and save the weights."""

from __future__ import annotations

import json as json_
import secrets
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from digitnet.cli.options import DATA_DIR, MODEL_FILE, DataDir, DataSet, Json, Mirror, ModelFile

if TYPE_CHECKING:
    from digitnet.nn.presets import Recipe
    from digitnet.nn.training import EpochReport
    from digitnet.session import Session
    from digitnet.weights import Model

ActivationName = Literal["sigmoid", "relu", "tanh", "leaky-relu", "step"]
CostName = Literal["quadratic", "cross-entropy", "softmax-cross-entropy"]
OptimizerName = Literal["sgd", "momentum", "nesterov", "adam"]
ScheduleName = Literal["constant", "linear", "cosine"]
PresetName = Literal["essay"]

HELP = """Train a network on handwritten digits and save its weights.

Without options: 784-15-10, sigmoid, quadratic cost, plain gradient descent on MNIST, which
is downloaded once; without a network, on the 5,000 digits that come with digitnet.
"""
EPILOG = "Example: digitnet train --hidden 100 --epochs 20 --seed 1"


def train(
    preset: Annotated[PresetName, typer.Option(help="The recipe to begin with.")] = "essay",
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
    validation: Annotated[
        int | None,
        typer.Option(help="Training digits held out to score each epoch.", metavar="N"),
    ] = None,
    raw: Annotated[
        bool, typer.Option("--raw", help="Feed the pixels as they are, not normalised.")
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
    recipe = _recipe(
        preset,
        hidden=tuple(hidden) if hidden else None,
        activation=activation,
        cost=cost,
        optimizer=optimizer,
        learning_rate=learning_rate,
        schedule=schedule,
        epochs=epochs,
        batch_size=batch_size,
        l2=l2,
    )
    from digitnet.cli import load
    from digitnet.errors import WeightsError
    from digitnet.files import check_writable
    from digitnet.images.moments import DEFAULT_TARGETS
    from digitnet.session import Session

    check_writable(model, WeightsError)
    session = Session(
        load.digits(dataset, data_dir, mirror),
        recipe,
        seed=secrets.randbelow(2**32) if seed is None else seed,
        targets=None if raw else DEFAULT_TARGETS,
        validation=validation,
    )
    _train(session, model, json=json)


train.__doc__ = HELP


def _recipe(preset: str, **options: Any) -> Recipe:
    from dataclasses import replace

    from digitnet.nn.presets import PRESETS

    return replace(PRESETS[preset], **{k: v for k, v in options.items() if v is not None})


def _train(session: Session, path: Path, *, json: bool) -> None:
    """Train, show each epoch, and save; after a divergence save the last good weights."""
    from digitnet.cli.display import note
    from digitnet.cli.progress import training
    from digitnet.errors import TrainingError
    from digitnet.weights import save_weights

    start = perf_counter()
    try:
        with training(session.recipe.epochs) as show:
            for report in session.epochs():
                show(report)
                if json:
                    typer.echo(json_.dumps(_epoch(report)))
    except TrainingError:
        if session.reports:
            save_weights(path, session.model())
            note(f"The weights of epoch {len(session.reports)}, the last good one, are in {path}")
        raise
    model = session.model()
    save_weights(path, model)
    seconds = perf_counter() - start
    if json:
        typer.echo(json_.dumps(_summary(model, path, seconds)))
    else:
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

    scores, validated = model.about["scores"], model.about["scores"]["validation_accuracy"]
    show_facts(
        [
            ("network", "-".join(map(str, model.network.sizes))),
            ("trained", f"{model.about['epochs']} epochs on {model.about['dataset']}"),
            ("seed", str(model.about["seed"])),
            ("training cost", f"{scores['training_cost']:.4f}"),
            ("validation accuracy", "none held out" if validated is None else f"{validated:.2%}"),
            ("test accuracy", f"{scores['test_accuracy']:.2%} of {scores['test_count']:,}"),
            ("time", f"{seconds:.1f} s"),
            ("weights", str(path)),
        ]
    )
