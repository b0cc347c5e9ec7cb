"""Train the sequence model on synthetic lines.

Run in a clone: python -m tools.make_sequence_model --output FILE.npz
It composes the lines from MNIST's training digits, all but the last 5,000, on all cores. 300,000
lines and 7 epochs take about 80 minutes and 3 GB on two cores.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import chain, repeat
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitnet.datasets.mnist import load_mnist
from digitnet.learning.training_digits import held_out
from digitnet.synthesis.drawn import WAYS, draw_digits
from digitnet.synthesis.european import draw_european
from tools.lines.compose import compose
from tools.lines.gradient import untrained
from tools.lines.teach import Line, save_sequence_model, teach
from tools.lines.ways import IN_LINES

_AT_ONCE = 1000  # lines of one process, of one seed
_CHECKED = 2000
_CONTINENTAL, _WRITTEN = 0.3, 40_000


@cache
def _digits(data: Path, seed: int) -> tuple[NDArray[np.uint8], list[NDArray[np.intp]]]:
    """MNIST's training digits, European and drawn digits, and the indices of each digit."""
    learned, _ = held_out(load_mnist(data).train, None)
    rng = np.random.default_rng(seed)
    images = draw_european(learned.images, learned.labels, rng, _CONTINENTAL)
    others, shown = draw_digits(_WRITTEN, rng, [a + b for a, b in zip(WAYS, IN_LINES, strict=True)])
    labels = np.concatenate([learned.labels, shown])
    return np.concatenate([images, others]), [np.flatnonzero(labels == d) for d in range(10)]


def _composed(data: Path, seed: int, part: int) -> list[Line]:
    rng = np.random.default_rng((seed, part))
    lines = (Line.of(compose(*_digits(data, seed), rng)) for _ in range(_AT_ONCE))
    return [line for line in lines if line is not None]


def _lines(data: Path, seed: int, count: int) -> Iterator[Line]:
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        parts = range(-(-count // _AT_ONCE))
        yield from chain.from_iterable(pool.map(_composed, repeat(data), repeat(seed), parts))


def main() -> None:
    """Compose the lines, train, report each epoch, save."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data-dir", type=Path, default=Path("data"))
    parser.add_argument("--lines", type=int, default=300_000)
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, default=Path("lines.npz"))
    options = parser.parse_args()
    lines = list(_lines(options.data_dir, options.seed, options.lines + _CHECKED))
    checked, taught = lines[:_CHECKED], lines[_CHECKED:]
    print(f"{len(taught):,} lines composed", flush=True)
    rng = np.random.default_rng(options.seed)
    network = untrained(rng)
    for report in teach(network, taught, checked, options.epochs, rng):
        print(f"{report.epoch:3} cost {report.cost:.3f}, right {report.right:.1%}", flush=True)
        about = {"seed": options.seed, "lines": len(taught), "right": report.right}
        save_sequence_model(options.output, network, about)


if __name__ == "__main__":
    main()
