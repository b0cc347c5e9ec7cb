"""Training: mini-batch after mini-batch, forward, backward, one step; and reports on it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

import numpy as np

from digitnet.nn.batches import Examples, Inputs, Labelled
from digitnet.nn.descent import OPTIMIZERS
from digitnet.nn.divergence import DIVERGED, divergence, has_end
from digitnet.nn.evaluation import Evaluation, check, evaluate
from digitnet.nn.functions import Array
from digitnet.nn.network import Network
from digitnet.nn.order import Distort, Order
from digitnet.nn.presets import preset
from digitnet.nn.recipe import Recipe
from digitnet.nn.report import EpochReport, next_reports
from digitnet.nn.stopping import Best

_FIRST = 1000  # examples that tell the cost before training


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
        For a recipe with ``augment``: `digitnet.synthesis.augment.augment` is one. The strength
        falls evenly, epoch by epoch, from 1 towards 0.2.
    inputs : callable, optional
        What the network sees of pictures; by default the brightness of each pixel.
    clock : callable, optional
        Time in seconds.

    Attributes
    ----------
    checked : Evaluation or None
        What was answered to the validation digits at the last report, if there are any.

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
        self.network, self.examples, self.recipe = network, examples, recipe
        self.validation, self.inputs, self.clock = validation, inputs, clock
        self.order = Order(examples, recipe, rng, distort, inputs)
        self.descent = OPTIMIZERS[recipe.optimizer](network.parameters)
        count, size = len(examples.labels), recipe.batch_size
        self.passes = {n: network.new_pass(n) for n in {min(size, count), count % size} - {0}}
        self.step = 0
        self.total = self.seconds = 0.0  # of the epoch so far: the examples' costs, and the time
        self.last_cost: float | None = None
        self.checked: Evaluation | None = None
        self.kept = 0
        self.best = Best(network.parameters.vector)
        self.first = Labelled(examples.images[:_FIRST], examples.labels[:_FIRST])
        self.limit = DIVERGED * evaluate(network, self.first, inputs).cost

    @property
    def epoch(self) -> int:
        """Whole epochs done."""
        return self.step // self.order.steps

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do."""
        patience = self.recipe.patience
        gave_up = patience is not None and self.best.waited >= patience
        return self.epoch >= self.recipe.epochs or gave_up

    @property
    def within_epoch(self) -> bool:
        """Whether an epoch was begun and not ended."""
        return self.step % self.order.steps > 0

    def epochs(self, stop: Callable[[], bool] = lambda: False) -> Iterator[EpochReport]:
        """Train as `reports` does, and yield the report on each whole epoch."""
        return (report for report in self.reports(stop) if report.whole)

    def reports(self, stop: Callable[[], bool] = lambda: False) -> Iterator[EpochReport]:
        """Train epoch after epoch, until the recipe's last or until `stop` says so.

        Yields
        ------
        EpochReport
            One before the first step, four within the first epoch, one for each whole epoch.

        Raises
        ------
        TrainingError
            If the cost diverges; the network then has the best weights
            so far: of the best validation accuracy, or else of the last good epoch.
        """
        vector, kind = self.network.parameters.vector, (self.network.sizes[-1], self.network.dtype)
        if not self.step:
            yield self.report()
        while not self.finished:
            before, batches = vector.copy(), self.order.batches(self.step, *kind)
            for last, share in next_reports(self.step, self.order.steps).items():
                if not self._take_steps(batches, last - self.step, stop):
                    return
                # Of a cost without end the end of the epoch tells, with advice.
                if share < 1 and has_end(self.total, vector):
                    yield replace(self.report(), epoch=share)
            yield self._end_epoch(before)
        if self.recipe.patience:
            vector[:], self.kept = self.best.vector, self.best.epoch

    def report(self) -> EpochReport:
        """Report on the epoch so far, and score the network as it is now."""
        done = self.step % self.order.steps
        used = min(done * self.recipe.batch_size, len(self.examples.labels))
        cost = self.total / used if used else evaluate(self.network, self.first, self.inputs).cost
        epochs = self.step / self.order.steps
        return EpochReport(epochs, cost, self._accuracy(), used, self.seconds)

    def _take_steps(
        self, batches: Iterator[tuple[Array, Array]], left: int, stop: Callable[[], bool]
    ) -> bool:
        """Take so many steps of gradient descent, and tell whether `stop` let it."""
        network, recipe = self.network, self.recipe
        steps, start = recipe.epochs * self.order.steps, self.clock()
        # A diverging run overflows; the cost tells, once, instead of NumPy a hundred times.
        with np.errstate(over="ignore", invalid="ignore"):
            for X, y in islice(batches, left):
                if stop():
                    break
                this = network.forward(X, into=self.passes[X.shape[1]])
                self.total += network.cost.total(this.Z[-1], this.A[-1], y)
                gradient = network.backward(this, y)
                rate = recipe.learning_rate_at(self.step / steps)
                self.descent.step(gradient, rate, recipe.l2, recipe.clip)
                self.step += 1
                left -= 1
        self.seconds += self.clock() - start
        return left == 0

    def _end_epoch(self, before: Array) -> EpochReport:
        """Go back and refuse if the cost grew; or else keep the weights and report."""
        vector, done = self.network.parameters.vector, len(self.examples.labels)
        cost, seconds, self.total, self.seconds = self.total / done, self.seconds, 0.0, 0.0
        self.order.end()
        if cost > self.limit or not has_end(cost, vector):
            self.kept = self.kept if self.validation is None else self.best.epoch
            vector[:] = before if self.validation is None else self.best.vector
            raise divergence(self.epoch, cost, self.recipe.learning_rate)
        self.last_cost, self.kept = cost, self.epoch
        accuracy = self._accuracy()
        if accuracy is not None:
            self.best.see(accuracy, vector, self.epoch)
        return EpochReport(self.epoch, cost, accuracy, done, seconds)

    def _accuracy(self) -> float | None:
        if self.validation is None:
            return None
        self.checked = evaluate(self.network, self.validation, self.inputs)
        return self.checked.accuracy


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

    Nothing happens until the reports are asked for, one for each epoch; stop asking, and training
    stops after the epoch reported last. For the parameters and errors see `Training`; without a
    recipe it is the essay's.
    """
    recipe = recipe or preset("essay", network.sizes[1:-1])
    run = Training(network, examples, recipe, rng=rng, validation=validation, distort=distort)
    yield from run.epochs()
