"""Every run records how it learned, beside its weights; interrupted and resumed as in one go."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from digitnet.errors import TrainingError
from digitnet.learning.checkpoint import Checkpoint
from digitnet.learning.replaced import keep_previous
from digitnet.model.history_file import as_json, load_history
from digitnet.model.model import Model
from tests.helpers.runs import RECIPE, session
from tests.learning.test_session import STEPS, after

SHARES = [0, 1 / 4, 1 / 2]  # those that 3 steps an epoch leave apart


def test_the_history_has_each_report_with_the_weights_of_that_moment() -> None:
    run = session()
    vectors, told = [], []
    for report in run.reports():
        vectors.append(run.network.parameters.vector.astype(np.float16))
        told.append((report.epoch, report.cost, report.validation_accuracy))
    assert [epoch for epoch, _, _ in told] == [*SHARES, 1, 2]
    found = run.history
    assert [(m.epoch, m.cost, m.validation_accuracy) for m in found.reports] == told
    np.testing.assert_array_equal(found.vectors, np.stack(vectors))


@pytest.mark.parametrize("stops", [(0,), (1,), (2,), (STEPS,), (STEPS + 2,), (0, 1, 0, 1)])
def test_stopped_and_resumed_gives_the_history_of_one_go(
    tmp_path: Path, stops: tuple[int, ...]
) -> None:
    whole, part = session(), session()
    list(whole.epochs())
    path = tmp_path / "m.checkpoint.npz"
    for calls in stops:
        list(part.epochs(path, after(calls)))
        part = session()
        part.resume(Checkpoint(path))
    list(part.epochs(path))
    for run in (whole, part):
        run.save(tmp_path / f"{run is whole}.npz")
    one, same = (load_history(tmp_path / f"{name}.history.npz") for name in ("True", "False"))
    assert as_json(one) == as_json(same)
    np.testing.assert_array_equal(one.vectors, same.vectors)


@pytest.mark.parametrize("asked", range(1, 5))
def test_abandoned_at_any_report_it_goes_on_from_there(tmp_path: Path, asked: int) -> None:
    whole, part, rest = session(), session(), session()
    list(whole.epochs())
    path = tmp_path / "m.checkpoint.npz"
    list(islice(part.reports(path), asked))
    rest.resume(Checkpoint(path))
    list(rest.epochs())
    assert as_json(rest.history) == as_json(whole.history)
    np.testing.assert_array_equal(rest.history.vectors, whole.history.vectors)


@pytest.mark.parametrize("calls", [STEPS, STEPS + 1, 99])
def test_the_saved_history_ends_with_the_saved_weights(tmp_path: Path, calls: int) -> None:
    run = session()
    list(run.epochs(tmp_path / "m.checkpoint.npz", after(calls)))
    model = run.save(tmp_path / "m.npz")
    found = load_history(tmp_path / "m.history.npz")
    assert model is not None
    assert found.fits(Model.load(tmp_path / "m.npz"))
    assert found.vectors is not None
    vector = model.network.parameters.vector
    np.testing.assert_array_equal(found.vectors[-1], vector.astype(np.float16))
    steps = min(calls, 2 * STEPS)
    assert [m.epoch for m in found.reports] == sorted({*SHARES, 1, steps / STEPS})


def test_with_patience_the_history_goes_on_after_the_weights_that_are_kept(tmp_path: Path) -> None:
    run = session(replace(RECIPE, patience=2, epochs=20, learning_rate=1.0, optimizer="sgd"))
    list(run.epochs())
    model = run.save(tmp_path / "m.npz")
    found = load_history(tmp_path / "m.history.npz")
    assert model is not None
    assert found.fits(model)
    assert found.reports[-1].epoch == run.training.progress.kept + 2
    assert found.vectors is not None
    vector = model.network.parameters.vector.astype(np.float16)
    np.testing.assert_array_equal(found.vectors[-3], vector)


def test_a_run_without_a_whole_epoch_leaves_no_history_over_another(tmp_path: Path) -> None:
    run = session()
    list(run.epochs(None, after(1)))
    assert run.save(tmp_path / "m.npz") is None
    assert list(tmp_path.iterdir()) == []


def test_a_diverging_run_has_the_history_of_what_was_good(tmp_path: Path) -> None:
    run = session(replace(RECIPE, optimizer="sgd", learning_rate=0.001, activation="leaky-relu"))
    epochs = run.epochs()
    next(epochs)
    object.__setattr__(run.recipe, "learning_rate", 1e12)
    with pytest.raises(TrainingError):
        next(epochs)
    assert run.save(tmp_path / "m.npz") is not None
    found = load_history(tmp_path / "m.history.npz")
    assert [moment.epoch for moment in found.reports] == [*SHARES, 1]
    assert found.fits(Model.load(tmp_path / "m.npz"))


def test_the_model_that_is_replaced_keeps_its_history(tmp_path: Path) -> None:
    run = session()
    list(run.epochs())
    run.save(tmp_path / "m.npz")
    before = (tmp_path / "m.history.npz").read_bytes()
    keep_previous(tmp_path / "m.npz")
    assert (tmp_path / "m.previous.history.npz").read_bytes() == before
