"""Help, version, and what every command has in common."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import digitnet
from digitnet.cli.app import app
from tests.helpers.commands import here, process

COMMANDS = sorted(
    command.name or command.callback.__name__
    for command in app.registered_commands
    if command.callback
)


def test_the_commands_are_those_of_the_design() -> None:
    assert {"download", "train", "eval", "predict"} <= set(COMMANDS)


@pytest.mark.parametrize(
    "command",
    COMMANDS,
)
def test_every_command_has_help_with_an_example(command: str) -> None:
    for flag in ("--help", "-h"):
        code, out, err = here(command, flag)
        assert (code, err) == (0, "")
        assert re.search(rf"Examples?: digitnet {command}\b", " ".join(out.split()))


def test_without_a_command_help_names_them_all_and_what_to_begin_with() -> None:
    _, out, err = here()
    text = " ".join((out + err).split())
    assert all(f"│ {name} " in text for name in COMMANDS)
    assert "Begin with: digitnet train, then: digitnet predict image.png" in text


@pytest.mark.parametrize("columns", ["60", "80"])
def test_help_fits_the_terminal(tmp_path: Path, columns: str) -> None:
    # rich asks COLUMNS, and NO_COLOR keeps escapes out.
    for args in (("--help",), ("train", "--help")):
        code, out, _ = process(tmp_path, *args, COLUMNS=columns)
        assert code == 0
        assert max(map(len, out.splitlines())) <= int(columns)
        assert "\x1b" not in out


@pytest.mark.parametrize("args", [("--help",), ("train", "--help"), ("predict", "--nonsense")])
def test_help_and_wrong_usage_work_in_an_ascii_terminal(
    tmp_path: Path, args: tuple[str, ...]
) -> None:
    done = process(tmp_path, *args, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.code == (2 if "--nonsense" in args else 0)
    assert (done.out + done.err).isascii()
    assert "Traceback" not in done.err


def test_the_version_is_printed(tmp_path: Path) -> None:
    assert process(tmp_path, "--version") == (0, f"digitnet {digitnet.__version__}\n", "")


def test_the_environment_names_data_and_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIGITNET_MODEL", "mine/own.npz")
    assert here("train", "--dataset", "sample", "--epochs", "1").code == 0
    assert (tmp_path / "mine" / "own.npz").exists()
    done = process(tmp_path, "download", DIGITNET_DATA="elsewhere")
    assert "\n    elsewhere/train-images-idx3-ubyte: not there\n" in done.err
