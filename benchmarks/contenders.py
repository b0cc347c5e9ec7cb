# ruff: noqa: PLC0415 - a worker imports its own library and no other
"""One epoch of the same work in each library: 784-h-10, sigmoid, plain gradient descent.

Each function loads what it needs and returns the epoch to be timed. All shuffle
anew. The cost is quadratic but for scikit-learn's and the peer's, which have log-loss.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.mnist import rows, training_digits, wanted

Epoch = Callable[[], object]
Weights = list[tuple[Any, Any]]
RATE = 1.0


def floor(data: Path, hidden: int, batch: int) -> Epoch:
    """W0 @ X and v0 @ X.T of every step, on one mini-batch, and nothing else."""
    rng = np.random.default_rng(0)
    W, x, v = (
        rng.standard_normal(s, np.float32) for s in ((hidden, 784), (batch, 784), (hidden, batch))
    )
    Z, G = np.empty((hidden, batch), np.float32), np.empty((hidden, 784), np.float32)
    steps = -(-len(training_digits(data)) // batch)

    def epoch() -> None:
        for _ in range(steps):
            np.matmul(W, x.T, out=Z)
            np.matmul(v, x, out=G)

    return epoch


def digitnet(data: Path, hidden: int, batch: int) -> Epoch:
    """Train with digitnet, from the memory-mapped bytes."""
    from digitnet.learning.engine import Training
    from digitnet.model.recipe import Recipe
    from digitnet.nn.network import Network

    rng = np.random.default_rng(0)
    recipe = Recipe(
        (hidden,),
        learning_rate=RATE,
        schedule="constant",
        batch_size=batch,
        l2=0.0,
        epochs=100_000,
    )
    network = Network((784, hidden, 10), rng=rng)
    reports = Training(network, training_digits(data), recipe, rng=rng).epochs()
    return lambda: next(reports)


def torch_eager(data: Path, hidden: int, batch: int) -> Epoch:
    """Train with PyTorch, the digits in memory as one tensor: its best case without compiling."""
    import torch

    step = _torch_step(hidden)
    digits = training_digits(data)
    X, y = torch.from_numpy(rows(digits)), torch.from_numpy(wanted(digits))

    def epoch() -> None:
        for picked in torch.randperm(len(X)).split(batch):
            step(X[picked], y[picked])

    return epoch


def torch_loader(data: Path, hidden: int, batch: int) -> Epoch:
    """Train with PyTorch and its DataLoader, in the same process."""
    import torch
    from torch.utils.data import DataLoader, TensorDataset

    step = _torch_step(hidden)
    digits = training_digits(data)
    pairs = TensorDataset(torch.from_numpy(rows(digits)), torch.from_numpy(wanted(digits)))
    loader = DataLoader(pairs, batch_size=batch, shuffle=True)

    def epoch() -> None:
        for X, y in loader:
            step(X, y)

    return epoch


def _torch_step(hidden: int) -> Callable[..., None]:
    import torch
    from torch import nn

    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(784, hidden), nn.Sigmoid(), nn.Linear(hidden, 10), nn.Sigmoid())
    sgd = torch.optim.SGD(model.parameters(), lr=RATE)

    def step(X: torch.Tensor, y: torch.Tensor) -> None:
        sgd.zero_grad()
        ((model(X) - y) ** 2).sum(dim=1).mean().backward()
        sgd.step()

    return step


def scikit_learn(data: Path, hidden: int, batch: int) -> Epoch:
    """Train with MLPClassifier, one epoch a fit that goes on; log-loss and softmax."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    warnings.simplefilter("ignore", ConvergenceWarning)  # one epoch is all it shall do
    digits = training_digits(data)
    X, y = rows(digits), np.asarray(digits.labels)
    model = MLPClassifier(
        (hidden,),
        "logistic",
        solver="sgd",
        alpha=0,
        batch_size=batch,
        momentum=0,
        max_iter=1,
        learning_rate_init=0.1,
        warm_start=True,
        random_state=0,
    )
    return lambda: model.fit(X, y)


def jax_scan(data: Path, hidden: int, batch: int) -> Epoch:
    """Train with JAX: gather, steps and order of the whole epoch in one compiled lax.scan.

    The digits stay on the device; those that do not fill a mini-batch are left out.
    """
    import jax
    import jax.numpy as jnp

    digits = training_digits(data)
    X, y = jnp.asarray(rows(digits)), jnp.asarray(wanted(digits))
    steps = len(X) // batch
    keys = jax.random.split(jax.random.key(0), 3)
    sizes = ((784, hidden), (hidden, 10))
    weights = [
        (jax.random.normal(k, s) / s[0] ** 0.5, jnp.zeros(s[1]))
        for k, s in zip(keys[:2], sizes, strict=True)
    ]

    def cost(weights: Weights, X: jax.Array, y: jax.Array) -> jax.Array:
        A = X
        for W, B in weights:
            A = jax.nn.sigmoid(A @ W + B)
        return ((A - y) ** 2).sum(axis=1).mean()

    def step(weights: Weights, picked: jax.Array) -> tuple[Weights, None]:
        gradient = jax.grad(cost)(weights, X[picked], y[picked])
        return jax.tree.map(lambda w, g: w - RATE * g, weights, gradient), None

    def run(weights: Weights, key: jax.Array) -> Weights:
        order = jax.random.permutation(key, len(X))[: steps * batch]
        last: Weights = jax.lax.scan(step, weights, order.reshape(steps, batch))[0]
        return last

    compiled = jax.jit(run)
    state = {"weights": weights, "key": keys[2]}

    def epoch() -> None:
        state["key"], key = jax.random.split(state["key"])
        state["weights"] = jax.block_until_ready(compiled(state["weights"], key))

    return epoch


def peer(data: Path, hidden: int, batch: int) -> Epoch:
    """Train with neural-network-digits' NeuralNetwork.train_step; log-loss and softmax."""
    from nn_digits.neural_net.network import NeuralNetwork

    digits = training_digits(data)
    X, y = rows(digits), wanted(digits)
    network, rng = NeuralNetwork((784, hidden, 10), "sigmoid"), np.random.default_rng(0)

    def epoch() -> None:
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch):
            picked = order[first : first + batch]
            network.train_step(X[picked], y[picked], 0.1, momentum=0, l2=0)

    return epoch


CONTENDERS = {
    "floor": floor,
    "digitnet": digitnet,
    "digitnet, BLAS's own threads": digitnet,
    "PyTorch eager": torch_eager,
    "PyTorch DataLoader": torch_loader,
    "scikit-learn": scikit_learn,
    "JAX lax.scan": jax_scan,
    "neural-network-digits": peer,
}
"""By the names in the table."""

ONE_THREAD = {"floor", "digitnet"}
"""Those that run with one BLAS thread, as the command `digitnet train` does."""
