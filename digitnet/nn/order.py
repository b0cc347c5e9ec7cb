"""The order in which an epoch shows its examples, and how it distorts them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from digitnet.nn.batches import Examples, Inputs, mini_batches
from digitnet.nn.functions import Array
from digitnet.nn.recipe import Recipe

Distort = Callable[[NDArray[Any], np.random.Generator, float], NDArray[Any]]
"""Takes pictures, uint8 of shape (n, 28, 28), a generator and a strength, and distorts them."""


class Order:
    """Shows all examples in a new order each epoch; one that was begun can be taken up again.

    For the parameters see `digitnet.nn.training.Training`.

    Attributes
    ----------
    steps : int
        Mini-batches of an epoch.
    begun : mapping
        State of the generator when the epoch began.
    """

    def __init__(
        self,
        examples: Examples,
        recipe: Recipe,
        rng: np.random.Generator,
        distort: Distort | None,
        inputs: Inputs | None,
    ) -> None:
        self.examples, self.recipe, self.rng, self.inputs = examples, recipe, rng, inputs
        self.distort = distort if recipe.augment else None
        self.steps = math.ceil(len(examples.labels) / recipe.batch_size)
        self.begun = rng.bit_generator.state

    def batches(self, step: int, outputs: int, dtype: DTypeLike) -> Iterator[tuple[Array, Array]]:
        """X and y of the mini-batches that are left of the epoch in which the run takes a step."""
        rng, distort, recipe = self.rng, self.distort, self.recipe
        epoch, done = divmod(step, self.steps)
        # An epoch that goes on after a stop has the same order and the same distortions.
        rng.bit_generator.state = self.begun
        # Half the memory of NumPy's own numbers, which is most of what grows with the set.
        order = np.arange(len(self.examples.labels), dtype=np.int32)
        rng.shuffle(order)
        strength = recipe.strength_at(epoch / recipe.epochs)
        change = (lambda images: distort(images, rng, strength)) if distort else None
        shape = recipe.batch_size, outputs, dtype
        whole = mini_batches(self.examples, *shape, order, change, self.inputs)
        yield from islice(whole, done, None)

    def end(self) -> None:
        """End the epoch: the next one is drawn from where the generator is now."""
        self.begun = self.rng.bit_generator.state
