"""digitnet train: learn from MNIST and save the weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digitnet.cli.options import (
    MODEL_FILE,
    DataDir,
    DataSet,
    Json,
    Mirror,
    ModelFile,
    plot_of,
)
from digitnet.cli.recipe_options import (
    L2,
    Activation,
    Augment,
    BatchSize,
    Clip,
    Coarse,
    Continental,
    Cost,
    Epochs,
    Hidden,
    Inputs,
    LearningRate,
    Nothing,
    Optimizer,
    Patience,
    Preset,
    Raw,
    Schedule,
    Validation,
    WarmUp,
    Written,
    changes,
)

if TYPE_CHECKING:
    from digitnet.learning.handwriting import Handwriting
    from digitnet.learning.plan import Plan

HELP = """Train a network on handwritten digits and save its weights.

Without options: 784-15-10, sigmoid, quadratic cost and plain gradient descent, on MNIST. It is \
downloaded once; where that fails, the 5,000 digits that come with digitnet stand in.

Ctrl-C stops and saves; --resume goes on.

Examples:
  digitnet train --watch
  digitnet train --hidden 100 --epochs 20
  digitnet train --add my-digits/
"""


def train(
    preset: Preset = None,
    add: Annotated[
        Path | None,
        typer.Option(
            help="Also learn your own pictures, labelled as for eval; with --resume, teach them "
            "to your trained model.",
            metavar="FOLDER",
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the run that was stopped.")
    ] = False,
    watch: Annotated[
        bool,
        typer.Option("--watch", help="Draw curves, neurons and mistakes while it learns."),
    ] = False,
    seed: Annotated[
        int | None,
        typer.Option(help="Repeat a run exactly.", metavar="N", show_default="a new one"),
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
    inputs: Inputs = None,
    augment: Augment = None,
    continental: Continental = None,
    written: Written = None,
    coarse: Coarse = None,
    nothing: Nothing = None,
    validation: Validation = None,
    raw: Raw = False,
    dataset: DataSet = None,
    model: ModelFile = MODEL_FILE,
    data_dir: DataDir = None,
    mirror: Mirror = None,
    plot: Annotated[Path | None, plot_of("the curves of cost and accuracy")] = None,
    json: Json = False,
) -> None:
    """Make a plan of the options, load what it needs, and run it."""
    from digitnet.cli import load
    from digitnet.cli.run import run
    from digitnet.cli.show.console import note
    from digitnet.cli.show.plots import check_plot
    from digitnet.cli.show.progress import waiting
    from digitnet.errors import WeightsError
    from digitnet.files import check_writable
    from digitnet.learning.checkpoint import CHECKPOINT, checkpoint_path
    from digitnet.learning.replaced import previous_path
    from digitnet.model.history_file import HISTORY, history_path
    from digitnet.model.weights import WEIGHTS

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
        "inputs": inputs,
        "augment": augment,
        "continental": continental,
        "written": written,
        "coarse": coarse,
        "nothing": nothing,
    }
    if plot:
        check_plot(plot)
    own = load.handwriting(add) if add else None
    # Before the data: a wrong option should not cost a download.
    plan = _plan(model, own, changes(preset, given), resume=resume)
    plan = _with(plan, seed, validation, raw=raw)
    if plan.stopped:
        dataset = dataset or plan.stopped.dataset
        own = own or (load.handwriting(Path(plan.stopped.add)) if plan.stopped.add else None)
    digits = load.digits(dataset, data_dir, mirror)
    cache = load.cache(digits, data_dir)
    if cache:  # of a few digits nobody sees it
        note(f"Preparing {len(digits.train):,} digits of {digits.name}.")
    with waiting("normalising the digits"):
        session = plan.start(digits, own, cache)
    # It makes the folder, and so comes after all that may be refused.
    check_writable(model, WeightsError, WEIGHTS)
    check_writable(previous_path(model), WeightsError, WEIGHTS)
    check_writable(checkpoint_path(model), WeightsError, CHECKPOINT)
    check_writable(history_path(model), WeightsError, HISTORY)
    run(session, model, plan, json=json, watch=watch, plot=plot)


def _plan(path: Path, own: Handwriting | None, asked: dict[str, Any], *, resume: bool) -> Plan:
    """Begin with nothing, where the run stopped, or, for a hand that is new to it, its model."""
    from digitnet.cli import load
    from digitnet.learning.checkpoint import Checkpoint, checkpoint_path
    from digitnet.learning.plan import Plan, teach
    from digitnet.learning.plan import resume as resume_run
    from digitnet.nn import presets

    if not resume:
        return Plan(replace(presets.preset("essay"), **asked))
    checkpoint = checkpoint_path(path)
    if own is None or (checkpoint.exists() and Checkpoint(checkpoint).knows(own)):
        return resume_run(checkpoint, **asked)
    return teach(load.model_before(path)[0], str(path), **asked)


def _with(plan: Plan, seed: int | None, validation: int | None, *, raw: bool) -> Plan:
    """Change the plan by what was said of it."""
    return replace(
        plan,
        seed=plan.seed if seed is None else seed,
        validation=plan.validation if validation is None else validation,
        targets=None if raw else plan.targets,
    )


train.__doc__ = HELP
