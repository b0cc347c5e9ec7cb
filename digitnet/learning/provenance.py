"""Where the weights of a run come from: what decides them, and how they score."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import digitnet
from digitnet.learning.comparison import Scores
from digitnet.nn.evaluation import Evaluation

if TYPE_CHECKING:
    from digitnet.learning.session import Session


def options_of(run: Session) -> dict[str, Any]:
    """Return what decides the weights, by name, as JSON."""
    return {
        "recipe": asdict(run.recipe),
        "seed": run.seed,
        "normalisation": run.targets and asdict(run.targets),
        "validation": len(run.validation),
        "dataset": run.digits.name,
        "data": run.digits.train.sha256,
        "add": run.own and run.own.name,
        "own": run.own and run.own.learned.sha256,
    }


def about_of(run: Session, checked: Evaluation | None, tested: Scores) -> dict[str, Any]:
    """Return what a file of the weights says of them, as JSON.

    Parameters
    ----------
    run : Session
    checked : Evaluation or None
        On the validation digits, if there are any.
    tested : Scores
        On the test digits.
    """
    scores: dict[str, Any] = {
        "training_cost": run.training.last_cost,
        "validation_accuracy": checked and checked.accuracy,
        **{name: value for name, value in asdict(tested).items() if value is not None},
    }
    about: dict[str, Any] = {
        "digitnet": digitnet.__version__,
        "recipe": asdict(run.recipe),
        "epochs": run.training.kept,
        "seed": run.seed,
        "dataset": run.digits.name,
        "dataset_sha256": run.options["data"],
        "scores": scores,
    }
    if "stretched" in run.options:
        about["stretched"] = run.options["stretched"]
    if run.own:
        about["own_sha256"] = run.options["own"]
    return about
