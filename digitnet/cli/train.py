"""digitnet train: learn from MNIST and save the weights."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

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

ActivationName = Literal["sigmoid", "relu", "tanh", "leaky-relu", "step"]
CostName = Literal["quadratic", "cross-entropy", "softmax-cross-entropy"]
OptimizerName = Literal["sgd", "momentum", "nesterov", "adam"]
ScheduleName = Literal["constant", "linear", "cosine"]
PresetName = Literal["essay", "best", "robust"]

HELP = """Train a network on handwritten digits and save its weights.

Without options: 784-15-10, sigmoid, quadratic cost and plain gradient descent, on MNIST. It is \
downloaded once; where that fails, the 5,000 digits that come with digitnet stand in.

Ctrl-C stops and saves; --resume goes on.

Examples: digitnet train --hidden 100 --epochs 20; digitnet train --add my-digits/
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
    add: Annotated[
        Path | None,
        typer.Option(
            help="Also learn your own pictures, labelled as for eval; with --resume, teach them "
            "to the model there is.",
            metavar="FOLDER",
        ),
    ] = None,
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
    from digitnet.cli.begin import Asked, begin
    from digitnet.cli.run import run
    from digitnet.errors import TrainingError, WeightsError
    from digitnet.files import check_writable

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
    options = {name: value for name, value in given.items() if value is not None}
    asked = Asked(preset, options, seed, validation, raw, dataset, add)
    run(begin(asked, model, data_dir, mirror, resume=resume), model, json=json)


train.__doc__ = HELP
