"""Checkpoints that are missing, damaged or of another kind, and a write that fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitnet.errors import WeightsError
from digitnet.learning.checkpoint import save_checkpoint
from tests.helpers.damage import read_all
from tests.helpers.runs import RECIPE as MADE
from tests.helpers.runs import damage, refusal, session

RECIPE = asdict(MADE)
RNG: dict[str, Any] = dict(np.random.default_rng(0).bit_generator.state)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "m.checkpoint.npz"
    run = session()
    for _ in run.epochs(path):
        pass
    return path


def test_no_checkpoint_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "m.checkpoint.npz"
    assert refusal(path) == (
        f"{path}: there is nothing to resume.",
        "Expected the checkpoint of an earlier run, found no such file.",
        "Begin a new run, or name the model of the run that stopped.",
    )


@pytest.mark.parametrize("kept", [0, 1, 100, 5000, -1])
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_a_truncated_checkpoint_is_refused(path: Path, kept: int) -> None:
    path.write_bytes(path.read_bytes()[:kept])
    what, found, _ = refusal(path)
    assert what == f"{path}: these weights cannot be used."
    assert found.startswith("Expected a whole .npz file of plain arrays, found ")


def test_weights_are_no_checkpoint(model_file: Path) -> None:
    assert refusal(model_file) == (
        f"{model_file} cannot be resumed.",
        "Expected a checkpoint of version 2, found something else.",
        "Begin a new run.",
    )


def test_another_version_is_refused(path: Path) -> None:
    damage(path, lambda about: about | {"checkpoint": 1})
    assert refusal(path)[1] == "Expected a checkpoint of version 2, found version 1."


@pytest.mark.parametrize(
    "change",
    [
        lambda about: about | {"options": []},
        lambda about: about | {"options": {}},
        lambda about: about | {"facts": []},
        lambda about: about | {"facts": {}},
        lambda about: about | {"facts": about["facts"] | {"step": "many"}},
        lambda about: about | {"facts": about["facts"] | {"rng": {}}},
        lambda about: about | {"history": {}},
        lambda about: about | {"history": about["history"] | {"reports": []}},
    ],
    ids=[
        "options no table",
        "no options",
        "facts no table",
        "no facts",
        "step",
        "rng",
        "no history",
        "weights of no report",
    ],
)
def test_a_checkpoint_that_lacks_something_is_refused(
    path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    damage(path, change)
    assert refusal(path)[0] == f"{path} cannot be resumed."


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("options", "seed", "abc"),
        ("options", "seed", -1),
        ("options", "validation", [1]),
        ("options", "dataset", 5),
        ("options", "add", 5),
        ("options", "recipe", RECIPE | {"hidden": "4"}),
        ("options", "recipe", RECIPE | {"epochs": 2.0}),
        ("options", "recipe", RECIPE | {"more": 1}),
        ("facts", "step", float("inf")),
        ("facts", "step", -5),
        ("facts", "total", 10**400),
        ("facts", "limit", float("nan")),
        ("facts", "last_cost", [1]),
        ("facts", "best_accuracy", 10**400),
        ("facts", "rng", RNG | {"uinteger": 2**40}),
        ("facts", "rng", RNG | {"state": {"state": -1, "inc": 1}}),
    ],
)
def test_a_fact_that_may_not_be_there_is_named(
    path: Path, part: str, name: str, value: object
) -> None:
    damage(path, lambda about: about | {part: about[part] | {name: value}})
    what, found, advice = refusal(path)
    assert (what, advice) == (f"{path} cannot be resumed.", "Begin a new run.")
    assert found.startswith(f"Expected a checkpoint of version 2, found one with {part}.{name}")
    assert len(found) < 300


@pytest.mark.parametrize(
    "vector",
    [
        np.zeros(3),
        np.zeros(1),
        np.float32(np.nan),
        np.zeros(3190, np.complex64),
        np.full(3190, 1e300),
    ],
)
def test_weights_that_do_not_fit_are_refused(path: Path, vector: Any) -> None:
    arrays = read_all(path)
    np.savez(path, **{**arrays, "vector": vector})
    assert refusal(path)[0] == f"{path} cannot be resumed."


@pytest.mark.parametrize("name", ["memory.s", "memory.steps"])
def test_what_a_root_is_taken_of_is_not_negative(path: Path, name: str) -> None:
    arrays = read_all(path)
    np.savez(path, **{**arrays, name: np.full_like(arrays[name], -1e30)})
    assert refusal(path)[1] == f"Expected a checkpoint of version 2, found {name} below 0."


def test_a_checkpoint_survives_a_failing_write(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()

    def half(file: Any, **arrays: object) -> None:
        file.write(before[:50])
        raise OSError(28, "No space left on device")

    run = session()
    monkeypatch.setattr(np, "savez", half)
    with pytest.raises(WeightsError, match="No space left on device"):
        save_checkpoint(path, run.training, run.options, run.history)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
