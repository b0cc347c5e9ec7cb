"""Gradient descent: how ∂c/∂W and ∂c/∂B move W and B; schedules of the learning rate α."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import ClassVar, Final

import numpy as np

from digitnet.nn.functions import Array
from digitnet.nn.network import Parameters


class GradientDescent:
    """W ← W - α ∂c/∂W and B ← B - α ∂c/∂B, for all weights at once.

    Parameters
    ----------
    parameters : Parameters
        W and B of the network, changed in place.
    """

    name: ClassVar[str] = "sgd"

    def __init__(self, parameters: Parameters) -> None:
        self.parameters = parameters
        self.memory = self.new_memory(parameters.vector)
        self.move = np.empty_like(parameters.vector)

    def new_memory(self, vector: Array) -> dict[str, Array]:  # noqa: ARG002
        """Make the state between steps: here none."""
        return {}

    def step(
        self,
        gradient: Parameters,
        learning_rate: float,
        l2: float = 0.0,
        clip: float | None = None,
    ) -> None:
        """Take one step of every weight against its gradient.

        Parameters
        ----------
        gradient : Parameters
            ∂c/∂W and ∂c/∂B.
        learning_rate : float
            α.
        l2 : float
            Weight decay: first W ← (1 - α l2) W, apart from the gradient, as Loshchilov
            and Hutter 2019 do for Adam. For plain descent this is the L2 penalty
            l2/2 · Σ W². B does not decay.
        clip : float, optional
            Maximum norm of the gradient over all weights; a longer one is scaled down to it
            (Pascanu et al. 2013).
        """
        if clip is not None:
            length = float(np.linalg.norm(gradient.vector))
            if length > clip:
                gradient.vector *= clip / length
        if l2:
            for W in self.parameters.W:
                np.multiply(W, 1 - learning_rate * l2, out=W)
        self.parameters.vector -= self.direction(gradient.vector, learning_rate)

    def direction(self, g: Array, learning_rate: float) -> Array:
        """α g."""
        return np.multiply(g, learning_rate, out=self.move)


class Momentum(GradientDescent):
    """m ← 0.9 m + g, W ← W - α m (Polyak 1964)."""

    name = "momentum"
    beta: ClassVar[float] = 0.9

    def new_memory(self, vector: Array) -> dict[str, Array]:
        """m = 0."""
        return {"m": np.zeros_like(vector)}

    def direction(self, g: Array, learning_rate: float) -> Array:
        """α m."""
        m = self.memory["m"]
        m *= self.beta
        m += g
        return np.multiply(m, learning_rate, out=self.move)


class Nesterov(Momentum):
    """m ← 0.9 m + g, W ← W - α (g + 0.9 m): the step looks ahead (Nesterov 1983)."""

    name = "nesterov"

    def direction(self, g: Array, learning_rate: float) -> Array:
        """α (g + 0.9 m), in the form of Sutskever et al. 2013."""
        m = self.memory["m"]
        m *= self.beta
        m += g
        np.multiply(m, self.beta, out=self.move)
        self.move += g
        self.move *= learning_rate
        return self.move


class Adam(GradientDescent):
    """W ← W - α m̂ / (√s + ε), m and s the running means of g and g² (Kingma and Ba 2015)."""

    name = "adam"
    beta1: ClassVar[float] = 0.9
    beta2: ClassVar[float] = 0.999
    epsilon: ClassVar[float] = 1e-8

    def new_memory(self, vector: Array) -> dict[str, Array]:
        """m = 0, s = 0, after 0 steps."""
        zeros = np.zeros_like(vector)
        return {"m": zeros, "s": zeros.copy(), "steps": np.zeros(1)}

    def direction(self, g: Array, learning_rate: float) -> Array:
        """α m̂ / (√ŝ + ε), where m̂ and ŝ are corrected for their start at 0."""
        m, s, steps = self.memory["m"], self.memory["s"], self.memory["steps"]
        steps += 1
        move = self.move
        np.subtract(g, m, out=move)
        move *= 1 - self.beta1
        m += move
        np.multiply(g, g, out=move)
        move -= s
        move *= 1 - self.beta2
        s += move
        t = float(steps[0])
        root = math.sqrt(1 - self.beta2**t)
        np.sqrt(s, out=move)
        move += self.epsilon * root
        np.divide(m, move, out=move)
        move *= learning_rate * root / (1 - self.beta1**t)
        return move


OPTIMIZERS: Final[dict[str, type[GradientDescent]]] = {
    o.name: o for o in (GradientDescent, Momentum, Nesterov, Adam)
}
"""The kinds of gradient descent, by name."""

SCHEDULES: Final[dict[str, Callable[[float], float]]] = {
    "constant": lambda t: 1.0,  # noqa: ARG005
    "linear": lambda t: 1 - t,
    "cosine": lambda t: (1 + math.cos(math.pi * t)) / 2,
}
"""Factor of the learning rate after the fraction t of all steps, 0 ≤ t ≤ 1, by name."""
