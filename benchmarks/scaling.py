"""Time and memory of training on MNIST once and on MNIST repeated, both as IDX files."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.mnist import training_digits
from digitnet.datasets.digits import Digits
from digitnet.datasets.idx import read_idx, write_idx
from digitnet.learning.engine import Training
from digitnet.model.recipe import Recipe
from digitnet.nn.network import Network

TIMES = 10
EPOCHS = 3


@dataclass(frozen=True)
class Growth:
    """The large set's figures over the small one's.

    Attributes
    ----------
    seconds : float
        Time of an epoch.
    own : float
        Memory of the process's own; Linux only, else NaN.
    resident : float
        Resident set; counts the file's pages in the system's cache that it has mapped.
    """

    seconds: float
    own: float
    resident: float


def measure(data: Path, folder: Path, runs: int) -> Growth:
    """Write both sets to the folder and train on them in turn, each time in a new process."""
    digits = training_digits(data)
    for times in (1, TIMES):
        write_idx(folder / f"images-{times}", np.tile(digits.images, (times, 1, 1)))
        write_idx(folder / f"labels-{times}", np.tile(digits.labels, times))
    rounds = [(_child(folder, 1), _child(folder, TIMES)) for _ in range(runs)]
    seconds, own, resident = (median(b[i] / a[i] for a, b in rounds) for i in range(3))
    return Growth(seconds, own, resident)


def _child(folder: Path, times: int) -> tuple[float, float, float]:
    command = [sys.executable, "-m", "benchmarks.scaling", str(folder), str(times)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, own, resident = json.loads(output)
    return seconds, own, resident


def _status(field: str) -> float:
    """A figure in kB from Linux's account of this process."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    lines = (line.split() for line in status.read_text().splitlines())
    return next(float(words[1]) for words in lines if words[0] == f"{field}:")


def main() -> None:
    folder, times = Path(sys.argv[1]), sys.argv[2]
    digits = Digits(
        read_idx(folder / f"images-{times}", 3), read_idx(folder / f"labels-{times}", 1)
    )
    rng = np.random.default_rng(0)
    network = Network((784, 15, 10), rng=rng)
    seconds, own = [], 0.0
    for report in Training(network, digits, Recipe(epochs=EPOCHS), rng=rng).epochs():
        seconds.append(report.seconds)
        own = max(own, _status("RssAnon"))
    print(json.dumps([median(seconds), own, _status("VmHWM")]))


if __name__ == "__main__":
    main()
