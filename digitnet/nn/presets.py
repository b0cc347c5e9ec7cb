"""Recipes by name: the essay's own, the best for MNIST, and one for everybody's hands."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from digitnet.nn.functions import named
from digitnet.nn.recipe import Recipe


def _essay(hidden: tuple[int, ...]) -> Recipe:
    """Sigmoid, quadratic cost and plain gradient descent, at a rate that falls to 0."""
    return Recipe(hidden=hidden, learning_rate=2.0, schedule="linear", l2=1e-4)


def _best(hidden: tuple[int, ...]) -> Recipe:
    """Learn at 0.02 √(15/n) with n neurons in the widest layer: more weights make a larger step.

    From 100 neurons on, held-out digits favour ReLU, larger mini-batches and less decay.
    """
    widest = max((15, *hidden))
    wide = widest >= _WIDE
    return Recipe(
        hidden=hidden,
        activation="relu" if wide else "leaky-relu",
        cost="softmax-cross-entropy",
        optimizer="adam",
        learning_rate=0.02 * math.sqrt(15 / widest),
        schedule="cosine",
        epochs=30,
        batch_size=128 if wide else 64,
        l2=0.01 if wide else 0.05,
        augment=True,
    )


def _robust(hidden: tuple[int, ...]) -> Recipe:
    """Learn other hands, small pictures and what is no digit, from the directions of strokes."""
    best = _best(hidden)
    return replace(
        best,
        cost="cross-entropy",
        epochs=best.epochs if max(hidden, default=0) >= _WIDE else 15,
        continental=0.3,
        written=0.3,
        coarse=0.5,
        nothing=0.2,
        inputs="directions",
    )


_WIDE: Final = 100

PRESETS: Final[dict[str, Callable[[tuple[int, ...]], Recipe]]] = {
    "essay": _essay,
    "best": _best,
    "robust": _robust,
}
"""The recipes by name; each is made for the hidden layers that it is given."""


def preset(name: str, hidden: tuple[int, ...] = (15,)) -> Recipe:
    """Choose a recipe by name, for hidden layers of these sizes.

    Raises
    ------
    TrainingError
        If there is none of that name, or a layer has no neuron.
    """
    Recipe(hidden=hidden)  # refuses what is no layer
    return named(PRESETS, name, "preset")(hidden)
