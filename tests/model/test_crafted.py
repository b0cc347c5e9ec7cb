"""Files of weights that were made to do harm: each is refused in three lines, before it can."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitnet.errors import TrainingError
from digitnet.model import npz
from digitnet.nn.network import MOST_WEIGHTS, Network
from tests.helpers.damage import WHOLE, message, read_all, rewrite, with_about

BIG = 10**400


def member(header: str, payload: bytes = bytes(64), version: int = 1) -> bytes:
    """An array as .npy, with any header."""
    text = header.encode("latin1")
    return b"\x93NUMPY" + bytes([version, 0]) + len(text).to_bytes(2, "little") + text + payload


def with_member(path: Path, name: str, content: bytes) -> None:
    """Put a member of any content into the archive, in the place of one of that name."""
    arrays = {f"{n}.npy": a for n, a in read_all(path).items() if f"{n}.npy" != name}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for other, array in arrays.items():
            data = io.BytesIO()
            np.save(data, array)
            file.writestr(other, data.getvalue())
        file.writestr(name, content)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"certainty": {"temperature": BIG}}, "certainty.temperature 1000"),
        ({"certainty": {"temperature": 1e-300}}, "certainty.temperature 1e-300"),
        ({"certainty": {"lead": -0.5}}, "certainty.lead -0.5"),
        ({"certainty": {"lead": BIG}}, "certainty.lead 1000"),
        ({"normalisation": {"tau_x": 1e-320}}, "normalisation.tau_x 1e-320"),
        ({"normalisation": {"ratio_x": [1e300, 1e308]}}, "normalisation.ratio_x[0] 1e+300"),
        ({"normalisation": {"ratio_x": [2, 1]}}, "Expected tau > 0"),
        ({"layers": {"784": 1}}, "layers {'784': 1}"),
        ({"layers": [784, True, 10]}, "layers[1] True"),
        ({"activation": "\x1b[31mred\nError: all is well"}, r"activation '\x1b[31mred"),
        ({"activation": "x" * 1_000_000}, "activation 'xxxx"),
        ({"dataset": 7}, "dataset 7, not a text"),
        ({"scores": {"test_accuracy": "high"}}, "scores.test_accuracy 'high'"),
        ({"recipe": {"hidden": 15}}, "recipe.hidden 15, not a list"),
        ({"epochs": 1.5}, "epochs 1.5"),
    ],
)
def test_a_fact_that_may_not_be_there_is_named(
    model_file: Path, change: dict[str, Any], found: str
) -> None:
    with_about(model_file, lambda about: about | change)
    said = message(model_file)[1]
    assert said.startswith(f"Expected a network that can be built, found {found}")
    assert len(said) < 300
    assert said.isprintable()


@pytest.mark.parametrize("activation", ["sigmoid", "relu", "leaky-relu", "tanh"])
def test_weights_whose_sums_have_no_end_are_refused(model_file: Path, activation: str) -> None:
    with_about(model_file, lambda about: about | {"activation": activation})
    rewrite(model_file, lambda arrays: arrays | {"W1": np.full((10, 15), -3e38, np.float32)})
    said = message(model_file)[1]
    assert said.startswith("Expected weights that can be added up, found sums up to ")


@pytest.mark.parametrize(
    "header",
    [
        "{'descr':'<f4','fortran_order':False,'shape':(5,1000000000),}\n",
        "{'descr':'<f4','fortran_order':False,'shape':(-1,4),}\n",
        "{'descr':'<f4','fortran_order':False,'shape':(True,4),}\n",
        "{'descr':'|V0','fortran_order':False,'shape':(100000000000,),}\n",
        "{'descr':('<f4',(10000,10000)),'fortran_order':False,'shape':(4,),}\n",
        "{'descr':'<f4','fortran_order':False,'shape':(15L,784L),}\n",
        "{'descr':" + "[" * 3000 + "]" * 3000 + ",'fortran_order':False,'shape':(4,),}\n",
    ],
)
def test_a_header_that_its_bytes_do_not_bear_out_is_refused(model_file: Path, header: str) -> None:
    with_member(model_file, "W0.npy", member(header))
    assert message(model_file)[1].startswith(f"Expected {WHOLE}, found ")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("about", b"text"),
        ("about.npy", b"text"),
        ("about.npy", b"\x93NUMPY\x02\x00"),
        ("W0.npy", b""),
    ],
)
def test_a_member_that_is_no_array_is_refused(model_file: Path, name: str, content: bytes) -> None:
    with_member(model_file, name, content)
    assert message(model_file)[1].startswith(f"Expected {WHOLE}, found ")


def test_no_more_is_unpacked_than_a_network_has(
    model_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(npz, "MAX_BYTES", 1_000_000)
    with_member(model_file, "extra.npy", bytes(2_000_000))
    assert model_file.stat().st_size < 100_000
    assert message(model_file)[1].startswith(
        "Expected at most 300 arrays of 1,000,000 bytes in all, found 6 arrays of 2,0"
    )


def test_a_member_gives_no_more_bytes_than_the_archive_says_it_has(model_file: Path) -> None:
    with_member(model_file, "extra.npy", bytes(2_000_000))
    packed = model_file.read_bytes()
    forged = packed.replace((2_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert forged != packed
    model_file.write_bytes(forged)
    assert message(model_file)[1].startswith(f"Expected {WHOLE}, found Bad CRC-32")


@pytest.mark.parametrize("count", [400, 20_000])
def test_thousands_of_members_are_refused_in_a_line(model_file: Path, count: int) -> None:
    with zipfile.ZipFile(model_file, "w") as file:
        for i in range(count):
            file.writestr(f"member{i}.npy", b"")
    what, found, _ = message(model_file)
    assert what == f"{model_file}: these weights cannot be used."
    assert len(found) < 200


@pytest.mark.parametrize("text", ['{"format":' + "9" * 5000 + "}", '{"format":true}', '"' * 9])
def test_a_text_that_says_no_format_is_refused(model_file: Path, text: str) -> None:
    rewrite(model_file, lambda arrays: arrays | {"about": np.array(text)})
    assert message(model_file)[1].startswith("Expected weights saved by digitnet, found ")


@pytest.mark.parametrize("hidden", [10**17, 10**30, MOST_WEIGHTS])
def test_a_network_that_would_fill_the_memory_is_refused(hidden: int) -> None:
    with pytest.raises(TrainingError) as caught:
        Network((784, hidden, 10))
    assert caught.value.found.startswith("Expected at most 10,000,000 weights, found ")
