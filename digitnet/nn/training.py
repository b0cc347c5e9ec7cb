"""Training: mini-batch after mini-batch, forward, backward, one step; a report each epoch."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import TrainingError
from digitnet.nn.batches import Examples, Inputs, Labelled, mini_batches
from digitnet.nn.descent import OPTIMIZERS
from digitnet.nn.evaluation import check, evaluate
from digitnet.nn.functions import Array
from digitnet.nn.network import Network
from digitnet.nn.presets import preset
from digitnet.nn.recipe import Recipe
from digitnet.nn.report import EpochReport
from digitnet.nn.stopping import Best

Distort = Callable[[NDArray[Any], np.random.Generator, float], NDArray[Any]]

_FIRST = 1000  # examples that tell the cost before training
_DIVERGED = 2.0
"""Times the cost before training; a run that learns stays below the cost it began with."""


class Training:
    """A run of mini-batch gradient descent that can stop after any step and go on later.

    Parameters
    ----------
    network : Network
        Its W and B are moved in place.
    examples : Examples
        N labelled pictures. A label that is the number of outputs wants 0 of all of them.
    recipe : Recipe
        Optimizer, learning rate and its schedule, epochs, batch size and the rest.
    rng : numpy.random.Generator
        Draws the order of the examples in each epoch.
    validation : Examples, optional
        Pictures that teach nothing and only score each epoch.
    distort : callable, optional
        For a recipe with ``augment``: takes pictures, uint8 of shape (n, 28, 28), the
        generator and a strength, and gives them distorted; the strength falls evenly,
        epoch by epoch, from 1 towards 0.2. `digitnet.learning.augment.augment` is one.
    inputs : callable, optional
        What the network sees of pictures; by default the brightness of each pixel.
    clock : callable, optional
        Time in seconds.

    Raises
    ------
    TrainingError
        If there are no examples, they do not fit the network, or f has no slope.
    """

    def __init__(
        self,
        network: Network,
        examples: Examples,
        recipe: Recipe,
        *,
        rng: np.random.Generator,
        validation: Examples | None = None,
        distort: Distort | None = None,
        inputs: Inputs | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        network.f.derivative(np.zeros(1))  # refuses an activation without a slope
        check(network, examples, inputs, none=True)
        if validation is not None:
            check(network, validation, inputs)
        recipe.check_means(distort=distort is not None, validation=validation is not None)
        self.network, self.examples, self.recipe, self.rng = network, examples, recipe, rng
        self.validation, self.clock = validation, clock
        self.distort = distort if recipe.augment else None
        self.inputs = inputs
        self.descent = OPTIMIZERS[recipe.optimizer](network.parameters)
        count, size = len(examples.labels), recipe.batch_size
        self.passes = {n: network.new_pass(n) for n in {min(size, count), count % size} - {0}}
        self.steps_an_epoch = math.ceil(count / size)
        self.step = 0
        self.total = 0.0
        self.last_cost: float | None = None
        self.kept = 0
        self.epoch_rng = rng.bit_generator.state
        self.best = Best(network.parameters.vector)
        first = Labelled(examples.images[:_FIRST], examples.labels[:_FIRST])
        self.limit = _DIVERGED * evaluate(network, first, inputs).cost

    @property
    def epoch(self) -> int:
        """Whole epochs done."""
        return self.step // self.steps_an_epoch

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do."""
        patience = self.recipe.patience
        gave_up = patience is not None and self.best.waited >= patience
        return self.epoch >= self.recipe.epochs or gave_up

    @property
    def within_epoch(self) -> bool:
        """Whether an epoch was begun and not ended."""
        return self.step % self.steps_an_epoch > 0

    def epochs(self, stop: Callable[[], bool] = lambda: False) -> Iterator[EpochReport]:
        """Train epoch after epoch, until the recipe's last or until `stop` says so.

        Yields
        ------
        EpochReport
            One for each whole epoch.

        Raises
        ------
        TrainingError
            If the cost diverges; the network then has the best weights
            so far: of the best validation accuracy, or else of the last good epoch.
        """
        vector = self.network.parameters.vector
        while not self.finished:
            before, start = vector.copy(), self.clock()
            # A diverging run overflows; the cost tells, once, instead of NumPy a hundred times.
            with np.errstate(over="ignore", invalid="ignore"):
                cost = self._epoch(stop)
            if cost is None:
                return
            if not (cost <= self.limit and np.isfinite(vector).all()):
                self.kept = self.kept if self.validation is None else self.best.epoch
                vector[:] = before if self.validation is None else self.best.vector
                raise _diverged(self.epoch, cost, self.recipe)
            self.last_cost, self.kept = cost, self.epoch
            yield self._report(cost, self.clock() - start)
        if self.recipe.patience:
            vector[:], self.kept = self.best.vector, self.best.epoch

    def _epoch(self, stop: Callable[[], bool]) -> float | None:
        """Use every example once, in a new order; return the mean cost, or None if stopped."""
        network, recipe = self.network, self.recipe
        done = self.step % self.steps_an_epoch
        steps = recipe.epochs * self.steps_an_epoch
        # An epoch that goes on after a stop has the same order and the same distortions.
        self.rng.bit_generator.state = self.epoch_rng
        for X, y in islice(self._batches(), done, None):
            if stop():
                return None
            this = network.forward(X, into=self.passes[X.shape[1]])
            self.total += network.cost.total(this.Z[-1], this.A[-1], y)
            gradient = network.backward(this, y)
            rate = recipe.learning_rate_at(self.step / steps)
            self.descent.step(gradient, rate, recipe.l2, recipe.clip)
            self.step += 1
        mean, self.total = self.total / len(self.examples.labels), 0.0
        self.epoch_rng = self.rng.bit_generator.state
        return mean

    def _batches(self) -> Iterator[tuple[Array, Array]]:
        rng, recipe, distort = self.rng, self.recipe, self.distort
        # Half the memory of NumPy's own numbers, which is most of what grows with the set.
        order = np.arange(len(self.examples.labels), dtype=np.int32)
        rng.shuffle(order)
        strength = recipe.strength_at(self.epoch / recipe.epochs)
        change = (lambda images: distort(images, rng, strength)) if distort else None
        shape = recipe.batch_size, self.network.sizes[-1], self.network.dtype
        return mini_batches(self.examples, *shape, order, change, self.inputs)

    def _report(self, cost: float, seconds: float) -> EpochReport:
        accuracy = None
        if self.validation is not None:
            accuracy = evaluate(self.network, self.validation, self.inputs).accuracy
            self.best.see(accuracy, self.network.parameters.vector, self.epoch)
        return EpochReport(self.epoch, cost, accuracy, len(self.examples.labels), seconds)


def train(
    network: Network,
    examples: Examples,
    recipe: Recipe | None = None,
    *,
    rng: np.random.Generator,
    validation: Examples | None = None,
    distort: Distort | None = None,
) -> Iterator[EpochReport]:
    """Train the network in place by mini-batch gradient descent (Rumelhart et al. 1986).

    Nothing happens until the reports are asked for; stop asking, and training stops
    after the epoch reported last. For the parameters and errors see `Training`.

    Parameters
    ----------
    recipe : Recipe, optional
        The essay's by default.

    Yields
    ------
    EpochReport
        One for each epoch.
    """
    recipe = recipe or preset("essay", network.sizes[1:-1])
    run = Training(network, examples, recipe, rng=rng, validation=validation, distort=distort)
    yield from run.epochs()


def _diverged(epoch: int, cost: float, recipe: Recipe) -> TrainingError:
    return TrainingError(
        f"The training diverged in epoch {epoch}.",
        f"Expected the cost to fall, found {cost:.3g} with learning rate {recipe.learning_rate:g}.",
        f"Lower it: try {{parameter}} {recipe.learning_rate / 10:g}.",
        "learning_rate",
    )
