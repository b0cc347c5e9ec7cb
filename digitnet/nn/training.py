"""Training: mini-batch after mini-batch, forward, backward, one step; a report each epoch."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from digitnet.errors import TrainingError
from digitnet.nn.batches import Examples, mini_batches
from digitnet.nn.descent import OPTIMIZERS, SCHEDULES
from digitnet.nn.evaluation import evaluate
from digitnet.nn.network import Network
from digitnet.nn.presets import Recipe


@dataclass(frozen=True)
class EpochReport:
    """What one epoch did.

    Attributes
    ----------
    epoch : int
        Counted from 1.
    cost : float
        Mean cost of a training example, each taken just before the step it made.
    validation_accuracy : float or None
        Share of right answers on the validation digits, 0 to 1, if there are any.
    examples : int
        Training digits used.
    seconds : float
        Time that the epoch took, without the validation.
    """

    epoch: int
    cost: float
    validation_accuracy: float | None
    examples: int
    seconds: float


def train(
    network: Network,
    examples: Examples,
    recipe: Recipe | None = None,
    *,
    rng: np.random.Generator,
    validation: Examples | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[EpochReport]:
    """Train the network in place by mini-batch gradient descent (Rumelhart et al. 1986).

    Nothing happens until the reports are asked for; stop asking, and training stops
    after the epoch reported last.

    Parameters
    ----------
    network : Network
        Its W and B are moved in place.
    examples : Examples
        N labelled pictures.
    recipe : Recipe, optional
        Optimizer, learning rate and its schedule, epochs, batch size, weight decay;
        the essay's by default.
    rng : numpy.random.Generator
        Draws the order of the examples in each epoch.
    validation : Examples, optional
        Pictures that teach nothing and only score each epoch.
    clock : callable, optional
        Time in seconds.

    Yields
    ------
    EpochReport
        One an epoch.

    Raises
    ------
    TrainingError
        If there are no examples, if the activation has no slope, or if the cost
        diverges; the network then has the weights of the last good epoch.
    """
    recipe = recipe or Recipe()
    _check(network, examples)
    run = _Run(network, examples, recipe, rng)
    for epoch in range(1, recipe.epochs + 1):
        before = network.parameters.vector.copy()
        start = clock()
        # A diverging run overflows; the cost tells, once, instead of NumPy a hundred times.
        with np.errstate(over="ignore", invalid="ignore"):
            cost = run.epoch()
        seconds = clock() - start
        if not math.isfinite(cost) or not np.isfinite(network.parameters.vector).all():
            network.parameters.vector[:] = before
            raise _diverged(epoch, cost, recipe)
        accuracy = evaluate(network, validation).accuracy if validation is not None else None
        yield EpochReport(epoch, cost, accuracy, len(examples.labels), seconds)


class _Run:
    """One training run: the arrays of its passes and the optimizer's memory."""

    def __init__(
        self, network: Network, examples: Examples, recipe: Recipe, rng: np.random.Generator
    ) -> None:
        self.network, self.examples, self.recipe, self.rng = network, examples, recipe, rng
        self.descent = OPTIMIZERS[recipe.optimizer](network.parameters)
        count, size = len(examples.labels), recipe.batch_size
        self.passes = {n: network.new_pass(n) for n in {min(size, count), count % size} - {0}}
        self.step = 0
        self.steps = recipe.epochs * math.ceil(count / size)

    def epoch(self) -> float:
        """Use every example once, in a new order; return the mean cost of an example."""
        network, recipe, left = self.network, self.recipe, SCHEDULES[self.recipe.schedule]
        order = self.rng.permutation(len(self.examples.labels))
        batches = mini_batches(
            self.examples, recipe.batch_size, network.sizes[-1], network.dtype, order
        )
        total = 0.0
        for X, y in batches:
            this = network.forward(X, into=self.passes[X.shape[1]])
            total += float(network.cost.c(this.Z[-1], this.A[-1], y).sum())
            gradient = network.backward(this, y)
            learning_rate = recipe.learning_rate * left(self.step / self.steps)
            self.descent.step(gradient, learning_rate, recipe.l2)
            self.step += 1
        return total / len(order)


def _check(network: Network, examples: Examples) -> None:
    network.f.derivative(np.zeros(1))  # refuses an activation without a slope
    if not len(examples.labels):
        raise TrainingError(
            "There is nothing to train on.",
            "Expected one labelled digit or more, found none.",
            "Hold fewer digits out for validation, or give more digits.",
        )
    pixels = math.prod(examples.images.shape[1:])
    if pixels != network.sizes[0]:
        raise TrainingError(
            "The pictures do not fit the network.",
            f"Expected {network.sizes[0]} pixels a picture, found {pixels}.",
            f"Make the network with {pixels} inputs.",
        )


def _diverged(epoch: int, cost: float, recipe: Recipe) -> TrainingError:
    return TrainingError(
        f"The training diverged in epoch {epoch}.",
        f"Expected the cost to fall, found {cost:.3g} with learning rate {recipe.learning_rate:g}.",
        f"Lower it: try --learning-rate {recipe.learning_rate / 10:g}.",
    )
