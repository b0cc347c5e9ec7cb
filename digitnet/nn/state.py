"""What a run of training needs to go on later as if it had not stopped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from digitnet.nn.functions import Array
from digitnet.nn.training import Training


def state(run: Training) -> tuple[dict[str, Array], dict[str, Any]]:
    """Return the arrays of the run, not copied, and the rest as facts for JSON."""
    facts = {
        "step": run.step,
        "total": run.total,
        "seconds": run.seconds,
        "limit": run.limit,
        "last_cost": run.last_cost,
        "rng": run.order.begun,
        "kept": run.kept,
        "best_accuracy": run.best.accuracy,
        "best_epoch": run.best.epoch,
        "waited": run.best.waited,
    }
    return _arrays(run), facts


def restore(run: Training, arrays: Mapping[str, Array], facts: Mapping[str, Any]) -> None:
    """Go back to what `state` returned.

    Raises
    ------
    KeyError, ValueError, TypeError
        If it is not the state of such a run.
    """
    for name, target in _arrays(run).items():
        source = arrays[name]
        if source.shape != target.shape or not np.isfinite(source).all():
            raise ValueError(f"{name} does not fit")
        target[:] = source
    run.step = int(facts["step"])
    run.total, run.seconds = float(facts["total"]), float(facts["seconds"])
    run.limit, run.last_cost = float(facts["limit"]), facts["last_cost"]
    run.kept, run.best.epoch = int(facts["kept"]), int(facts["best_epoch"])
    run.best.accuracy, run.best.waited = float(facts["best_accuracy"]), int(facts["waited"])
    run.order.rng.bit_generator.state = facts["rng"]  # refuses anything else
    run.order.begun = facts["rng"]


def _arrays(run: Training) -> dict[str, Array]:
    memory = {f"memory.{name}": array for name, array in run.descent.memory.items()}
    return {"vector": run.network.parameters.vector, "best": run.best.vector, **memory}
