"""The named recipes: everything that decides how a network is trained."""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from digitnet.errors import TrainingError
from digitnet.nn.costs import COSTS
from digitnet.nn.descent import OPTIMIZERS, SCHEDULES
from digitnet.nn.functions import ACTIVATIONS, named

_LAST_STRENGTH: Final = 0.2


@dataclass(frozen=True)
class Recipe:
    """How a network is made and trained; the defaults are the plainest.

    Attributes
    ----------
    hidden : tuple of int
        Neurons of each hidden layer.
    activation, cost, optimizer, schedule : str
        Names from `digitnet.nn.functions` and `digitnet.nn.descent`.
    learning_rate : float
        α at the start.
    epochs : int
        Times that every training digit is used.
    batch_size : int
        Examples whose gradients are averaged for one step.
    l2 : float
        Weight decay per step, times α.
    warm_up : float
        Share of all steps, 0 to 1, in which α rises from 0.
    clip : float or None
        Longest gradient, over all weights, that is followed as it is.
    patience : int or None
        Stop after so many epochs without a better validation accuracy, and keep the best.
    augment : bool
        Distort every digit anew in each epoch, less and less.
    continental : float
        Share of the 1s, 4s, 7s and 9s to write as in Europe before training (see
        `digitnet.synthesis.european`).
    written : float
        Digits written stroke by stroke for each digit (see `digitnet.synthesis.drawn`).
    coarse : float
        Share of the digits to show with few pixels (`digitnet.synthesis.low_resolution`).
    nothing : float
        Pictures of no digit that are learned for each digit (see `digitnet.synthesis.non_digits`):
        0 is wanted of every output.
    inputs : str
        What the network sees of a digit, by its name in `digitnet.images.form.inputs`.

    Raises
    ------
    TrainingError
        For a number that is zero, negative or not finite where that makes no sense, and
        for an unknown name.
    """

    hidden: tuple[int, ...] = (15,)
    activation: str = "sigmoid"
    cost: str = "quadratic"
    optimizer: str = "sgd"
    learning_rate: float = 1.0
    schedule: str = "constant"
    epochs: int = 15
    batch_size: int = 32
    l2: float = 0.0
    warm_up: float = 0.0
    clip: float | None = None
    patience: int | None = None
    augment: bool = False
    continental: float = 0.0
    written: float = 0.0
    coarse: float = 0.0
    nothing: float = 0.0
    inputs: str = "pixels"

    def __post_init__(self) -> None:
        for size in self.hidden:
            _expect(_counts(size), "hidden", size, "1 or more neurons in every hidden layer")
        _expect(_counts(self.epochs), "epochs", self.epochs, "1 or more")
        _expect(_counts(self.batch_size), "batch_size", self.batch_size, "1 or more")
        rate = self.learning_rate
        _expect(0 < rate < math.inf, "learning_rate", rate, "a number above 0")
        _expect(0 <= self.l2 < math.inf, "l2", self.l2, "0 or a number above it")
        _expect(0 <= self.warm_up < 1, "warm_up", self.warm_up, "a share from 0 to below 1")
        _expect(0 <= self.continental <= 1, "continental", self.continental, "a share from 0 to 1")
        _expect(0 <= self.written <= 10, "written", self.written, "a number from 0 to 10")
        _expect(0 <= self.coarse <= 1, "coarse", self.coarse, "a share from 0 to 1")
        _expect(0 <= self.nothing <= 10, "nothing", self.nothing, "a number from 0 to 10")
        low = not self.nothing or self.cost != "softmax-cross-entropy"
        _expect(low, "nothing", self.nothing, "0 with a softmax: its outputs sum to 1")
        if self.clip is not None:
            _expect(0 < self.clip < math.inf, "clip", self.clip, "a number above 0")
        if self.patience is not None:
            _expect(self.patience >= 1, "patience", self.patience, "1 or more")
        named(ACTIVATIONS, self.activation, "activation")
        named(COSTS, self.cost, "cost")
        named(OPTIMIZERS, self.optimizer, "optimizer")
        named(SCHEDULES, self.schedule, "schedule")

    def __repr__(self) -> str:
        values = ((field, getattr(self, field.name)) for field in fields(self))
        changed = [f"{field.name}={value!r}" for field, value in values if value != field.default]
        return f"Recipe({', '.join(changed)})"

    @classmethod
    def of(cls, saved: Mapping[str, Any]) -> Recipe:
        """Make a recipe of what `dataclasses.asdict` gave, even after it was JSON."""
        return cls(**{**saved, "hidden": tuple(saved["hidden"])})

    def learning_rate_at(self, t: float) -> float:
        """α · schedule(t) · min(1, t / warm-up), after the share t of all steps."""
        rate = self.learning_rate * SCHEDULES[self.schedule](t)
        return rate * t / self.warm_up if t < self.warm_up else rate

    def strength_at(self, t: float) -> float:
        """1 - 0.8 t: of the distortion, after the share t of all epochs.

        The last digits should look much like those to be read.
        """
        return 1 - (1 - _LAST_STRENGTH) * t

    def check_means(self, *, distort: bool, validation: bool) -> None:
        """Refuse to train without what the recipe asks for.

        Raises
        ------
        TrainingError
            If digits should be distorted and nothing does it, or patience has nothing to watch.
        """
        if self.augment and not distort:
            raise TrainingError(
                "This recipe distorts its digits, and nothing was given to do it with.",
                "Expected a function for the parameter distort, found none.",
                "Give digitnet.synthesis.augment.augment, or a recipe without augment.",
            )
        if self.patience is not None and not validation:
            raise TrainingError(
                "Patience needs validation digits to watch.",
                f"Expected some, found none with {{parameter}} {self.patience}.",
                "Hold some out for validation, or leave out {parameter}.",
                "patience",
            )


def _counts(number: object) -> bool:
    return isinstance(number, numbers.Integral) and int(number) >= 1


def _expect(good: bool, parameter: str, found: object, expected: str) -> None:
    if not good:
        raise TrainingError(
            f"{{parameter}} {found} cannot be used.",
            f"Expected {expected}, found {found}.",
            "Choose another value for {parameter}.",
            parameter,
        )
