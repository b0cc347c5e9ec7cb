"""A training session: from a data set and a recipe to a model with its scores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np

import digitnet
from digitnet.datasets.digits import Digits, DigitSet
from digitnet.images.moments import DEFAULT_TARGETS, MomentTargets, moment_normalise
from digitnet.nn.certainty import fit_certainty
from digitnet.nn.evaluation import evaluate
from digitnet.nn.network import Network
from digitnet.nn.presets import Recipe
from digitnet.nn.training import EpochReport, train
from digitnet.weights import Model

VALIDATION = 5000
"""Training digits held out by default, but at most an eighth of them."""


class Session:
    """One run: digits are split and normalised, the network is made, trained and scored.

    Parameters
    ----------
    digits : DigitSet
    recipe : Recipe
    seed : int
        Of the one generator that draws the first weights and every epoch's order.
    targets : MomentTargets or None
        How digits are normalised; None: pixels as they are.
    validation : int, optional
        Training digits held out, the last ones; by default 5,000 or an eighth.
    """

    def __init__(
        self,
        digits: DigitSet,
        recipe: Recipe,
        *,
        seed: int,
        targets: MomentTargets | None = DEFAULT_TARGETS,
        validation: int | None = None,
    ) -> None:
        self.digits, self.recipe, self.seed, self.targets = digits, recipe, seed, targets
        held_out = min(VALIDATION, len(digits.train) // 8) if validation is None else validation
        self.training, self.validation = self._seen(digits.train).split(held_out)
        self.rng = np.random.default_rng(seed)
        pixels = int(np.prod(digits.train.images.shape[1:]))
        sizes = (pixels, *recipe.hidden, 10)
        self.network = Network(sizes, recipe.activation, recipe.cost, self.rng)
        self.reports: list[EpochReport] = []

    def _seen(self, digits: Digits) -> Digits:
        if self.targets is None:
            return digits
        return Digits(moment_normalise(digits.images, self.targets), digits.labels)

    def epochs(self) -> Iterator[EpochReport]:
        """Train, an epoch at a time.

        Raises
        ------
        TrainingError
            As `digitnet.nn.training.train` does.
        """
        validation = self.validation if len(self.validation) else None
        for report in train(
            self.network, self.training, self.recipe, rng=self.rng, validation=validation
        ):
            self.reports.append(report)
            yield report

    def model(self) -> Model:
        """Score the network as it is now, on the test digits too, and say where it comes from."""
        held_out = evaluate(self.network, self.validation) if len(self.validation) else None
        test = evaluate(self.network, self._seen(self.digits.test))
        scores: dict[str, Any] = {
            "training_cost": self.reports[-1].cost if self.reports else None,
            "validation_accuracy": held_out and held_out.accuracy,
            "test_accuracy": test.accuracy,
            "test_count": len(test.labels),
        }
        about = {
            "digitnet": digitnet.__version__,
            "recipe": asdict(self.recipe),
            "epochs": len(self.reports),
            "seed": self.seed,
            "dataset": self.digits.name,
            "dataset_sha256": self.digits.sha256,
            "scores": scores,
        }
        certainty = fit_certainty(
            held_out.outputs if held_out else np.empty((0, self.network.sizes[-1])),
            self.validation.labels,
        )
        return Model(self.network, self.targets, certainty, about)
