"""The benchmarks run, and say what they measured."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.mnist
def test_an_epoch_is_measured_beside_its_floor_and_written_as_a_table(
    mnist_dir: Path, tmp_path: Path
) -> None:
    shape = ("--hidden", "15", "--batch", "128", "--runs", "1", "--epochs-only")
    command = [sys.executable, "-m", "benchmarks", "--data", str(mnist_dir), "--out", str(tmp_path)]
    done = subprocess.run([*command, *shape], capture_output=True, text=True, check=True)
    page = (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
    assert page in done.stdout
    for name in ("digitnet", "floor"):
        assert name in page
