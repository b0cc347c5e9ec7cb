"""Runs that cannot begin or cannot go on: what is said, and what is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digitnet.model.model import Model
from tests.helpers.commands import NOWHERE, here, refused


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, model_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a good model.npz, and no mirror in reach."""
    monkeypatch.chdir(tmp_path)
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, NOWHERE)
    Path("folder").mkdir()
    Path("blank.png").touch()
    Path("letters").mkdir()
    Path("letters/emnist-letters-train-images-idx3-ubyte.gz").touch()
    Path("notes.txt").write_text("of somebody")
    return tmp_path


TRAIN = ("train", "--dataset", "sample", "--model", "model.npz")


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [
        ("epochs", "0", "a whole number of 1 or more"),
        ("epochs", "-3", "a whole number of 1 or more"),
        ("batch-size", "0", "a whole number of 1 or more"),
        ("hidden", "0", "a whole number of 1 or more"),
        ("hidden", "-15", "a whole number of 1 or more"),
        ("learning-rate", "0.0", "a number above 0"),
        ("learning-rate", "-1.0", "a number above 0"),
        ("learning-rate", "nan", "a number above 0"),
        ("learning-rate", "inf", "a number above 0"),
        ("l2", "-0.1", "a number from 0 on"),
        ("l2", "nan", "a number from 0 on"),
        ("warm-up", "1.0", "a number from 0 to below 1"),
        ("clip", "0.0", "a number above 0"),
        ("patience", "0", "a whole number of 1 or more"),
        ("seed", "-1", "0 or more"),
    ],
)
def test_a_number_that_makes_no_sense_is_refused(option: str, value: str, expected: str) -> None:
    assert refused(*TRAIN, f"--{option}", value) == [
        f"Error: --{option} {value} cannot be used.",
        f"  Expected {expected}, found {value}.",
        f"  Choose another value for --{option}.",
    ]


@pytest.mark.parametrize(
    ("args", "what"),
    [
        (("--validation", "4000"), "4,000 digits cannot be held out for validation."),
        (("--validation", "-1"), "-1 digits cannot be held out for validation."),
        (("--activation", "step"), "A network of binary steps cannot be trained"),
        (("--resume",), "model.checkpoint.npz: there is nothing to resume."),
        (("--dataset", "fashion"), "There is no data set fashion."),
        (("--dataset", "mnist", "--hidden", "0"), "--hidden 0 cannot be used."),
        (
            ("--dataset", "mnist"),
            "train-images-idx3-ubyte could not be downloaded from any mirror.",
        ),
        (("--data-dir", "blank.png", "--dataset", "mnist"), "blank.png/train-images-idx3-ubyte"),
        (("--dataset", "letters"), "letters is not a data set that digitnet knows."),
        (("--model", "folder"), "folder cannot be written."),
        (("--model", "notes.txt"), "notes.txt is not a model of digitnet, and stays as it is."),
        (("--model", "blank.png/m.npz"), "blank.png/m.npz cannot be written."),
    ],
)
def test_a_run_that_cannot_begin_says_why(args: tuple[str, ...], what: str) -> None:
    first, *_ = refused(*TRAIN, *args)
    assert first.startswith(f"Error: {what}")


@pytest.mark.parametrize(
    "args",
    [
        ("--epochs", "0"),
        ("--validation", "4000"),
        ("--activation", "step"),
        ("--dataset", "fashion"),
        ("--seed", "-1"),
    ],
)
def test_a_run_that_cannot_begin_makes_no_folder(args: tuple[str, ...]) -> None:
    refused(*TRAIN, *args, "--model", "new/deep/m.npz")
    assert not Path("new").exists()


def test_patience_without_validation_digits_is_refused_in_the_words_of_the_options() -> None:
    assert refused(*TRAIN, "--patience", "3", "--validation", "0") == [
        "Error: Patience needs validation digits to watch.",
        "  Expected some, found none with --patience 3.",
        "  Hold some out for validation, or leave out --patience.",
    ]


def test_a_run_that_diverges_at_once_leaves_the_model_that_was_there() -> None:
    lines = refused(*TRAIN, "--activation", "leaky-relu", "--learning-rate", "100.0")[-3:]
    assert lines[0] == "Error: The training diverged in epoch 1."
    assert lines[1].startswith("  Expected the cost to fall, found ")
    assert lines[1].endswith(" with learning rate 100.")
    assert lines[2] == "  Lower it: try --learning-rate 10."


@pytest.fixture
def late() -> tuple[list[float], list[str]]:
    """Validation accuracies and last lines of a run that diverges after some good epochs."""
    plain = ("--schedule", "constant", "--l2", "0", "--learning-rate", "1")
    args = ("--activation", "leaky-relu", *plain, "--warm-up", "0.95")
    done = here(*TRAIN, *args, "--epochs", "40", "--seed", "1", "--json")
    assert done.code == 1
    return [json.loads(line)["validation_accuracy"] for line in done.out.splitlines()], (
        done.err.splitlines()[-4:]
    )


def test_a_run_that_diverges_later_keeps_its_best_weights(
    late: tuple[list[float], list[str]],
) -> None:
    accuracies, lines = late
    assert 1 < len(accuracies) < 40
    assert lines[1] == f"Error: The training diverged in epoch {len(accuracies) + 1}."
    scores = Model.load("model.npz").about["scores"]
    assert scores["validation_accuracy"] == max(accuracies)


def test_a_run_that_diverges_later_says_which_weights_it_kept(
    late: tuple[list[float], list[str]],
) -> None:
    accuracies, lines = late
    best = accuracies.index(max(accuracies)) + 1
    assert f"epoch {best}," in lines[0]
    assert Model.load("model.npz").about["epochs"] == best
