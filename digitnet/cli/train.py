"""digitnet train: learn from MNIST and save the weights."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from digitnet.cli.options import (
    DATA_DIR,
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

ActivationName = Literal["sigmoid", "relu", "tanh", "leaky-relu", "step"]
CostName = Literal["quadratic", "cross-entropy", "softmax-cross-entropy"]
OptimizerName = Literal["sgd", "momentum", "nesterov", "adam"]
ScheduleName = Literal["constant", "linear", "cosine"]
PresetName = Literal["essay", "best", "robust"]

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
    continental: Annotated[
        float | None,
        typer.Option(help="Share of the 1s, 7s and 9s to write as in Europe.", metavar="SHARE"),
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
    from digitnet.cli.run import run
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
        "continental": continental,
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
    run(session, model, json=json)


train.__doc__ = HELP


def _recipe(preset: str | None, checkpoint: Checkpoint | None, given: dict[str, Any]) -> Recipe:
    """Change the preset, or what the stopped run had, by the options that were given."""
    from dataclasses import replace

    from digitnet.nn.presets import preset as named

    options = {name: value for name, value in given.items() if value is not None}
    if checkpoint and preset is None:
        return replace(checkpoint.recipe, **options)
    return replace(named(preset or "essay", options.get("hidden", (15,))), **options)
