"""A run as a user of the library has it: begun, stopped, gone on with, taught, saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import digitnet
from digitnet import Handwriting, Model, Network, Plan, Recipe, TrainingError, resume, teach
from digitnet.datasets.digits import Digits
from digitnet.errors import WeightsError
from digitnet.images.form.moments import MomentTargets
from digitnet.model.certainty import Certainty
from tests.helpers.runs import RECIPE, digit_set


def hand(seed: int = 5) -> Handwriting:
    digits = digit_set(20, seed=seed).train
    return Handwriting.of("mine", digits)


def after(steps: int) -> Callable[[], bool]:
    """Stop when asked for the time after so many."""
    asked = iter([False] * steps)
    return lambda: next(asked, True)


def weights(model: Model | None) -> bytes:
    assert model is not None
    return model.network.parameters.vector.tobytes()


def finish(plan: Plan, path: Path, own: Handwriting | None = None) -> Model | None:
    run = plan.start(digit_set(), own)
    for _ in run.epochs():
        pass
    return run.save(path)


@pytest.mark.parametrize("own", [None, hand()], ids=["alone", "with a hand"])
@pytest.mark.parametrize("steps", [4, 6], ids=["within an epoch", "after an epoch"])
def test_a_run_that_stopped_goes_on_to_the_same_weights(
    tmp_path: Path, own: Handwriting | None, steps: int
) -> None:
    recipe = replace(RECIPE, epochs=3, augment=True)
    whole = finish(Plan(recipe, seed=3), tmp_path / "whole.npz", own)
    part = Plan(recipe, seed=3).start(digit_set(), own)
    for _ in part.epochs(tmp_path / "stopped.npz", after(steps)):
        pass
    assert not part.training.finished
    rest = finish(resume(tmp_path / "stopped.npz"), tmp_path / "rest.npz", own)
    assert weights(rest) == weights(whole)
    assert weights(digitnet.Model.load(tmp_path / "rest.npz")) == weights(whole)


def test_a_run_goes_on_with_its_own_normalisation_seed_and_validation(tmp_path: Path) -> None:
    targets = MomentTargets(tau_x=4.5)
    run = Plan(RECIPE, seed=8, targets=targets, validation=20).start(digit_set())
    for _ in run.epochs(tmp_path / "stopped.npz", after(0)):
        pass
    plan = resume(tmp_path / "stopped.npz", epochs=5)
    assert (plan.seed, plan.targets, plan.validation) == (8, targets, 20)
    assert plan.recipe == replace(RECIPE, epochs=5)
    assert plan.start(digit_set()).training.progress.step == 0


@pytest.mark.parametrize(
    ("changes", "name"),
    [({"l2": 0.5}, "l2"), ({"hidden": (5,)}, "hidden"), ({"clip": 1.0}, "clip")],
)
def test_a_run_does_not_go_on_with_another_recipe(
    tmp_path: Path, changes: dict[str, Any], name: str
) -> None:
    path = tmp_path / "stopped.npz"
    for _ in Plan(RECIPE, seed=1).start(digit_set()).epochs(path):
        pass
    with pytest.raises(WeightsError) as caught:
        resume(path, **changes).start(digit_set())
    assert caught.value.what == f"{path} cannot be resumed: {name} has changed."
    assert caught.value.parameter == name


def test_a_hand_is_learned_among_the_others_and_scored_on_what_was_held_out(
    tmp_path: Path,
) -> None:
    own = hand()
    alone, together = (
        finish(Plan(RECIPE, seed=1), tmp_path / "m.npz", learned) for learned in (None, own)
    )
    assert weights(alone) != weights(together)
    assert alone is not None
    assert together is not None
    assert "own_accuracy" not in alone.about["scores"]
    assert together.about["scores"]["own_count"] == len(own.held_out)
    assert together.about["own_sha256"] == own.learned.sha256


def test_teaching_begins_with_the_weights_the_recipe_and_the_normalisation_of_the_model(
    tmp_path: Path,
) -> None:
    model = finish(Plan(RECIPE, seed=1, targets=None), tmp_path / "m.npz")
    assert model is not None
    plan = teach(model, epochs=1, learning_rate=1e-9)
    assert plan.recipe == replace(RECIPE, epochs=1, learning_rate=1e-9)
    assert plan.targets is None
    run = plan.start(digit_set(), hand())
    assert run.network.parameters.vector.tobytes() == weights(model)
    assert run.network is not model.network
    for _ in run.epochs():
        pass
    np.testing.assert_allclose(
        run.network.parameters.vector, model.network.parameters.vector, atol=1e-6
    )


def test_a_model_that_does_not_tell_its_recipe_is_taught_by_the_essays() -> None:
    plan = teach(Model(Network((784, 6, 10), "tanh", "cross-entropy")))
    essay = digitnet.preset("essay", (6,))
    assert plan.recipe == replace(essay, activation="tanh", cost="cross-entropy")


@pytest.mark.parametrize(
    ("changes", "parameter", "other"),
    [
        ({"hidden": (5,)}, "hidden", "other layers"),
        ({"activation": "tanh"}, "activation", "another activation"),
        ({"cost": "cross-entropy"}, "cost", "another cost"),
    ],
)
def test_a_model_cannot_become_another_network(
    changes: dict[str, Any], parameter: str, other: str
) -> None:
    with pytest.raises(TrainingError) as caught:
        teach(Model(Network((784, 4, 10))), **changes)
    assert caught.value.what == f"A trained network cannot go on with {other}."
    assert caught.value.advice == f"Leave out {parameter}, or train a new model."
    assert caught.value.parameter == parameter


@pytest.mark.parametrize(
    ("known", "new", "words"),
    [
        (MomentTargets(), None, ("normalised", "raw")),
        (None, MomentTargets(), ("raw", "normalised")),
        (MomentTargets(), MomentTargets(tau_x=4.0), ("normalised", "otherwise normalised")),
    ],
)
def test_a_model_is_taught_only_digits_that_are_prepared_as_its_own(
    known: MomentTargets | None, new: MomentTargets | None, words: tuple[str, str]
) -> None:
    plan = teach(Model(Network((784, 4, 10)), known))
    with pytest.raises(TrainingError) as caught:
        replace(plan, targets=new)
    assert str(caught.value) == (
        f"A model that knows {words[0]} digits cannot be taught {words[1]} ones.\n"
        f"Expected {words[0]} digits, found {words[1]} ones.\n"
        "Prepare the digits as the model's were, or train a new model."
    )


def test_a_model_with_another_versions_recipe_is_not_taught() -> None:
    about = {"recipe": {"hidden": [4], "dropout": 0.5}}
    with pytest.raises(WeightsError, match=r"digits\.npz cannot be taught") as caught:
        teach(Model(Network((784, 4, 10)), about=about), "digits.npz")
    assert "dropout" in caught.value.found


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(TrainingError) as caught:
        Plan(RECIPE, seed=-1)
    assert str(caught.value) == (
        "seed -1 cannot be used.\nExpected 0 or more, found -1.\nChoose another value for seed."
    )


def test_a_seed_is_drawn_where_none_is_given() -> None:
    assert Plan(RECIPE).seed != Plan(RECIPE).seed


def diverging(validation: int) -> Plan:
    """Learns for some epochs, until its rate has risen too far."""
    recipe = Recipe(
        hidden=(4,), activation="leaky-relu", learning_rate=3.0, epochs=40, warm_up=0.99
    )
    return Plan(recipe, seed=1, targets=None, validation=validation)


def learnable() -> digitnet.DigitSet:
    """Ten pictures that anything can tell apart."""
    images = np.zeros((10, 28, 28), np.uint8)
    for digit in range(10):
        images[digit, 2 * digit : 2 * digit + 3] = 255
    some = Digits(np.tile(images, (10, 1, 1)), np.tile(np.arange(10, dtype=np.uint8), 10))
    return digitnet.DigitSet("bars", some, some)


@pytest.mark.parametrize("validation", [0, 30])
def test_a_run_that_diverges_saves_the_best_weights_so_far(tmp_path: Path, validation: int) -> None:
    run = diverging(validation).start(learnable())
    seen: list[tuple[float, bytes]] = []
    with pytest.raises(TrainingError, match="diverged"):
        seen.extend(
            (report.validation_accuracy or 0.0, run.network.parameters.vector.tobytes())
            for report in run.epochs()
        )
    assert len(seen) > 1
    best = max(range(len(seen)), key=lambda i: seen[i][0]) if validation else len(seen) - 1
    saved = run.save(tmp_path / "m.npz")
    assert weights(saved) == seen[best][1]
    assert weights(digitnet.Model.load(tmp_path / "m.npz")) == seen[best][1]
    assert saved is not None
    assert saved.about["epochs"] == best + 1


@pytest.mark.parametrize("steps", [0, 1])
def test_a_run_of_less_than_an_epoch_leaves_the_file_that_is_there(
    tmp_path: Path, steps: int
) -> None:
    path = tmp_path / "m.npz"
    Model(Network((784, 10)), certainty=Certainty(1.5)).save(path)
    before = path.read_bytes()
    run = Plan(RECIPE, seed=1).start(digit_set())
    assert list(run.epochs(tmp_path / "stopped.npz", after(steps))) == []
    assert run.save(path) is None
    assert path.read_bytes() == before
    assert resume(tmp_path / "stopped.npz").start(digit_set()).training.progress.step == steps


def test_without_a_checkpoint_nothing_is_written_until_it_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = Plan(RECIPE, seed=1).start(digit_set())
    assert [report.epoch for report in run.epochs()] == [1, 2]
    assert list(tmp_path.iterdir()) == []


def test_a_run_says_in_one_line_where_it_is() -> None:
    run = Plan(RECIPE, seed=7).start(digit_set())
    next(run.epochs())
    network = "Network(784-4-10, sigmoid, quadratic)"
    assert repr(run) == f"Session({network} on made up, epoch 1 of 2, seed 7)"


def test_a_plan_says_in_one_line_what_it_begins_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    recipe = repr(RECIPE)
    plan = Plan(RECIPE, seed=7)
    assert repr(plan) == f"Plan({recipe}, seed 7, begins with nothing)"
    for _ in plan.start(digit_set()).epochs("m.npz", after(3)):
        pass
    stopped = "Checkpoint(m.npz, step 3)"
    assert repr(resume("m.npz")) == f"Plan({recipe}, seed 7, begins with {stopped})"
    model = Model(Network((784, 4, 10)))
    taught = replace(teach(model, hidden=(4,)), seed=7)
    assert repr(taught) == f"Plan({taught.recipe!r}, seed 7, begins with {model!r})"
