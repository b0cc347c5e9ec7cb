"""The engine: training that reports, validates, keeps the best weights, stops and resumes.

Its steps are those of `digitnet.nn.training.train` and give the same weights, bit for bit.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import TrainingError
from digitnet.learning.progress import FIRST, Progress, divergence, is_finite, next_reports
from digitnet.model.history import EpochReport
from digitnet.model.recipe import Recipe
from digitnet.nn.batches import Examples, Inputs, Labelled, mini_batches, shuffled
from digitnet.nn.descent import OPTIMIZERS, SCHEDULES
from digitnet.nn.evaluation import Evaluation, check, evaluate
from digitnet.nn.functions import Array
from digitnet.nn.network import Network, Pass
from digitnet.synthesis.augment import augment, falling_strength

Distort = Callable[[NDArray[Any], np.random.Generator, float], NDArray[Any]]
"""Takes pictures, uint8 of shape (n, 28, 28), a generator and a strength, and distorts them."""


class Training:
    """A run of mini-batch gradient descent that can stop after any step and be resumed.

    Parameters
    ----------
    network : Network
        Its W and B are changed in place.
    examples : Examples
        N labelled pictures. A label equal to the number of outputs means no digit: all targets
        are 0.
    recipe : Recipe
        Optimizer, learning rate and its schedule, epochs, batch size and the rest.
    rng : numpy.random.Generator
        Draws the order of the examples in each epoch.
    validation : Examples, optional
        Pictures to score each epoch, not used for training.
    distort : callable, optional
        How a recipe with ``augment`` distorts pictures. The strength falls evenly, epoch by epoch,
        from 1 towards 0.2.
    inputs : callable, optional
        The input of the network; by default the brightness of each pixel.
    clock : callable, optional
        Time in seconds.

    Attributes
    ----------
    progress : Progress
        Its progress.
    steps : int
        Mini-batches of an epoch.
    checked : Evaluation or None
        Evaluation on the validation digits at the last report, if there are any.

    Raises
    ------
    TrainingError
        If there are no examples, they do not fit the network, f has no derivative, or patience is
        set without validation digits.
    """

    def __init__(
        self,
        network: Network,
        examples: Examples,
        recipe: Recipe,
        *,
        rng: np.random.Generator,
        validation: Examples | None = None,
        distort: Distort = augment,
        inputs: Inputs | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        network.f.derivative(np.zeros(1))  # refuses an activation without a slope
        check(network, examples, inputs, none=True)
        if validation is not None:
            check(network, validation, inputs)
        elif recipe.patience is not None:
            raise TrainingError(
                "Patience needs validation digits to watch.",
                f"Expected some, found none with {{parameter}} {recipe.patience}.",
                "Hold some out for validation, or leave out {parameter}.",
                "patience",
            )
        self.network, self.examples, self.recipe, self.rng = network, examples, recipe, rng
        self.validation, self.distort, self.inputs, self.clock = validation, distort, inputs, clock
        self.descent = OPTIMIZERS[recipe.optimizer](network.parameters)
        self.steps = math.ceil(len(examples.labels) / recipe.batch_size)
        self.passes: dict[int, Pass] = {}  # by the number of examples; reused
        self.progress = Progress.before(rng.bit_generator.state, self._cost_of_first())
        self.best = network.parameters.vector.copy()  # of the best validation accuracy
        self.checked: Evaluation | None = None

    @property
    def epoch(self) -> int:
        """Number of completed epochs."""
        return self.progress.step // self.steps

    @property
    def finished(self) -> bool:
        """Whether the run has ended."""
        gave_up = self.progress.waited >= (self.recipe.patience or math.inf)
        return self.epoch >= self.recipe.epochs or gave_up

    @property
    def within_epoch(self) -> bool:
        """Whether an epoch is incomplete."""
        return self.progress.step % self.steps > 0

    def epochs(self) -> Iterator[EpochReport]:
        """Train as `reports` does, and yield the report on each whole epoch."""
        return (report for report in self.reports() if report.whole)

    def reports(self, stop: Callable[[], bool] = lambda: False) -> Iterator[EpochReport]:
        """Train epoch after epoch, until the recipe's last or until `stop` returns True.

        Yields
        ------
        EpochReport
            One before the first step, four within the first epoch, one for each whole epoch.

        Raises
        ------
        TrainingError
            If the cost diverges. The network then has the weights of the best validation
            accuracy so far, or without validation of the last good epoch.
        """
        vector, progress = self.network.parameters.vector, self.progress
        if not progress.step:
            yield self.report()
        while not self.finished:
            before, batches = vector.copy(), self._batches()
            for last, share in next_reports(progress.step, self.steps).items():
                if not self._take_steps(batches, last - progress.step, stop):
                    return
                # A cost that is not finite is reported at the end of the epoch, with advice.
                if share < 1 and is_finite(progress.total, vector):
                    yield replace(self.report(), epoch=share)
            yield self._end_epoch(before)
        self.finish()

    def finish(self) -> None:
        """Once nothing is left to do, take the best weights if the recipe has patience."""
        if self.finished and self.recipe.patience:
            self.network.parameters.vector[:] = self.best
            self.progress.kept = self.progress.best_epoch

    def report(self) -> EpochReport:
        """Report on the epoch so far, with the current validation accuracy."""
        progress, (_, done) = self.progress, divmod(self.progress.step, self.steps)
        used = min(done * self.recipe.batch_size, len(self.examples.labels))
        cost = progress.total / used if done else self._cost_of_first()
        return EpochReport(progress.step / self.steps, cost, self._accuracy(), progress.seconds)

    def learning_rate(self, step: int) -> float:
        """α · schedule(t) · min(1, t / warm-up) of a step, after the fraction t of all steps."""
        recipe, t = self.recipe, step / (self.recipe.epochs * self.steps)
        rate = recipe.learning_rate * SCHEDULES[recipe.schedule](t)
        return rate * t / recipe.warm_up if t < recipe.warm_up else rate

    def _batches(self) -> Iterator[tuple[Array, Array]]:
        """X and y of the remaining mini-batches of this epoch."""
        recipe, rng, distort = self.recipe, self.rng, self.distort
        epoch, done = divmod(self.progress.step, self.steps)
        # A resumed epoch has the same order and the same distortions.
        rng.bit_generator.state = self.progress.rng
        order = shuffled(len(self.examples.labels), rng)
        strength = falling_strength(epoch / recipe.epochs)
        change = (lambda images: distort(images, rng, strength)) if recipe.augment else None
        shape = recipe.batch_size, self.network.sizes[-1], self.network.dtype
        whole = mini_batches(self.examples, *shape, order, change, self.inputs)
        return islice(whole, done, None)

    def _take_steps(
        self, batches: Iterator[tuple[Array, Array]], left: int, stop: Callable[[], bool]
    ) -> bool:
        """Take so many steps of gradient descent; False if `stop` ended it early."""
        network, recipe, progress, start = self.network, self.recipe, self.progress, self.clock()
        # A diverging run overflows: the cost reports it once, instead of NumPy a hundred times.
        with np.errstate(over="ignore", invalid="ignore"):
            for X, y in islice(batches, left):
                if stop():
                    break
                passed = network.forward(X, into=self.passes.get(X.shape[1]))
                self.passes[X.shape[1]] = passed
                progress.total += network.cost.total(passed.Z[-1], passed.A[-1], y)
                gradient = network.backward(passed, y)
                rate = self.learning_rate(progress.step)
                self.descent.step(gradient, rate, recipe.l2, recipe.clip)
                progress.step += 1
                left -= 1
        progress.seconds += self.clock() - start
        return left == 0

    def _end_epoch(self, before: Array) -> EpochReport:
        """Restore the best weights and raise an error if the cost grew; else report."""
        vector, progress = self.network.parameters.vector, self.progress
        cost, seconds = progress.total / len(self.examples.labels), progress.seconds
        progress.total, progress.seconds, progress.rng = 0.0, 0.0, self.rng.bit_generator.state
        if cost > progress.limit or not is_finite(cost, vector):
            progress.kept = progress.kept if self.validation is None else progress.best_epoch
            vector[:] = before if self.validation is None else self.best
            raise divergence(self.epoch, cost, self.recipe.learning_rate)
        progress.last_cost, progress.kept = cost, self.epoch
        accuracy = self._accuracy()
        if accuracy is not None and progress.update(accuracy, self.epoch):
            self.best[:] = vector
        return EpochReport(self.epoch, cost, accuracy, seconds)

    def _cost_of_first(self) -> float:
        first = Labelled(self.examples.images[:FIRST], self.examples.labels[:FIRST])
        return evaluate(self.network, first, self.inputs, none=True).cost

    def _accuracy(self) -> float | None:
        if self.validation is None:
            return None
        self.checked = evaluate(self.network, self.validation, self.inputs)
        return self.checked.accuracy
