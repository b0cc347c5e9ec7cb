"""A training session: from a data set and a recipe to a model with its scores."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from digitnet.datasets.digits import DigitSet
from digitnet.datasets.normalised import normalised
from digitnet.images.form.inputs import INPUTS
from digitnet.images.form.moments import DEFAULT_TARGETS, MomentTargets
from digitnet.learning.checkpoint import Checkpoint, save_checkpoint
from digitnet.learning.comparison import ENOUGH, score
from digitnet.learning.engine import Training
from digitnet.learning.training_digits import Handwriting, held_out, training_digits
from digitnet.model.certainty import Certainty, fit_certainty
from digitnet.model.history import EpochReport, History
from digitnet.model.history_file import history_path, save_history
from digitnet.model.model import Model
from digitnet.model.recipe import Recipe
from digitnet.nn.functions import named
from digitnet.nn.network import Network
from digitnet.version import VERSION


class Session:
    """One run: split and normalise digits, make, train and score the network.

    Parameters
    ----------
    digits : DigitSet
    recipe : Recipe
    seed : int
        Seed of the generator for the first weights and the order of the examples.
    targets : MomentTargets or None
        How digits are normalised; None: not at all.
    validation : int, optional
        Number of held-out training digits, the last ones; by default 5,000, at most an eighth.
    cache : Path, optional
        Folder for normalised digits, which later runs reuse.
    own : Handwriting, optional
        The user's handwriting, to train on with the others.
    clock : callable
        Time in seconds.

    Attributes
    ----------
    history : History
        The reports and snapshots so far.
    options : dict
        The options that determine the weights, by name, as JSON; a resumed run must have the same.
    """

    def __init__(
        self,
        digits: DigitSet,
        recipe: Recipe,
        *,
        seed: int,
        targets: MomentTargets | None = DEFAULT_TARGETS,
        validation: int | None = None,
        cache: Path | None = None,
        own: Handwriting | None = None,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        self.digits, self.recipe, self.seed, self.targets = digits, recipe, seed, targets
        self.cache, self.own = cache, own
        rng = np.random.default_rng(seed)
        learned, checked = held_out(digits.train, validation)
        self.learned, taught = training_digits(learned, targets, rng, recipe, own=own, cache=cache)
        self.validation = normalised(checked, targets, cache)
        self.inputs = named(INPUTS, recipe.inputs, "kind of input").of
        sizes = (self.inputs(digits.train.images[:1]).shape[1], *recipe.hidden, 10)
        self.network = Network(sizes, recipe.activation, recipe.cost, rng)
        self.training = Training(
            self.network,
            taught,
            recipe,
            rng=rng,
            validation=self.validation if len(checked) else None,
            inputs=self.inputs,
            clock=clock,
        )
        self.history = History.of(self.network, recipe.inputs)
        self.options = self._options()

    def __repr__(self) -> str:
        name, epoch, of = self.digits.name, self.training.epoch, self.recipe.epochs
        return f"Session({self.network!r} on {name}, epoch {epoch} of {of}, seed {self.seed})"

    def _options(self) -> dict[str, Any]:
        return {
            "recipe": asdict(self.recipe),
            "seed": self.seed,
            "normalisation": self.targets and asdict(self.targets),
            "validation": len(self.validation),
            "dataset": self.digits.name,
            "data": self.digits.train.sha256,
            "add": self.own and self.own.name,
            "own": self.own and self.own.learned.sha256,
        }

    def resume(self, checkpoint: Checkpoint) -> None:
        """Resume a stopped run with the same options, possibly for more epochs.

        If the learning rate or the distortions depend on the number of epochs, they continue as if
        the new number had been planned. The weights then differ from those of a run from the start,
        and ``options["stretched"]`` has the numbers of epochs planned before.

        Raises
        ------
        WeightsError
            If an option or the data differ, or the checkpoint is damaged.
        """
        checkpoint.refuse_other(self.options)
        if stretched := checkpoint.stretched(self.recipe):
            self.options["stretched"] = stretched
        checkpoint.restore(self.training)
        self.training.finish()
        self.history = checkpoint.history

    def epochs(
        self, checkpoint: Path | str | None = None, stop: Callable[[], bool] = lambda: False
    ) -> Iterator[EpochReport]:
        """Train as `reports` does, and yield the report on each whole epoch."""
        return (report for report in self.reports(checkpoint, stop) if report.whole)

    def reports(
        self, checkpoint: Path | str | None = None, stop: Callable[[], bool] = lambda: False
    ) -> Iterator[EpochReport]:
        """Train from report to report, and write a checkpoint before each is yielded.

        Parameters
        ----------
        checkpoint : path, optional
            Its path; by default none is written.
        stop : callable
            Called before every mini-batch; True stops the run.

        Yields
        ------
        EpochReport
            As `digitnet.learning.engine.Training.reports` does.

        Raises
        ------
        TrainingError
            As `digitnet.learning.engine.Training.reports` does.
        WeightsError
            If the checkpoint cannot be written.
        """
        for report in chain(self.training.reports(stop), [None]):
            if report is not None:
                self.history = self.history.seen(report, self.network.parameters.vector)
            # After the last report, only a stop within an epoch leaves something new.
            new = report is not None or self.training.within_epoch or not self.training.epoch
            if checkpoint is not None and new:
                save_checkpoint(Path(checkpoint), self.training, self.options, self.history)
            if report is not None:
                yield report

    def save(self, path: Path | str, model: Model | None = None) -> Model | None:
        """Save the weights of the run, however it ended.

        After the last epoch they are the last ones, or the best with patience; after a stop, those
        of the last step; after a divergence, the best so far. Weights of less than an epoch are not
        saved, and an existing file is kept. The history is saved beside the model (see
        `digitnet.model.history_file`).

        Parameters
        ----------
        path : path
        model : Model, optional
            What `model` returned, if it was asked already.

        Returns
        -------
        Model or None
            The saved model.

        Raises
        ------
        WeightsError
            If a file cannot be written.
        """
        if not self.training.progress.kept:
            return None
        history = self.history
        if self.training.within_epoch:  # after a stop, the weights are those of any step
            history = history.seen(self.training.report(), self.network.parameters.vector)
        model = model or self.model()
        model.save(path)
        save_history(history_path(Path(path)), history.led_to(self.network))
        return model

    def model(self) -> Model:
        """Make a model of the current network, scored on the test digits, with its provenance."""
        bare = Model(self.network, self.targets, inputs=self.recipe.inputs)
        tested = asdict(score(bare, self.digits, self.own, self.cache))
        scores = {
            "training_cost": self.training.progress.last_cost,
            "validation_accuracy": None,
            **{name: value for name, value in tested.items() if value is not None},
        }
        if max(len(self.validation), len(self.digits.test)) < ENOUGH:
            scores["training_accuracy"] = bare.evaluate(self.learned, prepared=True).accuracy
        certainty = Certainty()
        if len(self.validation):
            checked = bare.evaluate(self.validation, prepared=True)
            scores["validation_accuracy"] = checked.accuracy
            certainty = fit_certainty(checked.outputs, checked.labels)
        about = {
            "digitnet": VERSION,
            "recipe": self.options["recipe"],
            "epochs": self.training.progress.kept,
            "seed": self.seed,
            "dataset": self.digits.name,
            "dataset_sha256": self.options["data"],
            "scores": scores,
        }
        for fact, option in (("stretched", "stretched"), ("own_sha256", "own")):
            if self.options.get(option):
                about[fact] = self.options[option]
        return Model(self.network, self.targets, certainty, about, self.recipe.inputs)
