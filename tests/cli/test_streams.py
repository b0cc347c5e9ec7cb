"""Standard streams that are full, closed or never end, names with control characters, no rights."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from digitnet.datasets.mnist import load_sample
from digitnet.model.model import Model
from tests.helpers.commands import environment, here, save_constant
from tests.helpers.damage import with_about
from tests.helpers.pictures import png
from tests.helpers.rights import superuser

UNWRITTEN = """\
Error: The results cannot be written.
  Expected standard output to be open and to have room, found: {found}.
  Send them somewhere else, such as > FILE.
"""
ESCAPES = "\x1b]0;owned\x07\x1b[31m\n7\u202e.png"
ESCAPED = r"\x1b]0;owned\x07\x1b[31m\n7\u202e.png"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a model and a picture."""
    monkeypatch.chdir(tmp_path)
    save_constant(Path("m.npz"))
    Path("3.png").write_bytes(png(load_sample().test.images[3], True).getvalue())
    return tmp_path


def shell(command: str) -> tuple[int, str]:
    """Run `digitnet` in a shell, and return its exit code and stderr."""
    command = f"{shlex.quote(sys.executable)} -m digitnet {command}"
    done = subprocess.run(
        ["bash", "-c", command], env=environment(), check=False, stderr=-1, stdout=-1, timeout=60
    )
    return done.returncode, done.stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has it")
@pytest.mark.parametrize(
    "command",
    ["--help", "where --json", "predict 3.png --csv --model m.npz", "sheet --out sheet.pdf"],
)
def test_a_full_disk_at_the_other_end_is_said_in_three_lines(command: str) -> None:
    code, err = shell(f"{command} > /dev/full")
    assert code == 1
    assert err.endswith(UNWRITTEN.format(found="No space left on device"))
    assert "Traceback" not in err


def test_streams_that_are_closed_are_no_streams_to_other_files() -> None:
    code, err = shell("predict 3.png --csv --model m.npz >&-")
    assert (code, err.count("\n")) == (1, 4)
    assert err.endswith(UNWRITTEN.format(found="Bad file descriptor"))
    code, err = shell("predict - --model m.npz <&-")
    assert (code, err.splitlines()[1]) == (1, "Error: stdin is not a picture.")
    assert shell("predict 3.png --model m.npz 2>&-") == (0, "")


def test_who_has_seen_enough_is_told_nothing() -> None:
    assert shell("predict 3.png 3.png 3.png 3.png --csv --model m.npz | true")[0] == 0


def test_libtiff_s_own_words_are_not_shown() -> None:
    Image.effect_noise((64, 64), 90).save("x.tif", compression="tiff_lzw")
    whole = bytearray(Path("x.tif").read_bytes())
    whole[200:1200] = bytes(1000)
    Path("x.tif").write_bytes(whole)
    _, err = shell("predict x.tif --model m.npz")
    assert [line.split()[0] for line in err.splitlines()] == ["Read", "Error:", "Expected", "Save"]


@pytest.mark.parametrize("kind", [[], ["--csv"], ["--json"]])
def test_a_name_cannot_write_to_the_terminal(kind: list[str]) -> None:
    Path("d").mkdir()
    for name in (ESCAPES, f"x{ESCAPES}"):
        (Path("d") / name).write_bytes(Path("3.png").read_bytes())
    (Path("d") / f"y{ESCAPES}").write_text("no picture")
    code, out, err = here("predict", "d", "--model", "m.npz", *kind)
    assert code == 1
    assert f"d/y{ESCAPED} is not a picture." in err
    if kind != ["--json"]:
        assert out.count(ESCAPED) == (4 if kind else 2)
    for text in (out, err):
        assert text.replace("\n", "").isprintable()


def test_what_a_model_says_of_itself_cannot_either() -> None:
    Model(Model.load("m.npz").network).save("told.npz")
    with_about(Path("told.npz"), lambda about: about | {"dataset": ESCAPES, "scores": {}})
    with_about(Path("told.npz"), lambda about: about | {"scores": {"test_accuracy": 0.9}})
    code, _, err = here("predict", "3.png", "--model", "told.npz")
    assert (code, err) == (
        0,
        f"Read by told.npz (784-1-10, 90.00% of {ESCAPED}'s test digits).\n",
    )


@pytest.mark.parametrize("command", ["predict {}.png", "eval {}", "predict 3.png --model {}"])
def test_a_name_of_5000_characters_is_cut(command: str) -> None:
    code, err = shell(command.format("a" * 5000))
    assert code == 1
    assert "File name too long" in err
    assert max(map(len, err.splitlines())) < 1100


@pytest.mark.parametrize(
    "command",
    [
        "where",
        "predict 3.png",
        "eval .",
        "train --dataset .",
        "train --resume",
        "sheet --out x.pdf",
    ],
)
def test_in_a_folder_that_may_not_be_read_every_command_says_so(folder: Path, command: str) -> None:
    folder.chmod(0)
    try:
        if superuser():
            pytest.skip("the superuser may read everywhere")
        code, err = shell(command)
    finally:
        folder.chmod(0o700)
    assert (code, "Traceback" in err) in {(0, False), (1, False)}
