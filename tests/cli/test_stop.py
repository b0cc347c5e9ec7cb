"""digitnet train stopped by signals: what is kept, and going on from there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

import pexpect
import pytest

import digitnet.cli.run
import digitnet.learning.session
from digitnet.files import replacing
from digitnet.learning.checkpoint import Checkpoint, checkpoint_path
from digitnet.model.model import Model
from tests.helpers.commands import environment, here, process

CODE = environment()["PYTHONPATH"]
EPOCHS = 60
RUN = (
    "train", "--dataset", "sample", "--hidden", "4", "--seed", "1",
    "--optimizer", "adam", "--learning-rate", "0.001", "--epochs", str(EPOCHS),
)  # fmt: skip


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The weights of the whole run, from a process like the interrupted ones."""
    folder = tmp_path_factory.mktemp("whole")
    assert process(folder, *RUN).code == 0
    return vector(folder / "models" / "digitnet.npz")


def vector(path: Path) -> bytes:
    return Model.load(path).network.parameters.vector.tobytes()


def start(cwd: Path, *args: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "digitnet", *args],
        cwd=cwd,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def check_stopped_and_resumed(folder: Path, said: str, uninterrupted: bytes) -> None:
    checkpoint = Checkpoint(folder / "models" / "digitnet.checkpoint.npz")
    steps_an_epoch = 110  # 3,500 digits in batches of 32
    stopped_in = checkpoint.facts["step"] // steps_an_epoch + 1
    assert 1 < stopped_in <= EPOCHS
    assert (
        f"Stopped in epoch {stopped_in} of {EPOCHS}. The weights so far are in "
        "models/digitnet.npz; go on with: digitnet train --resume"
    ) in said
    assert vector(folder / "models" / "digitnet.npz") != uninterrupted
    assert process(folder, "train", "--resume").code == 0
    assert vector(folder / "models" / "digitnet.npz") == uninterrupted


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_the_run_which_can_go_on(
    tmp_path: Path, number: signal.Signals, uninterrupted: bytes
) -> None:
    run = start(tmp_path, *RUN)
    assert run.stderr is not None
    *_, line = [run.stderr.readline() for _ in range(9)]  # what is trained, and 8 reports
    run.send_signal(number)
    out, err = run.communicate(timeout=30)
    assert (run.returncode, out) == (128 + number, "")
    assert line.startswith("epoch    3  cost ")
    check_stopped_and_resumed(tmp_path, err.splitlines()[-1], uninterrupted)


def test_ctrl_c_in_a_terminal_stops_the_run_which_can_go_on(
    tmp_path: Path, uninterrupted: bytes
) -> None:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "digitnet", *RUN],
        cwd=str(tmp_path),
        env={**environment(COLUMNS="200"), "TERM": "xterm"},
        dimensions=(24, 200),
        encoding="utf-8",
        timeout=30,
    )
    child.expect("epoch    2  cost ")
    child.sendintr()
    said = child.read()
    child.close()
    assert child.exitstatus == 130
    check_stopped_and_resumed(tmp_path, said, uninterrupted)


def test_the_advice_names_the_model_that_was_named(tmp_path: Path) -> None:
    run = start(tmp_path, *RUN, "--model", "mine.npz")
    assert run.stderr is not None
    for _ in range(7):  # what is trained, and the reports to the end of the first epoch
        run.stderr.readline()
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=30)
    assert err.splitlines()[-1].endswith("go on with: digitnet train --resume --model mine.npz")


def test_a_signal_after_the_last_step_comes_too_late_to_interrupt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: list[object] = []

    def save(*args: object) -> None:
        saved.append(args)
        if len(saved) == 7:  # after the last of the reports
            signal.raise_signal(signal.SIGTERM)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(digitnet.learning.session, "save_checkpoint", save)
    code, out, _ = here("train", "--dataset", "sample", "--epochs", "2")
    assert (code, "2 epochs on sample" in out) == (0, True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("args", [RUN, ("predict", "-"), ("--help",)], ids=lambda args: args[0])
def test_a_signal_while_the_program_is_loaded_ends_it_in_one_quiet_line(
    tmp_path: Path, number: signal.Signals, args: tuple[str, ...]
) -> None:
    """The first import after the handlers are set sends the signal to its own process."""
    module = tmp_path / "typer.py"
    module.write_text(f"import signal\nsignal.raise_signal({number})\n")
    done = process(tmp_path, *args, PYTHONPATH=os.pathsep.join([str(tmp_path), CODE]))
    assert done == (128 + number, "", "Interrupted.\n")
    assert list(tmp_path.glob("*.*")) == [module]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_before_the_first_epoch_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    def interrupted(file: BinaryIO, *args: object) -> None:
        file.write(b"half")
        signal.raise_signal(number)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(digitnet.cli.run, "say_what_begins", lambda *_: write(interrupted))
    code, out, err = here("train", "--dataset", "sample", "--epochs", "2")
    assert (code, out, err) == (128 + number, "", "Interrupted.\n")
    assert list(tmp_path.rglob("*.*")) == []


def write(content: Callable[[BinaryIO], None]) -> None:
    with replacing(Path("models/m.npz")) as file:
        content(file)


def test_a_signal_that_nohup_ignores_stays_ignored(tmp_path: Path) -> None:
    code = (
        "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); "
        "from digitnet.cli.stop import leave_quietly; leave_quietly(); "
        "signal.raise_signal(signal.SIGHUP); print('alive')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=tmp_path, env=environment(), stdout=-1
    )
    assert done.stdout == b"alive\n"


def kill_after_a_checkpoint(folder: Path, args: Sequence[str], patience: float) -> None:
    run = start(folder, *args)
    assert run.stderr is not None
    while not (run.stderr.readline() or "Error").startswith(("epoch", "Error")):
        pass  # until an epoch is done, or this is the end
    time.sleep(patience)
    run.kill()
    run.communicate(timeout=30)
    assert run.returncode == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_killed_fifty_times_at_any_moment_the_run_ends_as_if_it_had_not_been(
    tmp_path: Path,
) -> None:
    moments = random.Random(0)
    # Small and with a checkpoint every few milliseconds, so that many are hit while writing.
    quick = ["train", "--dataset", "sample", "--hidden", "4", "--validation", "3900", "--seed", "3"]
    quick += ["--schedule", "constant", "--optimizer", "adam", "--learning-rate", "0.02"]
    many = ["--epochs", "100000"]
    checkpoint = checkpoint_path(tmp_path / "models" / "digitnet.npz")
    done = 0
    for _ in range(50):
        resume = ["--resume"] if checkpoint.exists() else []
        kill_after_a_checkpoint(tmp_path, [*quick, *many, *resume], moments.uniform(0, 0.1))
        before, done = done, Checkpoint(checkpoint).facts["step"] // 4
        assert done > before
    last = [*quick, "--epochs", str(done + 1)]
    assert process(tmp_path, *last, "--resume").code == 0
    assert process(tmp_path, *last, "--model", "whole.npz").code == 0
    assert vector(tmp_path / "models" / "digitnet.npz") == vector(tmp_path / "whole.npz")
