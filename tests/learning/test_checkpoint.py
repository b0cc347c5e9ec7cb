"""Checkpoints: what a stopped run left, and which runs may go on from it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from digitnet.learning.checkpoint import Checkpoint, arrays_of, checkpoint_path
from digitnet.learning.session import Session
from digitnet.model.recipe import PARAMETERS
from tests.helpers.runs import RECIPE, damage, digit_set, refusal, session

STEPS = 3  # an epoch: 88 of 100 digits, in batches of 32, 32 and 24


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "m.checkpoint.npz"
    run = session()
    for _ in run.epochs(path):
        pass
    return path


def test_the_checkpoint_lies_beside_the_model() -> None:
    assert checkpoint_path(Path("a/m.npz")) == Path("a/m.checkpoint.npz")
    assert checkpoint_path(Path("a/m.v2.npz")) == Path("a/m.v2.checkpoint.npz")


def test_a_checkpoint_with_older_names_is_resumed_to_the_same_weights(tmp_path: Path) -> None:
    path = tmp_path / "m.checkpoint.npz"
    recipe = replace(
        RECIPE, cost="cross-entropy", european=0.3, drawn=0.2, low_resolution=0.5, non_digits=0.2,
        inputs="orientations",
    )  # fmt: skip
    whole, part = session(recipe), session(recipe)
    for _ in whole.epochs():
        pass
    next(part.epochs(path))
    older = {one.old or name: name for name, one in PARAMETERS.items()}

    def renamed(about: dict[str, Any]) -> dict[str, Any]:
        saved = about["options"]["recipe"]
        saved = {old: saved[name] for old, name in older.items()} | {"inputs": "directions"}
        history = about["history"] | {"inputs": "directions"}
        return about | {"options": about["options"] | {"recipe": saved}, "history": history}

    damage(path, renamed)
    rest = session(recipe)
    rest.resume(Checkpoint(path))
    for _ in rest.epochs():
        pass
    assert rest.network.parameters.vector.tobytes() == whole.network.parameters.vector.tobytes()
    assert rest.history.inputs == "orientations"


def test_models_of_two_names_have_two_checkpoints() -> None:
    assert checkpoint_path(Path("m.v1")) != checkpoint_path(Path("m.v2"))


def test_state_options_and_generator_come_back(path: Path) -> None:
    run = session()
    for _ in run.epochs(path):
        pass
    checkpoint = Checkpoint(path)
    assert checkpoint.options == json.loads(json.dumps(run.options))
    again = session()
    again.resume(checkpoint)
    arrays, arrays_again = arrays_of(run.training), arrays_of(again.training)
    assert again.training.progress == run.training.progress
    assert arrays.keys() == arrays_again.keys()
    assert arrays.keys() >= {"vector", "best", "memory.m", "memory.s", "memory.steps"}
    assert all(arrays[name].tobytes() == arrays_again[name].tobytes() for name in arrays)


@pytest.mark.parametrize(
    ("other", "name", "before", "now"),
    [
        (session(seed=2), "seed", "1", "2"),
        (session(replace(RECIPE, hidden=(5,))), "hidden", "[4]", "[5]"),
        (session(replace(RECIPE, hidden=(4, 4))), "hidden", "[4]", "[4, 4]"),
        (session(replace(RECIPE, optimizer="sgd")), "optimizer", "adam", "sgd"),
        (session(replace(RECIPE, learning_rate=0.02)), "learning_rate", "0.01", "0.02"),
        (session(replace(RECIPE, batch_size=8)), "batch_size", "32", "8"),
        (session(replace(RECIPE, l2=0.1)), "l2", "0.0", "0.1"),
        (session(replace(RECIPE, patience=3)), "patience", "None", "3"),
        (session(replace(RECIPE, schedule="cosine")), "schedule", "constant", "cosine"),
        (session(digits=digit_set(name="other")), "dataset", "made up", "other"),
    ],
)
def test_another_option_is_refused_and_named(
    path: Path, other: Session, name: str, before: str, now: str
) -> None:
    assert refusal(path, other) == (
        f"{path} cannot be resumed: {name} has changed.",
        f"Expected {before}, found {now}.",
        "Give the options and the data of the first run, or begin a new one.",
    )


def test_other_data_of_the_same_name_are_refused(path: Path) -> None:
    other = session(digits=digit_set(seed=5))
    hashes = [digit_set(seed=seed).train.sha256 for seed in (0, 5)]
    what, found, _ = refusal(path, other)
    assert what == f"{path} cannot be resumed: the content of the data set has changed."
    assert found == f"Expected {hashes[0]}, found {hashes[1]}."


def test_another_normalisation_and_validation_are_refused(path: Path) -> None:
    other = Session(digit_set(), RECIPE, seed=1)
    assert refusal(path, other)[0] == f"{path} cannot be resumed: the normalisation has changed."
    other = Session(digit_set(), RECIPE, seed=1, targets=None, validation=20)
    assert refusal(path, other)[1] == "Expected 12, found 20."


@pytest.mark.parametrize(
    "different",
    [{"schedule": "cosine"}, {"schedule": "linear"}, {"warm_up": 0.1}, {"augment": True}],
    ids=["cosine", "linear", "warm-up", "augment"],
)
def test_more_epochs_stretch_the_schedule_where_a_step_depends_on_how_many_follow(
    tmp_path: Path, different: dict[str, Any]
) -> None:
    path = tmp_path / "m.checkpoint.npz"
    recipe = replace(RECIPE, **different)
    for _ in session(recipe).epochs(path):
        pass
    longer = session(replace(recipe, epochs=4))
    longer.resume(Checkpoint(path))
    rate = longer.training.learning_rate(longer.training.progress.step)
    assert rate == pytest.approx({"cosine": 0.005, "linear": 0.005}.get(recipe.schedule, 0.01))
    assert [report.epoch for report in longer.epochs(path)] == [3, 4]
    assert longer.model().about["stretched"] == [2]
    longest = session(replace(recipe, epochs=5))
    longest.resume(Checkpoint(path))
    assert [report.epoch for report in longest.epochs()] == [5]
    assert longest.model().about["stretched"] == [2, 4]


def test_more_epochs_at_a_constant_rate_are_those_of_a_longer_run(path: Path) -> None:
    whole, longer = session(replace(RECIPE, epochs=4)), session(replace(RECIPE, epochs=4))
    longer.resume(Checkpoint(path))
    assert [report.epoch for report in longer.epochs()] == [3, 4]
    assert len(list(whole.epochs())) == 4
    assert longer.network.parameters.vector.tobytes() == whole.network.parameters.vector.tobytes()
    assert longer.model().about == whole.model().about
