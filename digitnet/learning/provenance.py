"""Provenance of weights: the options that determine them, and their scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from digitnet.datasets.digits import DigitSet
from digitnet.images.form.moments import MomentTargets
from digitnet.learning.training_digits import Handwriting
from digitnet.model.recipe import WHOLE_RECIPE, Recipe
from digitnet.model.schema import listed, or_none, table, text, whole
from digitnet.model.weights import NORMALISATION
from digitnet.version import VERSION

OPTIONS: Final = table(
    {
        "recipe": WHOLE_RECIPE,
        "seed": whole(),
        "normalisation": NORMALISATION,
        "validation": whole(),
        "dataset": text,
        "data": text,
        "add": or_none(text),
        "own": or_none(text),
    },
    {"stretched": listed(whole(1), 0, 1000)},
)
"""Rule of what `options_of` returns, in a file."""


def options_of(
    recipe: Recipe,
    seed: int,
    targets: MomentTargets | None,
    validation: int,
    digits: DigitSet,
    own: Handwriting | None,
) -> dict[str, Any]:
    """The options that determine the weights of a run, by name, as JSON."""
    return {
        "recipe": asdict(recipe),
        "seed": seed,
        "normalisation": targets and asdict(targets),
        "validation": validation,
        "dataset": digits.name,
        "data": digits.train.sha256,
        "add": own and own.name,
        "own": own and own.learned.sha256,
    }


def about_of(
    options: Mapping[str, Any], epochs: int, scores: Mapping[str, float | None]
) -> dict[str, Any]:
    """The provenance in a model file, as JSON.

    Parameters
    ----------
    options : mapping
        As `options_of` returns them.
    epochs : int
        Number of epochs of the training.
    scores : mapping
        By name.
    """
    about: dict[str, Any] = {
        "digitnet": VERSION,
        "recipe": options["recipe"],
        "epochs": epochs,
        "seed": options["seed"],
        "dataset": options["dataset"],
        "dataset_sha256": options["data"],
        "scores": scores,
    }
    if "stretched" in options:
        about["stretched"] = options["stretched"]
    if options["own"]:
        about["own_sha256"] = options["own"]
    return about
