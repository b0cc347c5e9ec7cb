"""What a run replaces is named and kept; one that learned nothing or has nothing to do replaces
nothing."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from digitnet.learning.checkpoint import checkpoint_path
from digitnet.model.model import Model
from tests.cli.test_stop import start, vector
from tests.helpers.bundled import LARGE_FACTS
from tests.helpers.commands import Done, here, process

RUN = ("train", "--dataset", "sample", "--seed", "1", "--model", "m.npz")
BEGINS = "Training 784-15-10 on 3,500 digits of sample for"
OTHERS = "500 are held out for validation."
BETTER = f"The bundled large model reads better ({LARGE_FACTS}): --model large"
NEXT = "Next: digitnet eval --model m.npz, or digitnet predict image.png --model m.npz"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def words(path: str = "m.npz") -> str:
    """What is said of a model of 15 neurons and the sample."""
    accuracy = Model.load(path).about["scores"]["test_accuracy"]
    return f"{path} (784-15-10, {accuracy:.2%} of sample's test digits)"


def said(done: Done) -> list[str]:
    """The lines on stderr that are no epochs."""
    return [line for line in done.err.splitlines() if not line.startswith("epoch ")]


def good(*args: str) -> Done:
    done = here(*RUN, *args)
    assert done.code == 0
    return done


def test_a_first_run_says_what_it_trains_what_it_is_good_for_and_what_to_type() -> None:
    assert said(good("--epochs", "2")) == [
        f"{BEGINS} 2 epochs; {OTHERS}",
        "Works best on digits written like MNIST's.",
        BETTER,
        NEXT,
    ]
    assert sorted(path.name for path in Path().iterdir()) == [
        "m.checkpoint.npz",
        "m.history.npz",
        "m.npz",
    ]


def test_the_model_that_is_replaced_is_named_and_kept_and_it_is_said_if_it_was_better() -> None:
    good("--epochs", "6")
    old, was = Path("m.npz").read_bytes(), Model.load("m.npz").about["scores"]["test_accuracy"]
    before = words()
    done = good("--epochs", "2")
    now = Model.load("m.npz").about["scores"]["test_accuracy"]
    assert was > now
    assert said(done) == [
        f"{BEGINS} 2 epochs; {OTHERS}",
        f"It will replace {before}, which is kept as m.previous.npz.",
        f"The previous model was kept as m.previous.npz. It was better: {was:.2%} in the test, "
        f"the new one {now:.2%}.",
        "Works best on digits written like MNIST's.",
        BETTER,
        NEXT,
    ]
    assert Path("m.previous.npz").read_bytes() == old


def test_a_better_model_that_was_replaced_before_is_not_replaced_in_its_turn() -> None:
    good("--epochs", "6")
    best = Path("m.npz").read_bytes()
    good("--epochs", "2")
    better = words("m.previous.npz")
    was = Model.load("m.previous.npz").about["scores"]["test_accuracy"]
    before = words()
    done = good("--epochs", "3")
    now = Model.load("m.npz").about["scores"]["test_accuracy"]
    assert was > now
    assert said(done)[1:3] == [
        f"It will replace {before}. {better} is better than that, and stays.",
        "An earlier, better model was kept as m.previous.npz. "
        f"It was better: {was:.2%} in the test, the new one {now:.2%}.",
    ]
    assert Path("m.previous.npz").read_bytes() == best


def test_a_model_that_cannot_be_read_is_kept_all_the_same() -> None:
    good("--epochs", "1")
    cut = Path("m.npz").read_bytes().replace(b"float", b"floaf")
    damaged = cut[:200] + b"\0" * 200 + cut[400:]
    Path("m.npz").write_bytes(damaged)
    assert said(good("--epochs", "1"))[1] == (
        "It will replace m.npz (which cannot be read), which is kept as m.previous.npz."
    )
    assert Path("m.previous.npz").read_bytes() == damaged


@pytest.mark.parametrize(
    ("args", "share", "digits"),
    [
        (("--learning-rate", "1000", "--epochs", "2"), "14.02%", "500 validation"),
        (("--hidden", "1", "--epochs", "1"), "14.02%", "500 validation"),
        (("--learning-rate", "1000", "--validation", "0"), "12.85%", "1,000 test"),
    ],
)
def test_a_run_that_learned_nothing_fails_and_keeps_the_model(
    args: tuple[str, ...], share: str, digits: str
) -> None:
    good("--epochs", "1")
    before = Path("m.npz").read_bytes()
    stays = f"{words()} stays as it is."
    done = here(*RUN, *args)
    assert (done.code, done.out) == (1, "")
    line, what, found, advice = said(done)[-4:]
    assert line == stays
    assert what == "Error: This run learned nothing, and its weights are not saved."
    assert found.startswith(
        f"  Expected more than {share} of {digits} digits right, which always answering "
    )
    assert advice == (
        "  Try a smaller --learning-rate, more epochs, or more neurons in the hidden layer."
    )
    assert Path("m.npz").read_bytes() == before
    assert not Path("m.previous.npz").exists()


def test_a_run_that_learned_nothing_leaves_no_model_where_there_was_none() -> None:
    assert here(*RUN, "--learning-rate", "1000", "--epochs", "1").code == 1
    assert not Path("m.npz").exists()


def test_a_weak_model_is_called_weak() -> None:
    done = good("--hidden", "2", "--epochs", "4")
    accuracy = Model.load("m.npz").about["scores"]["test_accuracy"]
    assert 0.15 < accuracy < 0.8
    assert said(done)[1] == (
        f"It is weak: it reads {accuracy:.2%} of the test digits, and marks no answer as sure."
    )


def test_a_run_that_has_ended_has_nothing_to_do_and_says_so() -> None:
    good("--epochs", "2")
    before = {path: path.read_bytes() for path in Path().iterdir()}
    for json_option in ((), ("--json",)):
        done = here("train", "--resume", "--model", "m.npz", *json_option)
        assert (done.code, done.err.splitlines()) == (
            0,
            [
                "Nothing to do: this run has ended after 2 epochs.",
                f"Its weights are in {words()}.",
                "To train longer: digitnet train --resume --epochs 4 --model m.npz",
                "For a new run, leave out --resume.",
            ],
        )
        assert {path: path.read_bytes() for path in Path().iterdir()} == before
    assert json.loads(done.out)["nothing_to_do"] is True


def test_weights_that_a_run_that_has_ended_could_not_save_are_saved() -> None:
    good("--epochs", "2")
    weights = vector(Path("m.npz"))
    Path("m.npz").unlink()
    assert here("train", "--resume", "--model", "m.npz").code == 0
    assert vector(Path("m.npz")) == weights


def test_more_epochs_stretch_the_schedule_and_it_is_said() -> None:
    good("--epochs", "2")
    before = words()
    done = here("train", "--resume", "--epochs", "4", "--model", "m.npz")
    assert (done.code, [line[:10] for line in done.err.splitlines()[3:5]]) == (
        0,
        ["epoch    3", "epoch    4"],
    )
    assert said(done)[:3] == [
        f"Going on after 2 epochs with {BEGINS[9:]} 4 epochs in all; {OTHERS}",
        "The run was planned for 2 epochs: its schedule is stretched to 4, so the weights will "
        "differ from those of a run of 4 epochs.",
        f"It will replace {before}, which is kept as m.previous.npz.",
    ]
    about = Model.load("m.npz").about
    assert (about["epochs"], about["recipe"]["epochs"], about["stretched"]) == (4, 4, [2])


@pytest.mark.slow
def test_what_a_run_left_when_it_was_stopped_does_not_push_out_the_model_before(
    folder: Path,
) -> None:
    good("--epochs", "2")
    old = Path("m.npz").read_bytes()
    long = (*RUN[:4], "2", *RUN[5:], "--optimizer", "adam", "--learning-rate", "0.001")
    run = start(folder, *long, "--epochs", "60")
    assert run.stderr is not None
    lines = [run.stderr.readline() for _ in range(9)]
    assert lines[-1].startswith("epoch    2")
    run.send_signal(signal.SIGINT)
    run.communicate(timeout=60)
    assert checkpoint_path(Path("m.npz")).exists()
    assert Path("m.previous.npz").read_bytes() == old
    done = process(folder, "train", "--resume", "--model", "m.npz")
    assert done.code == 0
    assert "replace" not in done.err
    assert Model.load("m.npz").about["epochs"] == 60
    assert Path("m.previous.npz").read_bytes() == old
