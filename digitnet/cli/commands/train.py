"""digitnet train: train a network and save it."""

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
    NewModel,
    plot_of,
)
from digitnet.cli.recipe_options import Raw, Validation, recipe_of, with_recipe

if TYPE_CHECKING:
    from digitnet.learning.plan import Plan
    from digitnet.learning.training_digits import Handwriting

HELP = """Train a network on handwritten digits and save it.

Without options: 784-15-10, sigmoid, quadratic cost and plain gradient descent, at a rate that \
falls to 0 and with a slight weight decay, on MNIST. It is downloaded once; where that fails, the \
bundled 5,000 digits are used instead.

Ctrl-C stops and saves; --resume continues.

Examples:
  digitnet train --watch
  digitnet train --hidden 100 --epochs 20
  digitnet train --add my-digits/
"""


@with_recipe
def train(
    add: Annotated[
        Path | None,
        typer.Option(
            help="Also learn your own pictures, labelled as for eval; with --resume, fine-tune "
            "your trained model on them.",
            metavar="FOLDER",
        ),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Continue the stopped run.")] = False,
    watch: Annotated[
        bool,
        typer.Option("--watch", help="Draw curves, neurons and mistakes during training."),
    ] = False,
    seed: Annotated[
        int | None,
        typer.Option(
            help="The same seed repeats a run exactly.", metavar="N", show_default="a new one"
        ),
    ] = None,
    validation: Validation = None,
    raw: Raw = False,
    dataset: DataSet = None,
    model: NewModel = MODEL_FILE,
    data_dir: DataDir = None,
    mirror: Mirror = None,
    plot: Annotated[Path | None, plot_of("the curves of cost and accuracy")] = None,
    json: Json = False,
    **recipe: Any,
) -> None:
    """Plan the run by the options, load the digits, and train."""
    from digitnet.cli import load
    from digitnet.cli.run import run
    from digitnet.cli.show.console import note
    from digitnet.cli.show.plots import check_plot
    from digitnet.cli.show.progress import waiting

    if plot:
        check_plot(plot)
    own = load.handwriting(add) if add else None
    # Before the data: a wrong option must not cost a download.
    plan = _plan(model, own, recipe_of(recipe), resume=resume)
    plan = replace(
        plan,
        seed=plan.seed if seed is None else seed,
        validation=plan.validation if validation is None else validation,
        targets=None if raw else plan.targets,
    )
    if plan.stopped:
        dataset = dataset or plan.stopped.dataset
        own = own or (load.handwriting(Path(plan.stopped.add)) if plan.stopped.add else None)
    digits = load.digits(dataset, data_dir, mirror)
    cache = load.cache(digits, data_dir)
    if cache:  # a small set takes no time
        note(f"Preparing {len(digits.train):,} digits of {digits.name}.")
    with waiting("normalising the digits"):
        session = plan.start(digits, own, cache)
    # This creates the folder, so it comes after everything that may be refused.
    _check_writable(model)
    run(session, model, plan, json=json, watch=watch, plot=plot)


def _check_writable(model: Path) -> None:
    """Refuse to train if one of the files that a run leaves cannot be written."""
    from digitnet.errors import WeightsError
    from digitnet.files import check_writable
    from digitnet.learning.checkpoint import CHECKPOINT, checkpoint_path
    from digitnet.learning.replaced import previous_path
    from digitnet.model.history_file import HISTORY, history_path
    from digitnet.model.weights import WEIGHTS

    check_writable(model, WeightsError, WEIGHTS)
    check_writable(previous_path(model), WeightsError, WEIGHTS)
    check_writable(checkpoint_path(model), WeightsError, CHECKPOINT)
    check_writable(history_path(model), WeightsError, HISTORY)


def _plan(path: Path, own: Handwriting | None, asked: dict[str, Any], *, resume: bool) -> Plan:
    """Plan a new run, resume a stopped one, or fine-tune the model on new handwriting."""
    from digitnet.cli import load
    from digitnet.learning.checkpoint import Checkpoint, checkpoint_path
    from digitnet.learning.plan import Plan, teach
    from digitnet.learning.plan import resume as resume_run
    from digitnet.learning.presets import preset

    if not resume:
        return Plan(replace(preset("essay"), **asked))
    checkpoint = checkpoint_path(path)
    if own is None or (checkpoint.exists() and Checkpoint(checkpoint).knows(own)):
        return resume_run(checkpoint, **asked)
    return teach(load.model_before(path)[0], str(path), **asked)


train.__doc__ = HELP
