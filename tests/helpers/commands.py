"""The program as a process of its own, and in this process where only its words matter."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
from typer.testing import CliRunner

import digitnet
from digitnet.cli.app import app
from digitnet.model.certainty import Certainty
from digitnet.model.model import Model
from digitnet.nn.network import Network

NOWHERE = "http://127.0.0.1:9"  # the port of the discard service, which nothing answers

SHARES = {3: 0.8, 5: 0.1, 8: 0.1}


class Done(NamedTuple):
    code: int
    out: str
    err: str


def environment(**changes: str) -> dict[str, str]:
    """No mirror in reach, no colours, 80 columns, one thread; and what a test changes."""
    names = ("PATH", "HOME", "TMPDIR", "SYSTEMROOT")  # Python does not start without the last
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(Path(digitnet.__file__).parents[1]),
        "HTTPS_PROXY": NOWHERE,
        "HTTP_PROXY": NOWHERE,
        "NO_COLOR": "1",
        "COLUMNS": "80",
        "PYTHONUTF8": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "DIGITNET_DATA": "data",
        "DIGITNET_MODEL": "models/digitnet.npz",
        **changes,
    }


def process(cwd: Path, *args: str, stdin: bytes = b"", **env: str) -> Done:
    """Run `digitnet` with pipes."""
    done = subprocess.run(
        [sys.executable, "-m", "digitnet", *args],
        check=False,
        cwd=cwd,
        env=environment(**env),
        input=stdin,
        capture_output=True,
        timeout=60,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def here(*args: str) -> Done:
    """Run `digitnet` in this process; a bug's exception comes through."""
    result = CliRunner().invoke(app, args, catch_exceptions=False, prog_name="digitnet")
    return Done(result.exit_code, result.stdout, result.stderr)


def save_constant(path: Path, threshold: float = 0.5) -> None:
    """A model that answers everything with 3, 80 % certain, then 5 and 8, 10 % each."""
    network = Network((784, 1, 10))
    network.parameters.vector[:] = 0
    for digit in range(10):
        share = SHARES.get(digit, 1e-9)
        network.B[1][digit] = np.log(share / (1 - share))
    Model(network, certainty=Certainty(1.0, threshold)).save(path)


def read_by(name: str) -> str:
    """What is said of a model of `save_constant` before it answers."""
    return f"Read by {name} (784-1-10, never scored).\n"


def refused(*args: str, code: int = 1) -> list[str]:
    """The lines on stderr of a call that fails, with nothing on stdout and no model lost."""
    before = Path("model.npz").read_bytes()
    done = here(*args)
    assert (done.code, done.out) == (code, "")
    assert Path("model.npz").read_bytes() == before
    return done.err.splitlines()
