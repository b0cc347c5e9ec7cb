"""Recipes by name: the essay's, the best for MNIST, and one for all writers."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from digitnet.model.recipe import Recipe, refused

_WIDE: Final = 100
"""Least neurons of a wide layer, for which validation digits favour ReLU, larger mini-batches and
less weight decay."""


def _essay(hidden: tuple[int, ...]) -> Recipe:
    """Sigmoid, quadratic cost and plain gradient descent, with a learning rate that falls to 0."""
    return Recipe(hidden=hidden)


def _best(hidden: tuple[int, ...]) -> Recipe:
    """Adam at 0.02 √(15/n) with n neurons in the widest layer: more weights make a larger step."""
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
    """Orientation features, and synthetic digits and non-digits in the training set."""
    best = _best(hidden)
    return replace(
        best,
        cost="cross-entropy",
        epochs=best.epochs if max(hidden, default=0) >= _WIDE else 15,
        european=0.3,
        drawn=0.3,
        low_resolution=0.5,
        non_digits=0.2,
        inputs="orientations",
    )


PRESETS: Final[dict[str, Callable[[tuple[int, ...]], Recipe]]] = {
    "essay": _essay,
    "best": _best,
    "robust": _robust,
}
"""The recipes by name, as functions of the hidden layers."""


def preset(name: str, hidden: tuple[int, ...] = (15,)) -> Recipe:
    """Choose a recipe by name, for hidden layers of these sizes.

    Raises
    ------
    TrainingError
        If there is none of that name, or a layer has no neuron.
    """
    if name not in PRESETS:
        raise refused("preset", name, f"one of {', '.join(PRESETS)}")
    Recipe(hidden=hidden)  # refuses an invalid layer
    return PRESETS[name](hidden)
