"""Training: forward, backward and one step for each mini-batch, epoch after epoch.

`digitnet.learning.engine` takes the same steps, and also stops, resumes, validates and reports.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from digitnet.nn.batches import Examples, mini_batches, shuffled
from digitnet.nn.descent import OPTIMIZERS, SCHEDULES
from digitnet.nn.evaluation import check
from digitnet.nn.functions import named
from digitnet.nn.network import Network


def train(
    network: Network,
    examples: Examples,
    *,
    epochs: int = 15,
    batch_size: int = 32,
    learning_rate: float = 2.0,
    optimizer: str = "sgd",
    schedule: str = "linear",
    rng: np.random.Generator,
) -> Iterator[float]:
    """Gradient descent on one mini-batch after the other (Rumelhart et al. 1986).

    Parameters
    ----------
    network : Network
        Its W and B are changed in place.
    examples : Examples
        N labelled pictures. A label equal to the number of outputs means no digit: all targets
        are 0.
    epochs : int
        Times that every example is used.
    batch_size : int
        Examples whose gradients are averaged for one step.
    learning_rate : float
        α at the start.
    optimizer, schedule : str
        The kind of step, and how α falls: names from `digitnet.nn.descent`.
    rng : numpy.random.Generator
        Draws the order of the examples in each epoch.

    Yields
    ------
    float
        After each epoch, the mean cost of an example, taken just before the step it made.

    Raises
    ------
    TrainingError
        If there are no examples, they do not fit the network, or a name is unknown.
    """
    check(network, examples, none=True)
    descent = named(OPTIMIZERS, optimizer, "optimizer")(network.parameters)
    falls = named(SCHEDULES, schedule, "schedule")
    count, outputs, step = len(examples.labels), network.sizes[-1], 0
    steps = epochs * math.ceil(count / batch_size)
    for _ in range(epochs):
        cost, order = 0.0, shuffled(count, rng)
        for X, y in mini_batches(examples, batch_size, outputs, network.dtype, order):
            passed = network.forward(X)
            cost += network.cost.total(passed.Z[-1], passed.A[-1], y)
            gradient = network.backward(passed, y)
            descent.step(gradient, learning_rate * falls(step / steps))
            step += 1
        yield cost / count
