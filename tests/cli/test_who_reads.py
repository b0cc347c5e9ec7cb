"""Which model answers is always said, and where another reads better."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from digitnet import bundled_model
from digitnet.model.model import Model
from tests.helpers.bundled import LARGE_FACTS, SMALL_FACTS
from tests.helpers.commands import Done, here, read_by, save_constant
from tests.helpers.pictures import page

SMALL = f"Read by the bundled small model ({SMALL_FACTS}).\n"
LARGE = f"Read by the bundled large model ({LARGE_FACTS}).\n"
BETTER = f"The bundled large model reads better ({LARGE_FACTS}): --model large\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "own" / "3").mkdir(parents=True)
    (tmp_path / "own" / "3" / "a.png").write_bytes(page(3).read())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(params=["predict", "eval"])
def read(request: pytest.FixtureRequest) -> Any:
    """Run predict on a picture, or eval on its folder: both choose the same model."""
    picture = "own/3/a.png" if request.param == "predict" else "own"

    def run(*args: str) -> Done:
        done = here(request.param, picture, *args)
        assert done.code == 0
        return done

    return run


def test_without_a_model_the_large_one_reads(read: Any) -> None:
    assert read().err == f"No models/digitnet.npz yet; train one: digitnet train\n{LARGE}"


@pytest.mark.parametrize(("name", "said"), [("small", SMALL), ("large", LARGE)])
def test_a_bundled_model_says_its_name(read: Any, name: str, said: str) -> None:
    assert read("--model", name).err == said


def test_once_there_is_a_model_of_ones_own_it_reads(read: Any) -> None:
    save_constant(Path("models/digitnet.npz"))
    assert read().err == read_by("models/digitnet.npz")


@pytest.mark.parametrize(
    ("about", "better"),
    [
        ({"dataset": "mnist", "scores": {"test_accuracy": 0.9734}}, True),
        ({"dataset": "sample", "scores": {"test_accuracy": 0.9}}, True),
        ({"dataset": "mnist", "scores": {"test_accuracy": 0.9940}}, False),
        ({"dataset": "mine", "scores": {"test_accuracy": 0.5}}, False),
        ({"dataset": "mnist", "scores": {"test_accuracy": 0.9}, "own_sha256": "a hand"}, False),
    ],
    ids=["MNIST", "the sample", "as good", "other digits", "taught a hand"],
)
def test_that_the_large_one_reads_better_is_said_where_it_is_known(
    read: Any, about: dict[str, Any], better: bool
) -> None:
    model: Model = replace(bundled_model("small"), about=about)
    model.save("m.npz")
    score = f"{about['scores']['test_accuracy']:.2%} of {about['dataset']}'s test digits"
    assert read("--model", "m.npz").err == (
        f"Read by m.npz (392-15-10, {score}).\n{BETTER if better else ''}"
    )
