"""Recipes: the essay's by default; numbers and names that make no sense are refused."""

from __future__ import annotations

import json
import math
import pickle
import re
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, asdict
from inspect import signature
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import digitnet
from digitnet.errors import TrainingError
from digitnet.images.form.inputs import INPUTS
from digitnet.learning.classifier import NetworkClassifier
from digitnet.learning.presets import preset
from digitnet.model.model import BUNDLED, bundled_model
from digitnet.model.recipe import PARAMETERS, Recipe, renamed
from digitnet.nn.costs import COSTS
from digitnet.nn.descent import OPTIMIZERS, SCHEDULES
from digitnet.nn.functions import ACTIVATIONS
from digitnet.nn.training import train


def test_the_essay_preset_is_the_essays_network() -> None:
    essay = preset("essay")
    made = (essay.hidden, essay.activation, essay.cost, essay.optimizer, essay.augment)
    assert made == ((15,), "sigmoid", "quadratic", "sgd", False)
    assert essay.epochs <= 15


def test_best_learns_slower_the_wider_the_network_is() -> None:
    assert preset("best", (15,)).learning_rate == pytest.approx(0.02)
    assert preset("best", (60,)).learning_rate == pytest.approx(0.01)
    assert preset("best", (60, 240)).learning_rate == pytest.approx(0.005)


@pytest.mark.parametrize(
    ("hidden", "expected"),
    [((99,), ("leaky-relu", 64, 0.05)), ((20, 100), ("relu", 128, 0.01))],
)
def test_best_needs_no_leak_and_less_decay_from_100_neurons_on(
    hidden: tuple[int, ...], expected: tuple[str, int, float]
) -> None:
    best = preset("best", hidden)
    assert (best.activation, best.batch_size, best.l2) == expected


COUNT = "a whole number of 1 or more"
RATE = "a number above 0"
REFUSED = [
    *(("hidden", (n,), COUNT) for n in (0, -3, math.nan, True)),
    ("hidden", (15, 0), COUNT),
    *((field, n, COUNT) for field in ("epochs", "batch_size", "patience") for n in (0, -1, 2.5)),
    *((field, n, RATE) for field in ("learning_rate", "clip") for n in (0.0, -0.1, math.nan)),
    ("learning_rate", math.inf, RATE),
    ("learning_rate", None, RATE),
    *(("l2", n, "a number from 0 on") for n in (-1e-9, math.nan, math.inf)),
    *(("warm_up", n, "a number from 0 to below 1") for n in (-0.1, 1.0, math.nan)),
    *(("european", n, "a number from 0 to 1") for n in (-0.1, 1.1, math.nan)),
    *(("low_resolution", n, "a number from 0 to 1") for n in (-0.1, 1.1, math.nan)),
    *(("drawn", n, "a number from 0 to 10") for n in (-0.1, 11, math.nan)),
    *(("non_digits", n, "a number from 0 to 10") for n in (-0.1, 11, math.nan)),
    ("augment", 1, "true or false"),
    ("inputs", "directions", "one of pixels, orientations"),
    ("schedule", "best", "one of constant, linear, cosine"),
]


@pytest.mark.parametrize(("field", "value", "expected"), REFUSED)
def test_a_number_that_makes_no_sense_is_refused(field: str, value: Any, expected: str) -> None:
    with pytest.raises(TrainingError) as caught:
        Recipe(**{field: value})
    found = value[-1] if field == "hidden" else value
    assert str(caught.value) == (
        f"{field} {found} cannot be used.\n"
        f"Expected {expected}, found {found}.\n"
        f"Choose another value for {field}."
    )
    assert caught.value.parameter == field
    assert pickle.loads(pickle.dumps(caught.value)).told("it") == caught.value.told("it")


def test_a_softmax_cannot_say_none_of_them() -> None:
    with pytest.raises(TrainingError, match="0 with a softmax: its outputs sum to 1"):
        Recipe(cost="softmax-cross-entropy", non_digits=0.1)


def test_robust_sees_orientations_and_learns_what_is_no_digit() -> None:
    robust = preset("robust")
    assert (robust.inputs, robust.cost) == ("orientations", "cross-entropy")
    assert min(robust.drawn, robust.european, robust.low_resolution, robust.non_digits) > 0


def test_the_names_to_choose_from_are_those_that_there_are() -> None:
    known: dict[str, Mapping[str, object]] = {
        "activation": ACTIVATIONS,
        "cost": COSTS,
        "optimizer": OPTIMIZERS,
        "schedule": SCHEDULES,
        "inputs": INPUTS,
    }
    offered = {name: one.choices for name, one in PARAMETERS.items() if one.choices}
    assert offered == {name: tuple(choices) for name, choices in known.items()}


def test_everybody_begins_with_the_same_defaults() -> None:
    assert preset("essay") == Recipe()
    classifier = NetworkClassifier().get_params()
    del classifier["random_state"]
    assert classifier == {name: getattr(Recipe(), name) for name in classifier}
    bare = signature(train).parameters
    assert all(
        bare[name].default == getattr(Recipe(), name)
        for name in ("epochs", "batch_size", "learning_rate", "optimizer", "schedule")
    )


def test_every_parameter_is_described_where_python_shows_it() -> None:
    text = str(Recipe.__doc__)
    for name, parameter in PARAMETERS.items():
        assert re.search(rf"^    {name} : .*\n        {re.escape(parameter.help)}$", text, re.M)


def test_older_names_become_those_of_today_and_others_stay() -> None:
    older = {
        "continental": 0.1, "written": 0.2, "coarse": 0.3, "nothing": 0.4, "inputs": "directions",
        "l2": 0.5,
    }  # fmt: skip
    assert renamed(older) == {
        "european": 0.1, "drawn": 0.2, "low_resolution": 0.3, "non_digits": 0.4,
        "inputs": "orientations", "l2": 0.5,
    }  # fmt: skip
    today = asdict(preset("robust"))
    assert renamed(today) == today


@pytest.mark.parametrize("name", ["small", "large"])
def test_a_file_with_older_names_is_read(name: str) -> None:
    with (Path(digitnet.__file__).parent / "assets" / BUNDLED[name]).open("rb") as file:
        saved = json.loads(str(np.load(file)["about"]))
    assert {"continental", "written", "coarse", "nothing"} <= saved["recipe"].keys()
    assert saved["inputs"] == "directions"
    model = bundled_model(name)
    assert model.inputs == "orientations"
    sizes = (15,) if name == "small" else (300,)
    assert Recipe.of(model.about["recipe"]) == preset("robust", sizes)


def test_the_smallest_sensible_numbers_are_taken() -> None:
    recipe = Recipe(hidden=(1,), epochs=1, batch_size=1, learning_rate=5e-324, l2=0.0)
    assert (recipe.hidden, recipe.epochs, recipe.batch_size) == ((1,), 1, 1)
    assert Recipe(hidden=()).hidden == ()


def test_a_recipe_names_only_what_differs_from_the_default() -> None:
    assert repr(Recipe()) == "Recipe()"
    changed = Recipe(hidden=(30,), learning_rate=1.5, schedule="cosine", l2=0.0)
    assert repr(changed) == "Recipe(hidden=(30,), learning_rate=1.5, schedule='cosine', l2=0.0)"
    assert eval(repr(changed), {"Recipe": Recipe}) == changed


def test_a_recipe_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Recipe().epochs = 3  # type: ignore[misc]


@pytest.mark.parametrize("value", [math.inf, 2.5])
@pytest.mark.parametrize("field", ["hidden", "epochs", "batch_size"])
def test_a_count_that_is_not_a_whole_number_is_refused(field: str, value: float) -> None:
    with pytest.raises(TrainingError, match="cannot be used"):
        Recipe(**{field: (value,) if field == "hidden" else value})  # type: ignore[arg-type]
