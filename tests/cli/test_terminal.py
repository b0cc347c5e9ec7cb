"""digitnet in a terminal, where progress is live."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
import pexpect
import pytest
from PIL import Image

from digitnet.model.weights import load_weights
from tests.helpers.commands import Done, environment, save_constant

QUICK = ("train", "--dataset", "sample", "--hidden", "4", "--seed", "1")


def terminal(cwd: Path, *args: str, **env: str) -> Done:
    """Run in a pseudo-terminal, where stdout and stderr are one."""
    changed = environment(**env)
    changed.pop("NO_COLOR")
    child = pexpect.spawn(
        sys.executable,
        ["-m", "digitnet", *args],
        cwd=str(cwd),
        env={**changed, "TERM": "xterm"},
        dimensions=(24, int(changed["COLUMNS"])),
        encoding="utf-8",
        timeout=30,
    )
    shown = child.read()
    child.close()
    return Done(child.exitstatus, shown, "")


@pytest.mark.parametrize("columns", ["60", "80"])
def test_a_terminal_shows_a_live_line_of_progress(tmp_path: Path, columns: str) -> None:
    code, out, _ = terminal(tmp_path, *QUICK, "--epochs", "20", COLUMNS=columns)
    assert code == 0
    bare = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", out)
    line = r"epoch {:>2}  cost (\d\.\d{{4}})  validation \d+\.\d\d%  [\d,]+k? digits/s"
    costs = [re.search(line.format(n), bare) for n in range(1, 21)]
    assert all(costs)
    scores = load_weights(tmp_path / "models" / "digitnet.npz").about["scores"]
    assert costs[-1] is not None
    assert costs[-1][1] == f"{scores['training_cost']:.4f}"
    assert re.search(r"epoch \d+ of 20 ", bare)
    assert "\x1b[" in out
    assert all(len(shown) <= int(columns) for shown in re.split(r"[\r\n]+", bare))


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        ("60", ["frame", "contrast specks ink", "form seen"]),
        ("80", ["frame contrast specks", "ink form seen"]),
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
    assert "frame removed; dark ink on light paper; 1 speck removed" in bare
