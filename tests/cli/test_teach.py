"""digitnet train --add: a hand that MNIST's writers did not have is learned, theirs kept."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from digitnet.datasets.mnist import load_sample
from digitnet.learning.checkpoint import Checkpoint, checkpoint_path
from digitnet.model.model import Model
from tests.conftest import idx_bytes
from tests.helpers.commands import here, process, refused, save_constant

RUN = ("train", "--dataset", "sample", "--seed", "1")


def write_hand(folder: Path, each: int) -> None:
    """Pictures of somebody who writes 2, 4 and 7 as in a mirror."""
    test = load_sample().test
    for digit in range(10):
        (folder / str(digit)).mkdir(parents=True)
        for n, image in enumerate(test.images[test.labels == digit][:each]):
            written = image[:, ::-1] if digit in (2, 4, 7) else image
            Image.fromarray(255 - written).save(folder / str(digit) / f"{n}.png")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_hand(tmp_path / "mine", 2)
    return tmp_path


def last(*args: str) -> dict[str, Any]:
    done = here(*args, "--json")
    assert done.code == 0
    summary: dict[str, Any] = json.loads(done.out.splitlines()[-1])
    return summary


def test_a_hand_is_learned_and_the_others_are_not_forgotten(folder: Path) -> None:
    write_hand(folder / "more", 10)
    plain = last(*RUN)
    found = last(*RUN, "--add", "more")
    before = found.pop("before")
    assert before == {
        "model": "models/digitnet.npz",
        "test_accuracy": plain["test_accuracy"],
        "own_accuracy": pytest.approx(before["own_accuracy"]),
    }
    assert found["own_count"] == 20
    assert found["own_accuracy"] > before["own_accuracy"]
    assert found["test_accuracy"] > plain["test_accuracy"] - 0.02


def test_resume_teaches_the_model_there_is() -> None:
    last(*RUN)
    weights = Model.load("models/digitnet.npz")
    found = last(*RUN, "--resume", "--add", "mine", "--epochs", "1", "--learning-rate", "1e-6")
    taught = Model.load("models/digitnet.npz")
    np.testing.assert_allclose(taught.network.W[0], weights.network.W[0], atol=1e-4)
    assert taught.about["recipe"] == weights.about["recipe"] | {
        "epochs": 1,
        "learning_rate": 1e-6,
    }
    assert found["test_accuracy"] == pytest.approx(found["before"]["test_accuracy"], abs=0.002)


def test_without_a_model_the_small_one_that_comes_along_is_taught() -> None:
    found = last(*RUN, "--resume", "--add", "mine", "--epochs", "1")
    assert found["before"]["model"] == "the bundled small model"
    assert found["test_accuracy"] > 0.95
    taught = Model.load("models/digitnet.npz")
    assert (taught.network.f.name, taught.about["recipe"]["optimizer"]) == ("leaky-relu", "adam")


@pytest.mark.slow
def test_a_stopped_run_goes_on_with_the_same_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    args = (*RUN, "--add", "mine", "--schedule", "constant", "--hidden", "4")
    whole = last(*args, "--epochs", "3")
    weights = Model.load("models/digitnet.npz").network.parameters.vector
    last(*args, "--epochs", "1")
    assert Checkpoint(checkpoint_path(Path("models/digitnet.npz"))).add == "mine"
    found = last("train", "--resume", "--epochs", "3")
    assert (found["own_accuracy"], found["epochs"]) == (whole["own_accuracy"], 3)
    resumed = Model.load("models/digitnet.npz").network.parameters.vector
    np.testing.assert_array_equal(resumed, weights)


def test_a_run_is_not_resumed_with_pictures_that_were_changed() -> None:
    last(*RUN, "--hidden", "4", "--epochs", "1", "--add", "mine", "--model", "model.npz")
    Path("mine/0/0.png").unlink()
    first, second, _ = refused("train", "--resume", "--model", "model.npz")
    assert first == "Error: model.checkpoint.npz cannot be resumed: the handwriting has changed."
    assert second.startswith("  Expected ")


def test_both_accuracies_are_told_before_and_after(folder: Path) -> None:
    done = process(folder, *RUN, "--add", "mine", "--epochs", "1", COLUMNS="60")
    assert done.code == 0
    scores = Model.load("models/digitnet.npz").about["scores"]
    own, test = (re.escape(f"{scores[f'{kind}_accuracy']:.2%}") for kind in ("own", "test"))
    assert re.search(rf"^test accuracy +{test} of 1,000 *$", done.out, re.MULTILINE)
    assert re.search(rf"^your digits +{own} of 4 held out *$", done.out, re.MULTILINE)
    pattern = r"^before +\d\d\.\d\d% in the test, \d\d\.\d\d% of yours *$"
    assert re.search(pattern, done.out, re.MULTILINE)


@pytest.mark.parametrize(
    ("args", "what"),
    [
        (("--add", "nowhere"), "There is no folder nowhere."),
        (("--add", "few"), "few: too little handwriting to learn from and to score with."),
        (
            ("--resume", "--add", "mine", "--hidden", "5"),
            "A trained network cannot go on with other layers.",
        ),
        (
            ("--resume", "--add", "mine", "--activation", "tanh"),
            "A trained network cannot go on with another activation.",
        ),
    ],
)
def test_what_cannot_be_learned_is_refused(folder: Path, args: tuple[str, ...], what: str) -> None:
    save_constant(Path("model.npz"))
    (folder / "few").mkdir()
    Image.open("mine/0/0.png").save("few/0_a.png")
    first, _, _ = refused(*RUN, "--model", "model.npz", *args)
    assert first == f"Error: {what}"


def test_a_normalising_model_is_not_taught_raw_pixels(model_file: Path) -> None:
    Path("model.npz").write_bytes(model_file.read_bytes())
    args = ("--model", "model.npz", "--resume", "--add", "mine", "--raw")
    assert refused(*RUN, *args) == [
        "Error: A model that knows normalised digits cannot be taught raw ones.",
        "  Expected normalised digits, found raw ones.",
        "  Prepare the digits as the model's were, or train a new model.",
    ]


def test_a_model_with_another_versions_recipe_is_not_taught(model_file: Path) -> None:
    model = Model.load(model_file)
    other = dict(model.about["recipe"]) | {"dropout": 0.5}
    replace(model, about={**model.about, "recipe": other}).save("model.npz")
    first, second, _ = refused(*RUN, "--model", "model.npz", "--resume", "--add", "mine")
    assert first == "Error: model.npz cannot be taught."
    assert "dropout" in second


def test_a_folder_of_pictures_is_a_data_set(folder: Path) -> None:
    code, out, _ = here("train", "--dataset", "mine", "--batch-size", "1", "--seed", "1")
    assert code == 0
    assert "15 epochs on mine" in out
    assert re.search(r"test accuracy +\d+\.\d\d% of 4$", out, re.MULTILINE)
    assert here("eval", "--dataset", "mine", "--json").out.startswith('{"accuracy": ')


def test_transposed_pictures_are_turned_and_it_is_said(folder: Path) -> None:
    (folder / "emnist").mkdir()
    for part, digits in (("train", load_sample().train[:10]), ("test", load_sample().test[:10])):
        images = digits.images.transpose(0, 2, 1).tobytes()
        name = f"emnist/emnist-digits-{part}"
        Path(f"{name}-images-idx3-ubyte").write_bytes(idx_bytes(10, 28, 28, values=images))
        labels = idx_bytes(10, values=digits.labels.tobytes())
        Path(f"{name}-labels-idx1-ubyte").write_bytes(labels)
    done = here("train", "--dataset", "emnist", "--batch-size", "1", "--seed", "1", "--raw")
    assert done.code == 0
    assert done.err.startswith(
        "The pictures of emnist are stored transposed, as EMNIST's are: they were turned.\n"
    )


def test_a_folder_of_idx_files_is_a_data_set_and_keeps_its_normalised_digits(
    folder: Path, tiny_files: dict[str, bytes]
) -> None:
    (folder / "idx").mkdir()
    for name, content in tiny_files.items():
        (folder / "idx" / name).write_bytes(content)
    found = last("train", "--dataset", "idx", "--batch-size", "1", "--seed", "1")
    assert found["dataset"] == "idx"
    assert len(list((folder / "data").glob("normalised-*"))) == 3


def test_digits_that_are_learned_already_are_not_taught_again() -> None:
    args = (*RUN, "--add", "mine", "--epochs", "2")
    last(*args)
    weights = Path("models/digitnet.npz").read_bytes()
    code, out, err = here("train", "--resume", "--add", "mine")
    assert (code, out) == (0, "")
    assert err.splitlines()[0] == (
        "Nothing to do: this run has ended after 2 epochs, with your digits in mine."
    )
    assert Path("models/digitnet.npz").read_bytes() == weights
