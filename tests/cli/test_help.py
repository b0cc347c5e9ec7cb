"""Help, version, and what every command has in common."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import digitnet
from digitnet.cli.app import app
from digitnet.model.recipe import Recipe
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


@pytest.mark.parametrize("columns", ["40", "60", "80"])
def test_help_fits_the_terminal(tmp_path: Path, columns: str) -> None:
    # rich asks COLUMNS, and NO_COLOR keeps escapes out.
    for args in (("--help",), ("train", "--help")):
        code, out, _ = process(tmp_path, *args, COLUMNS=columns)
        assert code == 0
        examples = {"  digitnet train --hidden 100 --epochs 20"}
        assert max(len(line) for line in out.splitlines() if line[2:] not in examples) <= int(
            columns
        )
        assert not {"\x1b", "…"} & set(out)


EXAMPLES = {
    "download": ["digitnet download --data-dir ~/mnist"],
    "draw": ["digitnet draw", "digitnet draw --model large --out large.html --no-open"],
    "eval": [
        "digitnet eval",
        "digitnet eval --mistakes 10 --save mistakes.png",
        "digitnet eval my-digits/",
    ],
    "predict": [
        "digitnet predict seven.jpg --show",
        "digitnet predict --number postcode.jpg",
        "digitnet predict my-digits/ --csv",
    ],
    "sheet": [
        "digitnet sheet --paper Letter",
        "digitnet sheet --read photo.jpg --into my-digits",
    ],
    "where": ["digitnet where"],
    "train": [
        "digitnet train --watch",
        "digitnet train --hidden 100 --epochs 20",
        "digitnet train --add my-digits/",
    ],
    "explain": ["digitnet explain", "digitnet explain 2^x", "digitnet explain seven.jpg"],
    "inspect": ["digitnet inspect", "digitnet inspect --compare small large"],
}


@pytest.mark.parametrize("command", EXAMPLES)
@pytest.mark.parametrize("columns", ["30", "80"])
def test_every_example_has_a_line_of_its_own_and_no_type_is_shown(
    monkeypatch: pytest.MonkeyPatch, command: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = [line.strip() for line in here(command, "--help").out.splitlines()]
    begin = lines.index("Examples:" if len(EXAMPLES[command]) > 1 else "Example:") + 1
    end = lines.index("", begin)
    assert lines[begin:end] == EXAMPLES[command]
    assert not re.findall(r"<\w+(?:\[\w+\])?>", "\n".join(lines))


def test_the_help_of_train_tells_the_values_of_the_essay() -> None:
    text = " ".join(re.sub("[│╭╮╰╯─]", "", here("train", "--help").out).split())
    for name, value in vars(Recipe()).items():
        said = {"None": "none", "False": "no-augment", "(15,)": "15"}.get(str(value), str(value))
        option = name.replace("_", "-")
        told, *_ = text.split(f" --{option} ")[-1].split(" --")
        assert f"[default: ({said})]" in told, option


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("train", "--epochs", "x"), "'--epochs': Expected a whole number, found x."),
        (("train", "--hidden", "1.5"), "'--hidden': Expected a whole number, found 1.5."),
        (("train", "--l2", "x"), "'--l2': Expected a number, found x."),
        (
            ("train", "--preset", "x"),
            "'--preset': 'x' is not one of 'essay', 'best', 'robust'.",
        ),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_in_plain_words(args: tuple[str, ...], said: str) -> None:
    code, out, err = here(*args)
    assert (code, out) == (2, "")
    assert f"│ Invalid value for {said} " in err


@pytest.mark.parametrize(
    "args",
    [("predict", ""), ("eval", ""), ("predict", "a.png", "--model", ""), ("train", "--model=")],
)
def test_an_empty_name_is_not_taken_for_the_folder_one_is_in(args: tuple[str, ...]) -> None:
    code, out, err = here(*args)
    assert (code, out) == (2, "")
    text = " ".join(err.replace("│", " ").split())
    assert f"'{args[-1]}': the value is empty. Check the quotes," in text


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
