"""digitnet inspect, as its user sees it."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from digitnet.datasets.mnist import load_sample
from digitnet.learning.session import Session
from digitnet.model.history_file import history_path
from digitnet.model.model import Model
from digitnet.nn.network import Network
from tests.cli.test_terminal import spawned
from tests.cli.test_watch import CODES
from tests.helpers.commands import here
from tests.helpers.runs import plain

TRAINED = [
    "model                m.npz",
    "layers               784-3-10",
    "weights              2,395",
    "functions            sigmoid, quadratic cost",
    "inputs               784 pixels of normalised digits",
    "recipe               sgd at 1, constant, batches of 32",
    "trained              2 epochs, seed 1",
    "data                 sample",
    "data SHA-256         edbdf28f4a27424b",
]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a model of 3 neurons and its history."""
    folder = tmp_path_factory.mktemp("trained")
    run = Session(load_sample(), plain(hidden=(3,), epochs=2), seed=1)
    list(run.epochs())
    run.save(folder / "m.npz")
    return folder


def inspected(*args: str) -> list[str]:
    done = here("inspect", *args)
    assert done.code == 0
    return [line.rstrip() for line in done.out.splitlines()]


def test_the_card_says_what_the_model_is_and_each_neuron_what_it_is_for(
    trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(trained)
    monkeypatch.setenv("COLUMNS", "80")
    said = inspected("m.npz")
    assert said[:9] == TRAINED
    assert re.fullmatch(r"validation accuracy  \d\d\.\d\d%", said[9])
    assert re.fullmatch(r"test accuracy        \d\d\.\d\d% of 1,000", said[10])
    history = r"history              7 reports, from \d+\.\d\d% to \d\d\.\d\d% in epoch 2"
    assert re.fullmatch(history, said[11])
    assert said[12] == "made by              digitnet 0.1.0"
    assert re.fullmatch(r"saved                \d{4}-\d\d-\d\d \d\d:\d\d", said[13])
    assert said[14] == said[16] == ""
    assert said[15] == "3 neurons; dead: none; alike: none."
    heads = [line.strip() for line in said if "neuron " in line]
    assert [re.sub(r"^\W*", "", head)[-8:] for head in heads] == [f"neuron {n}" for n in range(3)]
    assert sum("activated most by" in line for line in said) == 3
    assert 68 < max(map(len, said)) <= 80  # with all four digits, of which three end in column 68


def test_of_no_neurons_there_is_the_card_alone(
    trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(trained)
    said = inspected("m.npz", "--neurons", "0")
    assert said[:9] == TRAINED
    assert said[14:] == ["", "3 neurons; dead: none; alike: none."]


def test_json_tells_the_same(trained: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(trained)
    (line,) = inspected("m.npz", "--json")
    told = json.loads(line)
    assert (told["model"], told["layers"], told["history"]) == ("m.npz", [784, 3, 10], 7)
    assert (told["inputs"], told["seed"], told["dataset"]) == ("pixels", 1, "sample")
    assert [neuron["neuron"] for neuron in told["neurons"]] == [0, 1, 2]
    first = told["neurons"][0]
    assert first.keys() == {"neuron", "for", "against", "excited_by", "dead", "like"}
    assert len(first["excited_by"]) == 4


def test_without_a_model_the_small_one_that_comes_along_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = here("inspect", "--neurons", "2")
    assert done.err == "No models/digitnet.npz yet; train one: digitnet train\n"
    said = " ".join(done.out.split())
    assert "model the bundled small model layers 392-15-10" in said
    assert "saved" not in said.split("neurons")[0]
    assert "20 reports, from 15.56% to 99.10% in epoch 15" in said
    assert "15 neurons, below the 2 of most influence; dead: none; alike: none." in said
    assert done.out.count("activated most by") == 2


def test_of_a_large_layer_the_neurons_that_say_most_are_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    network = Network((784, 300, 10), rng=np.random.default_rng(0))
    network.W[1][:, 7] = network.W[1][:, 250] = 0.5
    network.W[1][:, 3] = 0.0
    network.W[0][251] = network.W[0][250]
    Model(network).save("m.npz")
    done = here("inspect", "m.npz", "--neurons", "2")
    said = " ".join(done.out.split())
    assert "300 neurons, below the 2 of most influence; dead: 3; alike: 251 and 250." in said
    assert re.findall(r"neuron (\d+)", said) == ["7", "250"]
    assert "history" not in said
    assert "recipe" not in said


@pytest.mark.parametrize(("hidden", "count"), [((), 10), ((5, 4, 3), 5)])
def test_a_model_without_hidden_layers_or_with_three_has_its_first_neurons_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hidden: tuple[int, ...], count: int
) -> None:
    monkeypatch.chdir(tmp_path)
    network = Network((784, *hidden, 10), rng=np.random.default_rng(0))
    Model(network).save("m.npz")
    assert sum("activated most by" in line for line in inspected("m.npz")) == count


def test_two_models_are_compared_row_by_row(trained: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(trained)
    monkeypatch.setenv("COLUMNS", "200")
    said = inspected("--compare", "m.npz", "small")
    assert [re.split(" {2,}", line) for line in said[:2]] == [
        ["model", "m.npz", "the bundled small model"],
        ["layers", "784-3-10", "392-15-10"],
    ]
    answers = re.fullmatch(r"Same answers to (\d+) of 1,000 test digits of the sample\.", said[-1])
    assert answers
    assert 100 < int(answers[1]) < 1000
    monkeypatch.setenv("COLUMNS", "59")  # one below the other
    said = inspected("--compare", "m.npz", "small")
    assert said.index("layers               784-3-10") < said.index(
        "layers               392-15-10"
    )
    (line,) = inspected("--compare", "m.npz", "m.npz", "--json")
    told = json.loads(line)
    assert told["a"] == told["b"]
    assert (told["same_answers"], told["count"]) == (1000, 1000)


def test_a_history_of_other_weights_is_not_taken_for_the_models(
    trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Model(Network((784, 3, 10), rng=np.random.default_rng(0))).save("m.npz")
    target = history_path(Path("m.npz"))
    target.write_bytes(history_path(trained / "m.npz").read_bytes())
    done = here("inspect", "m.npz")
    assert done.code == 0
    assert done.err == "Left out m.history.npz: it is the history of another model.\n"
    assert "history" not in done.out
    target.write_bytes(b"no history")
    done = here("inspect", "m.npz")
    assert done.code == 0
    assert done.err == (
        "Left out m.history.npz: Expected an .npz file, found another kind of file.\n"
    )


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("none.npz",), 1, "Error: none.npz: these weights cannot be used."),
        (("small", "--neurons", "-1"), 2, "'--neurons': Expected 0 or more, found -1."),
        (("--compare", "small", "large", "--neurons", "3"), 2, "--compare takes its two models"),
        (
            ("small", "--compare", "small", "large"),
            2,
            "--compare takes its two models alone, and draws no",
        ),
    ],
)
def test_what_cannot_be_shown_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    args: tuple[str, ...],
    code: int,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = here("inspect", *args)
    assert (done.code, done.out) == (code, "")
    assert message in " ".join(re.sub("[│╭╮╰╯─]", "", done.err).split())


@pytest.mark.slow
@pytest.mark.parametrize("columns", ["30", "40", "80", "160"])
@pytest.mark.parametrize("colours", [True, False])
def test_in_a_terminal_no_line_is_too_long(tmp_path: Path, columns: str, colours: bool) -> None:
    for model in ("small", "large"):
        args = (sys.executable, "-m", "digitnet", "inspect", model, "--neurons", "3")
        command = args if colours else ("/usr/bin/env", "NO_COLOR=1", *args)
        child = spawned(tmp_path, command[0], *command[1:], COLUMNS=columns)
        shown = child.read()
        child.close()
        assert child.exitstatus == 0
        bare = CODES.sub("", shown)
        assert max(len(line.rstrip()) for line in re.split(r"[\r\n]+", bare)) <= int(columns)
        assert ("▀" in bare) == colours
