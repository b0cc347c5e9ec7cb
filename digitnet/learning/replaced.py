"""The model that is already where a run saves its own, so that it is not lost."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np

from digitnet.errors import WeightsError
from digitnet.files import Mark, replacing
from digitnet.learning.session import Session
from digitnet.model.history_file import HISTORY, history_path
from digitnet.model.model import Model
from digitnet.model.recipe import Recipe
from digitnet.model.weights import WEIGHTS


def previous_path(model: Path) -> Path:
    """Where the file is kept that a run replaces: NAME.previous.npz beside it."""
    return model.with_name(f"{model.name.removesuffix('.npz')}.previous.npz")


def keep_previous(model: Path) -> None:
    """Copy the file to its `previous_path`, and with it its history, if there is one.

    Raises
    ------
    WeightsError
        If one cannot be written, or what is there is no model or no history.
    """
    _copy(model, previous_path(model), WEIGHTS)
    if history_path(model).exists():
        _copy(history_path(model), history_path(previous_path(model)), HISTORY)


def _copy(source: Path, target: Path, mark: Mark) -> None:
    with replacing(target, WeightsError, mark) as copy, source.open("rb") as original:
        shutil.copyfileobj(original, copy)


def better_previous(path: Path, model: Model) -> Model | None:
    """Load the model at the `previous_path`, if it was better in the test of the same data set.

    Parameters
    ----------
    path : path
        Where the model is that a run will replace.
    model : Model
        That model.
    """
    try:
        previous = Model.load(previous_path(path))
    except WeightsError:
        return None
    if previous.accuracy is None or model.accuracy is None:
        return None
    comparable = model.about.get("dataset") == previous.about.get("dataset")
    return previous if comparable and previous.accuracy > model.accuracy else None


def is_result(model: Model, run: Session) -> bool:
    """Whether the model holds the weights that the run has now."""
    weights, now = model.network, run.network
    return weights.sizes == now.sizes and np.array_equal(
        weights.parameters.vector, now.parameters.vector
    )


def is_part(model: Model, run: Session) -> bool:
    """Whether the model is what this very run left when it was stopped: nobody misses it."""
    about = model.about
    try:
        recipe = Recipe.of(about["recipe"])
        unfinished = about["epochs"] < recipe.epochs
    except (KeyError, TypeError, ValueError):
        return False
    known = {"dataset_sha256": "data", "own_sha256": "own", "seed": "seed"}
    same = all(about.get(name) == run.options[option] for name, option in known.items())
    return bool(unfinished and same and replace(recipe, epochs=run.recipe.epochs) == run.recipe)
