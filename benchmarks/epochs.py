"""Seconds an epoch, of every contender at every shape, measured in alternation."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.contenders import CONTENDERS
from benchmarks.worker import Worker


@dataclass(frozen=True)
class Shape:
    """A network of `hidden` neurons trained on mini-batches of `batch` digits."""

    hidden: int
    batch: int


@dataclass(frozen=True)
class Timing:
    """What one contender needed.

    Attributes
    ----------
    seconds : float
        Median of an epoch.
    ratio : float
        Median of the ratios to digitnet in the same round: noise of the machine that
        lasts longer than a round falls out.
    """

    seconds: float
    ratio: float


def measure(shape: Shape, data: Path, runs: int) -> dict[str, Timing]:
    """Each contender that is installed, one epoch in turn, `runs` times."""
    with ExitStack() as stack:
        # Loaded one after the other, so that none measures while another compiles.
        workers = [
            stack.enter_context(Worker(name, data, shape.hidden, shape.batch))
            for name in CONTENDERS
        ]
        workers = [worker for worker in workers if worker.available]
        rounds = [{worker.name: worker.epoch() for worker in workers} for _ in range(runs)]
    return {
        worker.name: Timing(
            median(r[worker.name] for r in rounds),
            median(r[worker.name] / r["digitnet"] for r in rounds),
        )
        for worker in workers
    }
