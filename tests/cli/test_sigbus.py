"""A data file that becomes shorter while it is read."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest

import digitnet
from tests.helpers.commands import environment

ASSETS = Path(digitnet.__file__).parent / "assets"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody cut a mapped file")
def test_a_data_file_cut_short_in_a_run_is_a_message_and_exit_1(tmp_path: Path) -> None:
    data = tmp_path / "digits"
    data.mkdir()
    for packed in ASSETS.glob("sample-*.gz"):
        name = packed.name.removeprefix("sample-").replace("test", "t10k").removesuffix(".gz")
        (data / name).write_bytes(gzip.decompress(packed.read_bytes()))
    run = subprocess.Popen(
        [sys.executable, "-m", "digitnet", "train", "--raw", "--epochs", "500", "--dataset", data],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stderr is not None
    for _ in range(4):
        run.stderr.readline()
    os.truncate(data / "train-images-idx3-ubyte", 5000)
    out, err = run.communicate(timeout=30)
    assert (run.returncode, out) == (1, "")
    assert err.splitlines()[-3:] == [
        "Error: A data file became shorter while it was read.",
        "  Expected it to stay as it was, found that its end is gone (SIGBUS).",
        "  Run the command again when no other program writes to the data; training can --resume.",
    ]
