"""Keep the model that a run replaces."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from digitnet.errors import WeightsError
from digitnet.files import Mark, replacing
from digitnet.learning.session import Session
from digitnet.model.history_file import HISTORY, history_path
from digitnet.model.model import Model
from digitnet.model.recipe import Recipe
from digitnet.model.weights import WEIGHTS


class Replaced(NamedTuple):
    """A file that a run replaces.

    Attributes
    ----------
    path : Path
    model : Model or None
        What is in it; None if it cannot be read.
    better : Model or None
        The model that was replaced before it, if that was better.
    is_result : bool
        Whether it holds the weights that the run has now.
    is_part : bool
        Whether this very run left it when it was stopped, so that nobody will miss it.
    """

    path: Path
    model: Model | None = None
    better: Model | None = None
    is_result: bool = False
    is_part: bool = False


def previous_path(model: Path) -> Path:
    """Path of the replaced model: NAME.previous.npz beside the new one."""
    return model.with_name(f"{model.name.removesuffix('.npz')}.previous.npz")


def keep_previous(model: Path) -> None:
    """Copy the model to its `previous_path`, with its history, if there is one.

    Raises
    ------
    WeightsError
        If one cannot be written, or the existing file is not a model or a history.
    """
    _copy(model, previous_path(model), WEIGHTS)
    if history_path(model).exists():
        _copy(history_path(model), history_path(previous_path(model)), HISTORY)


def _copy(source: Path, target: Path, mark: Mark) -> None:
    with replacing(target, WeightsError, mark) as copy, source.open("rb") as original:
        shutil.copyfileobj(original, copy)


def replaced_by(run: Session, path: Path) -> Replaced | None:
    """Look at the file that a run will replace; None where there is none."""
    if not path.exists() or not path.stat().st_size:
        return None
    try:
        model = Model.load(path)
    except WeightsError:
        return Replaced(path)
    better, is_result = _better_previous(path, model), _is_result(model, run)
    return Replaced(path, model, better, is_result, _is_part(model, run))


def _better_previous(path: Path, model: Model) -> Model | None:
    """Load the model at the `previous_path`, if its accuracy in the same test is higher."""
    try:
        previous = Model.load(previous_path(path))
    except WeightsError:
        return None
    if previous.accuracy is None or model.accuracy is None:
        return None
    comparable = model.about.get("dataset") == previous.about.get("dataset")
    return previous if comparable and previous.accuracy > model.accuracy else None


def _is_result(model: Model, run: Session) -> bool:
    weights, now = model.network, run.network
    return weights.sizes == now.sizes and np.array_equal(
        weights.parameters.vector, now.parameters.vector
    )


def _is_part(model: Model, run: Session) -> bool:
    about = model.about
    try:
        recipe = Recipe.of(about["recipe"])
        unfinished = about["epochs"] < recipe.epochs
    except (KeyError, TypeError, ValueError):
        return False
    known = {"dataset_sha256": "data", "own_sha256": "own", "seed": "seed"}
    same = all(about.get(name) == run.options[option] for name, option in known.items())
    return bool(unfinished and same and replace(recipe, epochs=run.recipe.epochs) == run.recipe)
