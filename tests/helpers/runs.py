"""Short training runs on made-up digits, and their checkpoints damaged."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitnet.datasets.digits import Digits, DigitSet
from digitnet.errors import WeightsError
from digitnet.learning.checkpoint import Checkpoint
from digitnet.learning.session import Session
from digitnet.model.recipe import Recipe
from tests.helpers.damage import read_all


def plain(**changes: Any) -> Recipe:
    """A recipe without a schedule or a weight decay, so that a step is easy to tell by hand."""
    return Recipe(**{"learning_rate": 1.0, "schedule": "constant", "l2": 0.0, **changes})


RECIPE = plain(hidden=(4,), epochs=2, optimizer="adam", learning_rate=0.01)


def digit_set(count: int = 100, *, name: str = "made up", seed: int = 0) -> DigitSet:
    rng = np.random.default_rng(seed)

    def digits(n: int) -> Digits:
        images = rng.integers(0, 256, (n, 28, 28), dtype=np.uint8)
        return Digits(images, (np.arange(n) % 10).astype(np.uint8))

    return DigitSet(name, digits(count), digits(20))


def session(recipe: Recipe = RECIPE, *, seed: int = 1, **other: Any) -> Session:
    """A run that takes no time, so that two can be compared to the last byte."""
    digits = other.pop("digits", None) or digit_set()
    return Session(digits, recipe, seed=seed, targets=None, clock=lambda: 0.0, **other)


def refusal(path: Path, other: Session | None = None) -> tuple[str, str, str]:
    # Not pytest.raises, whose record of the exception keeps a file that NumPy left open.
    try:
        checkpoint = Checkpoint(path)
        (other or session()).resume(checkpoint)
    except WeightsError as error:
        return error.what, error.found, error.advice
    pytest.fail(f"{path} was resumed")


def damage(path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    arrays = read_all(path)
    about = change(json.loads(str(arrays["about"])))
    np.savez(path, **{**arrays, "about": np.array(json.dumps(about))})
