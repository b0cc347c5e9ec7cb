"""A session: resumed equals uninterrupted, and test digits change nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from digitnet.datasets.digits import Digits, DigitSet
from digitnet.errors import DataError, TrainingError
from digitnet.learning.checkpoint import Checkpoint
from digitnet.learning.session import Session
from digitnet.model.history import EpochReport
from tests.helpers.runs import RECIPE, digit_set, plain, session

STEPS = 3  # an epoch: 88 of 100 digits, in batches of 32, 32 and 24

RECIPES = {
    "sgd": plain(hidden=(4,), epochs=3, l2=0.01),
    "momentum": plain(hidden=(4,), epochs=3, optimizer="momentum", schedule="linear"),
    "nesterov": plain(hidden=(4,), epochs=3, optimizer="nesterov", warm_up=0.5, clip=0.1),
    "adam": plain(hidden=(4, 3), epochs=3, optimizer="adam", schedule="cosine"),
    "augment": plain(hidden=(4,), epochs=3, augment=True),
    "orientations": plain(hidden=(4,), epochs=3, augment=True, inputs="orientations"),
}


def after(calls: int) -> Callable[[], bool]:
    """Stop when asked for the time after so many."""
    left = calls

    def stop() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    return stop


def run(session: Session, path: Path, stop: Callable[[], bool] = lambda: False) -> list[float]:
    return [report.cost for report in session.epochs(path, stop)]


@pytest.mark.parametrize("name", RECIPES)
@pytest.mark.parametrize(
    "stops", [(0,), (1,), (2,), (STEPS,), (STEPS + 1,), (2 * STEPS,), (3 * STEPS,), (2, 0, 3)]
)
def test_stopped_and_resumed_gives_the_same_weights_costs_and_model(
    tmp_path: Path, name: str, stops: tuple[int, ...]
) -> None:
    whole = session(RECIPES[name])
    costs = run(whole, tmp_path / "whole.npz")
    path = tmp_path / "part.npz"
    part = session(RECIPES[name])
    costs_of_parts = run(part, path, after(stops[0]))
    for calls in (*stops[1:], None):
        part = session(RECIPES[name])
        part.resume(Checkpoint(path))
        costs_of_parts += run(part, path, *([] if calls is None else [after(calls)]))
    assert part.network.parameters.vector.tobytes() == whole.network.parameters.vector.tobytes()
    assert costs_of_parts == costs
    assert (tmp_path / "whole.npz").read_bytes() == path.read_bytes()
    assert part.model().certainty == whole.model().certainty


def test_abandoned_between_epochs_and_resumed_gives_the_same_weights(tmp_path: Path) -> None:
    whole, part, rest = (session(RECIPES["adam"]) for _ in range(3))
    run(whole, tmp_path / "whole.npz")
    for _ in part.epochs(tmp_path / "part.npz"):
        break
    rest.resume(Checkpoint(tmp_path / "part.npz"))
    run(rest, tmp_path / "part.npz")
    assert rest.network.parameters.vector.tobytes() == whole.network.parameters.vector.tobytes()


def test_more_epochs_go_on_as_if_asked_for_at_first(tmp_path: Path) -> None:
    whole, part = session(replace(RECIPE, epochs=5)), session(RECIPE)
    run(whole, tmp_path / "whole.npz")
    run(part, tmp_path / "part.npz")
    rest = session(replace(RECIPE, epochs=5))
    rest.resume(Checkpoint(tmp_path / "part.npz"))
    run(rest, tmp_path / "part.npz")
    assert rest.network.parameters.vector.tobytes() == whole.network.parameters.vector.tobytes()


def test_more_epochs_with_patience_go_on_as_if_asked_for_at_first(tmp_path: Path) -> None:
    recipe = replace(RECIPE, patience=9, optimizer="sgd", learning_rate=1.0)
    whole, part = session(replace(recipe, epochs=6)), session(replace(recipe, epochs=3))
    costs = run(whole, tmp_path / "whole.npz")
    assert run(part, tmp_path / "part.npz") == costs[:3]
    rest = session(replace(recipe, epochs=6))
    rest.resume(Checkpoint(tmp_path / "part.npz"))
    assert run(rest, tmp_path / "part.npz") == costs[3:]


def test_another_seed_gives_other_weights_and_the_same_seed_the_same(tmp_path: Path) -> None:
    vectors = []
    for seed in (1, 1, 2):
        one = session(seed=seed)
        run(one, tmp_path / "m.npz")
        vectors.append(one.network.parameters.vector.tobytes())
    assert vectors[0] == vectors[1] != vectors[2]


def test_test_digits_influence_nothing(tmp_path: Path) -> None:
    digits = digit_set()
    test = Digits(255 - digits.test.images[:7], digits.test.labels[:7][::-1].copy())
    other = DigitSet(digits.name, digits.train, test)
    recipe = replace(RECIPE, patience=1, epochs=6)
    models, checkpoints = [], []
    for data in (digits, other):
        one = session(recipe, digits=data)
        run(one, tmp_path / "m.npz")
        checkpoints.append((tmp_path / "m.npz").read_bytes())
        models.append(one.model())
    first, second = models
    assert checkpoints[0] == checkpoints[1]
    assert first.certainty == second.certainty
    for model, count in ((first, 20), (second, 7)):
        assert model.about["scores"].pop("test_count") == count
        model.about["scores"].pop("test_accuracy")
    assert first.about == second.about


def test_a_diverging_run_stops_with_the_last_good_weights(tmp_path: Path) -> None:
    recipe = plain(hidden=(4,), epochs=9, activation="leaky-relu", learning_rate=0.001)
    calm = session(recipe)
    reports: list[EpochReport] = []
    epochs = calm.epochs(tmp_path / "m.npz")
    reports.append(next(epochs))
    good = calm.network.parameters.vector.copy()
    object.__setattr__(calm.recipe, "learning_rate", 1e12)
    with pytest.raises(TrainingError, match=r"The training diverged in epoch 2\."):
        reports.extend(epochs)
    np.testing.assert_array_equal(calm.network.parameters.vector, good)
    assert [report.epoch for report in reports] == [1]


def test_validation_digits_are_the_last_and_an_eighth_by_default() -> None:
    digits = digit_set()
    one = session(digits=digits)
    np.testing.assert_array_equal(one.validation.images, digits.train.images[88:])
    np.testing.assert_array_equal(one.training.examples.images, digits.train.images[:88])


@pytest.mark.parametrize("validation", [-1, 100])
def test_more_digits_held_out_than_there_are_is_refused(validation: int) -> None:
    with pytest.raises(DataError, match=f"{validation} digits cannot be held out"):
        Session(digit_set(), RECIPE, seed=1, validation=validation)


def test_patience_without_validation_digits_is_refused() -> None:
    with pytest.raises(TrainingError, match="patience"):
        Session(digit_set(), replace(RECIPE, patience=2), seed=1, validation=0)


def test_about_says_where_the_weights_come_from(tmp_path: Path) -> None:
    digits = digit_set()
    one = session(digits=digits)
    run(one, tmp_path / "m.npz")
    about = dict(one.model().about)
    assert about.pop("scores").keys() == {
        "training_cost", "training_accuracy", "validation_accuracy", "test_accuracy", "test_count"
    }  # fmt: skip
    assert about.pop("recipe")["hidden"] == (4,)
    assert about.pop("digitnet")
    assert about == {
        "epochs": 2, "seed": 1, "dataset": "made up", "dataset_sha256": digits.train.sha256
    }  # fmt: skip
