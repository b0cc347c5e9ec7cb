"""digitnet train, as its user sees it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from digitnet.learning.checkpoint import checkpoint_path
from digitnet.model.model import Model
from tests.helpers.commands import here, process

QUICK = ("train", "--dataset", "sample", "--hidden", "4", "--batch-size", "8", "--seed", "1")


BEGINS = "Training 784-4-10 on 3,500 digits of sample for"
OTHERS = "500 are held out for validation."


def facts(rows: Sequence[tuple[str, str]]) -> str:
    """A name and its value a line, the values below each other."""
    width = max(len(name) for name, _ in rows)
    return "".join(f"{name.ljust(width)}  {value}\n" for name, value in rows)


def seconds_of(text: str) -> str:
    found = re.search(r"^time +(\d+\.\d s)", text, re.MULTILINE)
    assert found
    return found[1]


@pytest.mark.parametrize("columns", ["60", "80"])
def test_a_run_ends_in_a_table_and_progress_goes_to_stderr(tmp_path: Path, columns: str) -> None:
    code, out, err = process(tmp_path, *QUICK, "--epochs", "2", COLUMNS=columns)
    assert code == 0
    model = Model.load(tmp_path / "models" / "digitnet.npz")
    scores = model.about["scores"]
    assert out == facts(
        [
            ("network", "784-4-10"),
            ("trained", "2 epochs on sample"),
            ("seed", "1"),
            ("training cost", f"{scores['training_cost']:.4f}"),
            ("validation accuracy", f"{scores['validation_accuracy']:.2%}"),
            ("test accuracy", f"{scores['test_accuracy']:.2%} of 1,000"),
            ("time", seconds_of(out)),
            ("weights", "models/digitnet.npz"),
        ]
    )
    line = r"epoch {:>4}  cost \d\.\d{{4}}  validation [ \d]\d\.\d\d%  {}\n"
    first, *epochs, _, _, _ = err.splitlines(keepends=True)
    assert first == f"{BEGINS} 2 epochs; {OTHERS}\n"
    names = ("0", "1/16", "1/8", "1/4", "1/2", "1", "2")
    speeds = ["untrained", *[r"[\d,]+k? digits/s"] * 6]
    expected = "".join(line.format(*both) for both in zip(names, speeds, strict=True))
    assert re.fullmatch(expected, "".join(epochs))
    assert f"cost {scores['training_cost']:.4f}  validation" in epochs[-1]


def test_json_is_an_object_an_epoch_and_one_for_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, _ = here(*QUICK, "--epochs", "2", "--model", "[m].npz", "--json")
    assert code == 0
    first, second, last = (json.loads(line) for line in out.splitlines())
    scores = Model.load("[m].npz").about["scores"]
    for n, line in enumerate((first, second)):
        assert line.keys() == {"epoch", "cost", "validation_accuracy", "seconds"}
        assert line["epoch"] == n + 1
        assert line["seconds"] > 0
    assert second["cost"] == scores["training_cost"]
    assert last.pop("seconds") > first["seconds"] + second["seconds"]
    assert last == {
        "model": "[m].npz",
        "history": "[m].history.npz",
        "epochs": 2,
        "seed": 1,
        "dataset": "sample",
        "validation_accuracy": second["validation_accuracy"],
        "test_accuracy": scores["test_accuracy"],
    }


def test_the_same_seed_gives_the_same_file_and_a_drawn_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    without_seed = ["train", "--dataset", "sample", "--epochs", "2", "--json"]
    seeds: list[int] = []
    vectors: list[bytes] = []
    for model, seed in (("a", []), ("b", []), ("c", None)):
        again = ["--seed", str(seeds[0])] if seed is None else seed
        _, out, _ = here(*without_seed, "--model", f"{model}.npz", *again)
        seeds.append(json.loads(out.splitlines()[-1])["seed"])
        vectors.append(Model.load(f"{model}.npz").network.parameters.vector.tobytes())
    assert seeds[0] == seeds[2] != seeds[1]
    assert vectors[0] == vectors[2] != vectors[1]


def test_every_option_reaches_the_recipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    given = {
        "activation": "tanh",
        "cost": "softmax-cross-entropy",
        "optimizer": "adam",
        "learning_rate": 0.002,
        "schedule": "cosine",
        "epochs": 2,
        "batch_size": 50,
        "l2": 0.01,
        "warm_up": 0.25,
        "clip": 3.5,
        "patience": 7,
    }
    args = [part for name, v in given.items() for part in (f"--{name.replace('_', '-')}", str(v))]
    code, _, _ = here(
        "train", "--hidden", "5", "--hidden", "3", "--dataset", "sample", "--seed", "4", *args,
        "--validation", "100", "--raw", "--model", "m.npz",
    )  # fmt: skip
    assert code == 0
    model = Model.load("m.npz")
    assert model.about["recipe"].items() >= {"hidden": [5, 3], **given}.items()
    assert model.normalisation is None
    assert model.network.sizes == (784, 5, 3, 10)
    assert model.about["seed"] == 4


def test_without_validation_digits_no_accuracy_is_made_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = here(*QUICK, "--epochs", "1", "--validation", "0")
    assert code == 0
    assert re.search(r"^validation accuracy +none held out$", out, re.MULTILINE)
    assert "validation" not in err
    assert err.startswith("Training 784-4-10 on 4,000 digits of sample for 1 epoch.\n")


def test_without_a_mirror_the_sample_stands_in_with_a_warning(tmp_path: Path) -> None:
    code, out, err = process(tmp_path, "train", *QUICK[3:], "--epochs", "1")
    assert code == 0
    assert "trained              1 epoch on sample" in out
    first, *rest = err.splitlines()
    assert first.startswith(
        "MNIST is missing: train-images-idx3-ubyte could not be downloaded from any mirror. "
        "Expected a file of 47,040,016 bytes, found:"
    )
    assert rest[0] == "    data/train-images-idx3-ubyte: not there"
    assert rest[1].startswith("    https://ossci-datasets.s3.amazonaws.com/mnist/: the proxy: ")
    assert rest[3:5] == [
        "The bundled sample of 5,000 digits is used instead: scores are not comparable.",
        "For MNIST, run digitnet download with a network, or copy its files into data.",
    ]
    assert rest[5] == f"{BEGINS} 1 epoch; {OTHERS}"
    assert len(rest) == 15


def test_a_data_folder_that_is_a_file_is_refused_and_no_sample_hides_it(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    done = process(tmp_path, "train", "--data-dir", "notes.txt", "--epochs", "1")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(
        "Error: notes.txt/train-images-idx3-ubyte cannot be written.\n"
        "  Expected a folder that can be written to and has room, found: "
    )


def test_mnist_asked_for_by_name_is_not_replaced(tmp_path: Path) -> None:
    done = process(tmp_path, "train", "--dataset", "mnist", "--epochs", "1")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(
        "Error: train-images-idx3-ubyte could not be downloaded from any mirror.\n"
    )
    assert not (tmp_path / "models" / "digitnet.npz").exists()


def test_an_ascii_terminal_gets_ascii(tmp_path: Path) -> None:
    args = (*QUICK, "--epochs", "1")
    done = process(tmp_path, *args, LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert done.code == 0
    assert (done.out + done.err).isascii()
    assert "?" not in done.out + done.err


def test_a_finished_run_can_be_resumed_for_more_epochs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    constant = (*QUICK, "--schedule", "constant")
    here(*constant, "--epochs", "3", "--model", "whole.npz")
    here(*constant, "--epochs", "1", "--model", "part.npz")
    code, out, err = here("train", "--resume", "--epochs", "3", "--model", "part.npz")
    assert code == 0
    assert "trained              3 epochs on sample" in out
    begins, replaces, *epochs, was, _, _, _ = err.splitlines()
    assert begins == f"Going on after 1 epoch with {BEGINS[9:]} 3 epochs in all; {OTHERS}"
    assert replaces.startswith("It will replace part.npz (784-4-10, ")
    assert [line[:10] for line in epochs] == ["epoch    2", "epoch    3"]
    assert was == "The previous model was kept as part.previous.npz."
    whole, part = Model.load("whole.npz"), Model.load("part.npz")
    assert part.network.parameters.vector.tobytes() == whole.network.parameters.vector.tobytes()
    assert part.about == whole.about
    assert checkpoint_path(Path("part.npz")).exists()
