"""digitnet in a terminal, where progress is live."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pexpect
import pytest

from digitnet.weights import load_weights

from .commands import Done, environment

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
    lines = re.findall(r"epoch (\d+)/20 .*?cost (\d\.\d{4})  validation \d+\.\d\d%  \d+k/s", bare)
    assert lines
    assert lines[-1][0] == "20"
    assert "\x1b[" in out
    scores = load_weights(tmp_path / "models" / "digitnet.npz").about["scores"]
    assert lines[-1][1] == f"{scores['training_cost']:.4f}"
    assert all(len(line) <= int(columns) for line in re.split(r"[\r\n]+", bare))
