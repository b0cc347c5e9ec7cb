"""digitnet train: learn from MNIST and save the weights."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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
from digitnet.cli.recipe_options import (
    L2,
    Activation,
    Augment,
    BatchSize,
    Clip,
    Continental,
    Cost,
    Epochs,
    Hidden,
    LearningRate,
    Optimizer,
    Patience,
    Preset,
    Raw,
    Schedule,
    Validation,
    WarmUp,
)

HELP = """Train a network on handwritten digits and save its weights.

Without options: 784-15-10, sigmoid, quadratic cost and plain gradient descent, on MNIST. It is \
downloaded once; where that fails, the 5,000 digits that come with digitnet stand in.

Ctrl-C stops and saves; --resume goes on.

Examples: digitnet train --hidden 100 --epochs 20; digitnet train --add my-digits/
"""


def train(
    preset: Preset = None,
    add: Annotated[
        Path | None,
        typer.Option(
            help="Also learn your own pictures, labelled as for eval; with --resume, teach them "
            "to the model there is.",
            metavar="FOLDER",
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the run that was stopped.", metavar="")
    ] = False,
    seed: Annotated[
        int | None, typer.Option(help="Repeat a run exactly; drawn if absent.", metavar="N")
    ] = None,
    hidden: Hidden = None,
    activation: Activation = None,
    cost: Cost = None,
    epochs: Epochs = None,
    batch_size: BatchSize = None,
    optimizer: Optimizer = None,
    learning_rate: LearningRate = None,
    schedule: Schedule = None,
    warm_up: WarmUp = None,
    l2: L2 = None,
    clip: Clip = None,
    patience: Patience = None,
    augment: Augment = None,
    continental: Continental = None,
    validation: Validation = None,
    raw: Raw = False,
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
