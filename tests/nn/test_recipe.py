"""Recipes: the essay's by default; numbers and names that make no sense are refused."""

from __future__ import annotations

import math
import pickle
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from digitnet.errors import TrainingError
from digitnet.nn.presets import preset
from digitnet.nn.recipe import Recipe


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


REFUSED = [
    *(("hidden", (n,), "1 or more neurons in every hidden layer") for n in (0, -3, math.nan)),
    ("hidden", (15, 0), "1 or more neurons in every hidden layer"),
    *(("epochs", n, "1 or more") for n in (0, -1, math.nan)),
    *(("batch_size", n, "1 or more") for n in (0, -32, math.nan)),
    *(("learning_rate", n, "a number above 0") for n in (0.0, -0.1, math.nan, math.inf, -math.inf)),
    *(("l2", n, "0 or a number above it") for n in (-1e-9, math.nan, math.inf)),
    *(("coarse", n, "a share from 0 to 1") for n in (-0.1, 1.1, math.nan)),
    *(("written", n, "a number from 0 to 10") for n in (-0.1, 11, math.nan)),
    *(("nothing", n, "a number from 0 to 10") for n in (-0.1, 11, math.nan)),
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
        Recipe(cost="softmax-cross-entropy", nothing=0.1)


def test_robust_sees_directions_and_learns_what_is_no_digit() -> None:
    robust = preset("robust")
    assert (robust.inputs, robust.cost) == ("directions", "cross-entropy")
    assert min(robust.written, robust.continental, robust.coarse, robust.nothing) > 0


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("activation", "activation"),
        ("cost", "cost"),
        ("optimizer", "optimizer"),
        ("schedule", "schedule"),
    ],
)
def test_an_unknown_name_is_refused(field: str, kind: str) -> None:
    with pytest.raises(TrainingError, match=f"There is no {kind} named 'best'"):
        Recipe(**{field: "best"})  # type: ignore[arg-type]


def test_the_smallest_sensible_numbers_are_taken() -> None:
    recipe = Recipe(hidden=(1,), epochs=1, batch_size=1, learning_rate=5e-324, l2=0.0)
    assert (recipe.hidden, recipe.epochs, recipe.batch_size) == ((1,), 1, 1)
    assert Recipe(hidden=()).hidden == ()


def test_a_recipe_names_only_what_differs_from_the_plainest() -> None:
    assert repr(Recipe()) == "Recipe()"
    essay = preset("essay", (30,))
    assert repr(essay) == ("Recipe(hidden=(30,), learning_rate=2.0, schedule='linear', l2=0.0001)")
    assert eval(repr(essay), {"Recipe": Recipe}) == essay


def test_a_recipe_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Recipe().epochs = 3  # type: ignore[misc]


@pytest.mark.parametrize("value", [math.inf, 2.5])
@pytest.mark.parametrize("field", ["hidden", "epochs", "batch_size"])
def test_a_count_that_is_not_a_whole_number_is_refused(field: str, value: float) -> None:
    with pytest.raises(TrainingError, match="cannot be used"):
        Recipe(**{field: (value,) if field == "hidden" else value})  # type: ignore[arg-type]
