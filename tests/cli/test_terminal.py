"""digitnet in a terminal, where progress is live."""

from __future__ import annotations

import json
import re
import shlex
import socket
import sys
from pathlib import Path

import numpy as np
import pexpect
import pytest
from PIL import Image

from digitnet.datasets.mnist import load_sample
from digitnet.model.model import Model
from tests.helpers.commands import Done, environment, save_constant
from tests.helpers.pictures import png

QUICK = ("train", "--dataset", "sample", "--hidden", "4", "--seed", "1")


def spawned(cwd: Path, command: str, *args: str, **env: str) -> pexpect.spawn:
    """A process in a pseudo-terminal, where stdout and stderr are one."""
    changed = environment(**env)
    changed.pop("NO_COLOR")
    return pexpect.spawn(
        command,
        list(args),
        cwd=str(cwd),
        env={**changed, "TERM": "xterm"},
        dimensions=(24, int(changed["COLUMNS"])),
        encoding="utf-8",
        timeout=30,
    )


def terminal(cwd: Path, *args: str, **env: str) -> Done:
    """Run `digitnet` to its end."""
    child = spawned(cwd, sys.executable, "-m", "digitnet", *args, **env)
    shown = child.read()
    child.close()
    return Done(child.exitstatus, shown, "")


@pytest.mark.parametrize("columns", ["60", "80"])
def test_a_terminal_shows_a_live_line_of_progress(tmp_path: Path, columns: str) -> None:
    code, out, _ = terminal(tmp_path, *QUICK, "--epochs", "20", COLUMNS=columns)
    assert code == 0
    bare = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", out)
    line = r"epoch {:>4}  cost (\d\.\d{{4}})  validation \d+\.\d\d%  [\d,]+k? digits/s"
    costs = [re.search(line.format(n), bare) for n in range(1, 21)]
    assert all(costs)
    scores = Model.load(tmp_path / "models" / "digitnet.npz").about["scores"]
    assert costs[-1] is not None
    assert costs[-1][1] == f"{scores['training_cost']:.4f}"
    assert re.search(r"epoch \d+ of 20 ", bare)
    assert "\x1b[" in out
    assert all(len(shown) <= int(columns) for shown in re.split(r"[\r\n]+", bare))


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        ("60", ["surroundings", "contrast specks ink", "form seen"]),
        ("80", ["surroundings contrast specks", "ink form seen"]),
    ],
)
def test_the_stages_are_drawn_in_as_many_rows_as_the_terminal_needs(
    tmp_path: Path, columns: str, rows: list[str]
) -> None:
    """A dark bar and a speck on light paper, in a dark frame."""
    paper = np.full((280, 280), 230, np.uint8)
    paper[60:220, 130:160] = paper[40:45, 40:45] = 30
    Image.fromarray(np.pad(paper, 20)).save(tmp_path / "a.png")
    save_constant(tmp_path / "m.npz")
    args = ("predict", "a.png", "--model", "m.npz", "--show")
    code, out, _ = terminal(tmp_path, *args, COLUMNS=columns)
    assert code == 0
    bare = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", out).splitlines()
    assert max(map(len, bare)) <= int(columns)
    drawn = {" ".join(line.split()) for line in bare if not set(line) & set("▀%;")}
    assert [row for row in rows if row in drawn] == rows
    said = "surroundings removed; dark ink on light paper; 1 speck removed"
    assert said in " ".join(" ".join(bare).split())


def test_what_goes_to_a_file_gets_there_while_the_terminal_shows_what_is_waited_for(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-m", "digitnet", *QUICK, "--epochs", "3", "--json"]
    child = spawned(tmp_path, "/bin/sh", "-c", f"{shlex.join(command)} > told.jsonl")
    shown = child.read()
    child.close()
    lines = [json.loads(line) for line in (tmp_path / "told.jsonl").read_text().splitlines()]
    assert [line.get("epoch") for line in lines] == [1, 2, 3, None]
    waits = ["starting", "normalising the digits", "epoch 3 of 3 done"]
    places = [shown.index(wait) for wait in [*waits, "scoring the network"]]
    assert places == sorted(places)


def test_many_pictures_show_how_far_the_reading_is_and_each_answer_as_it_comes(
    tmp_path: Path,
) -> None:
    save_constant(tmp_path / "m.npz")
    for n in range(4):
        (tmp_path / f"{n}.png").write_bytes(png(load_sample().test.images[0], True).getvalue())
    code, out, _ = terminal(tmp_path, "predict", ".", "--model", "m.npz")
    assert code == 0
    bare = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", out)
    places = []
    for n in range(4):
        places += [bare.index(f"reading picture {n + 1} of 4: {n}.png")]
        places += [re.search(rf"{n}\.png +3 +80\.0%", bare).start()]  # type: ignore[union-attr]
    assert places == sorted(places)


def test_a_mirror_that_never_answers_is_waited_for_in_words(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mirror = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        args = ("-m", "digitnet", "download", "--mirror", mirror)
        child = spawned(tmp_path, sys.executable, *args, NO_PROXY="127.0.0.1")
        child.expect_exact("looking for MNIST's files")
        child.expect_exact("asking a mirror for train-images-idx3")
        child.sendintr()
        child.expect_exact("Interrupted.")
        child.read()
        child.close()
    assert child.exitstatus == 130
