"""Weights files: the round trip, and every way in which a file can be wrong."""

from __future__ import annotations

import io
import json
import pickle
import warnings
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitnet.images.form.moments import MomentTargets
from digitnet.model.certainty import Certainty
from digitnet.model.model import Model
from digitnet.nn.network import Network
from tests.helpers.damage import WHOLE, message, read_all, rewrite, unusable

# NumPy leaves a file open that it finds to be no .npz; see the test of that.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")


@pytest.mark.parametrize("hidden", [(15,), (), (7, 5, 3)])
@pytest.mark.parametrize("targets", [None, MomentTargets()])
def test_a_model_comes_back_bit_for_bit(
    tmp_path: Path, rng: np.random.Generator, hidden: tuple[int, ...], targets: MomentTargets | None
) -> None:
    network = Network((784, *hidden, 10), "tanh", "softmax-cross-entropy", rng)
    network.parameters.vector[:3] = (-0.0, np.float32(1e-45), np.finfo(np.float32).max)
    about = {"seed": 7, "recipe": {"hidden": list(hidden)}, "dataset": "größer"}
    Model(network, targets, Certainty(1.25, 0.75, 0.5), about).save(tmp_path / "m.npz")
    back = Model.load(tmp_path / "m.npz")
    assert back.network.parameters.vector.tobytes() == network.parameters.vector.tobytes()
    assert back.network.sizes == (784, *hidden, 10)
    assert (back.network.f.name, back.network.cost.name) == ("tanh", "softmax-cross-entropy")
    assert back.normalisation == targets
    assert back.certainty == Certainty(1.25, 0.75, 0.5)
    assert back.about == about


def test_a_file_holds_what_the_format_says(model_file: Path) -> None:
    arrays = read_all(model_file)
    shapes = {name: (array.dtype.str, array.shape) for name, array in arrays.items()}
    assert shapes == {
        "about": (arrays["about"].dtype.str, ()),
        "W0": ("<f4", (15, 784)),
        "B0": ("<f4", (15, 1)),
        "W1": ("<f4", (10, 15)),
        "B1": ("<f4", (10, 1)),
    }
    about = json.loads(str(arrays["about"]))
    assert (about["format"], about["layers"]) == (1, [784, 15, 10])


def test_the_same_model_gives_the_same_arrays_when_saved_again(model_file: Path) -> None:
    model = Model.load(model_file)
    model.save(model_file.with_name("again.npz"))
    first, again = read_all(model_file), read_all(model_file.with_name("again.npz"))
    assert {n: a.tobytes() for n, a in first.items()} == {n: a.tobytes() for n, a in again.items()}


def test_a_file_of_before_that_knows_how_digits_look_is_read_without_that(
    model_file: Path,
) -> None:
    arrays = read_all(model_file)
    about = json.loads(str(arrays["about"])) | {"familiarity": {"weight": 1.0, "misfit": 2.0}}
    about["certainty"] = {"temperature": 1.5, "threshold": 0.6}
    arrays["about"] = np.array(json.dumps(about))
    arrays["familiar_means"] = np.zeros((10, 392), np.float16)
    np.savez(model_file.with_name("before.npz"), **arrays)
    before = Model.load(model_file.with_name("before.npz"))
    now = Model.load(model_file).network.parameters.vector
    assert before.network.parameters.vector.tobytes() == now.tobytes()
    assert before.certainty == Certainty(1.5, 0.6, 0.0)
    assert "familiarity" not in before.about


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none.npz"
    expected = "Expected a file of weights, found no such file."
    assert message(path) == unusable(path, expected)


@pytest.mark.posix
def test_a_folder_is_no_file_of_weights(tmp_path: Path) -> None:
    expected = "Expected a readable file, found Is a directory."
    assert message(tmp_path) == unusable(tmp_path, expected)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "No data left in file"),
        (b"PK\x03\x04", "File is not a zip file"),
    ],
    ids=["empty", "only a zip's magic"],
)
def test_what_is_no_npz_is_refused(model_file: Path, content: bytes, found: str) -> None:
    model_file.write_bytes(content)
    what, said, advice = message(model_file)
    assert said.startswith(f"Expected {WHOLE}, found {found}")
    assert (what, said, advice) == unusable(model_file, said)


@pytest.mark.parametrize("kind", ["an array", "text"])
def test_an_array_or_text_is_another_kind_of_file(model_file: Path, kind: str) -> None:
    alone = io.BytesIO(b"not weights at all")
    if kind == "an array":
        np.save(alone, np.zeros(3))
    model_file.write_bytes(alone.getvalue())
    expected = "Expected an .npz file, found another kind of file."
    assert message(model_file) == unusable(model_file, expected)


@pytest.mark.parametrize("kept", [1, 10, 1000, 20_000, -1])
def test_a_truncated_file_is_refused(model_file: Path, kept: int) -> None:
    model_file.write_bytes(model_file.read_bytes()[:kept])
    what, said, advice = message(model_file)
    assert said.startswith(f"Expected {WHOLE}, found ")
    assert (what, said, advice) == unusable(model_file, said)


def test_the_npz_of_another_program_is_refused_with_the_arrays_found(model_file: Path) -> None:
    np.savez(model_file, images=np.zeros(3), answers=np.zeros(3))
    expected = "Expected weights saved by digitnet, found ['answers', 'images']."
    assert message(model_file) == unusable(model_file, expected)


@pytest.mark.parametrize(
    ("name", "array", "found"),
    [
        ("W0", np.zeros((15, 783), np.float32), "15 × 783 of float32"),
        ("W1", np.zeros((15, 10), np.float32), "15 × 10 of float32"),
        ("B0", np.zeros(15, np.float32), "15 of float32"),
        ("B1", np.float32(1), "one of float32"),
        ("W1", np.zeros((10, 15)), "10 × 15 of float64"),
        ("B1", np.zeros((10, 1), np.int8), "10 × 1 of int8"),
        ("W1", np.full((10, 15), np.nan, np.float32), "NaN or infinity among them"),
        ("B0", np.full((15, 1), -np.inf, np.float32), "NaN or infinity among them"),
    ],
)
def test_a_wrong_array_is_named_with_what_was_expected(
    model_file: Path, name: str, array: Any, found: str
) -> None:
    rewrite(model_file, lambda arrays: arrays | {name: array})
    shape = {"W0": "15 × 784", "B0": "15 × 1", "W1": "10 × 15", "B1": "10 × 1"}[name]
    expected = f"Expected {name} of {shape} finite float32 numbers, found {found}."
    assert message(model_file) == unusable(model_file, expected)


def test_a_missing_array_is_refused(model_file: Path) -> None:
    rewrite(model_file, lambda arrays: {n: a for n, a in arrays.items() if n != "B1"})
    expected = "Expected the arrays W0, B0, W1, B1, found B0, W0, W1."
    assert message(model_file) == unusable(model_file, expected)


def test_an_array_too_many_is_refused(model_file: Path) -> None:
    rewrite(model_file, lambda arrays: arrays | {"W2": arrays["W1"]})
    expected = "Expected the arrays W0, B0, W1, B1, found B0, B1, W0, W1, W2."
    assert message(model_file) == unusable(model_file, expected)


def test_an_array_that_claims_to_be_of_terabytes_is_refused(model_file: Path) -> None:
    with zipfile.ZipFile(model_file) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    claim = b"'shape': (1000000000000, 784), }"
    parts["W0.npy"] = parts["W0.npy"].replace(b"'shape': (15, 784), }" + b" " * 11, claim)
    assert claim in parts["W0.npy"]
    with zipfile.ZipFile(model_file, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    assert message(model_file)[1].startswith(f"Expected {WHOLE}, found ")


def test_an_array_whose_header_does_not_end_is_refused(model_file: Path) -> None:
    with zipfile.ZipFile(model_file) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    parts["W0.npy"] = parts["W0.npy"].replace(b"), }", b" (((")
    with zipfile.ZipFile(model_file, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    assert message(model_file)[1].startswith(f"Expected {WHOLE}, found ")


def test_a_refused_file_is_not_left_open(model_file: Path) -> None:
    model_file.write_bytes(model_file.read_bytes()[:1000])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ResourceWarning)
        message(model_file)
    assert [str(warning.message) for warning in caught] == []


class Bomb:
    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (Path("executed"),))


def test_a_pickled_object_is_refused_and_never_executed(
    model_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(model_file.parent)
    rewrite(model_file, lambda arrays: arrays | {"W1": np.array([Bomb()], object)})
    refused = "Object arrays cannot be loaded when allow_pickle=False"
    assert message(model_file) == unusable(model_file, f"Expected {WHOLE}, found {refused}.")
    model_file.write_bytes(pickle.dumps(Bomb()))
    expected = "Expected an .npz file, found another kind of file."
    assert message(model_file) == unusable(model_file, expected)
    assert not Path("executed").exists()
