"""The benchmarks run, and say what they measured."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks import epochs
from benchmarks.blas import UNKNOWN, blas, kernels
from benchmarks.contenders import CONTENDERS


def test_rounds_are_taken_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    class Stub(contextlib.ExitStack):
        available = True

        def __init__(self, name: str, *_: object) -> None:
            super().__init__()
            self.name = name

        def epoch(self) -> float:
            ran.append(self.name)
            return 1.0

    monkeypatch.setattr(epochs, "Worker", Stub)
    epochs.measure(epochs.Shape(15, 32), Path(), runs=3)
    assert ran == [*CONTENDERS] * 3


def test_the_kernels_are_those_openblas_was_told_to_use() -> None:
    name = "import benchmarks.blas as b; print(b.kernels())"
    if kernels() == UNKNOWN or platform.machine() not in {"x86_64", "AMD64"}:
        pytest.skip("no OpenBLAS whose kernels can be told")
    env = os.environ | {"OPENBLAS_CORETYPE": "Nehalem"}
    command = [sys.executable, "-c", name]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "Nehalem"


def test_a_blas_that_is_not_openblas_has_unknown_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    monkeypatch.setattr(
        np, "show_config", lambda mode: {"Build Dependencies": {"blas": {"name": mode}}}
    )
    assert blas() == "dicts unknown with unknown kernels"


@pytest.mark.mnist
def test_an_epoch_is_measured_beside_its_floor_and_written_as_a_table(
    mnist_dir: Path, tmp_path: Path
) -> None:
    shape = ("--hidden", "15", "--batch", "128", "--runs", "1", "--epochs-only")
    command = [sys.executable, "-m", "benchmarks", "--data", str(mnist_dir), "--out", str(tmp_path)]
    done = subprocess.run([*command, *shape], capture_output=True, text=True, check=True)
    page = (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
    assert page in done.stdout
    for name in ("digitnet", "floor", blas()):
        assert name in page
