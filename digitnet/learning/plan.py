"""Plan a training run: from scratch, from a checkpoint, or from a model to fine-tune."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from digitnet.datasets.digits import DigitSet
from digitnet.errors import TrainingError, WeightsError
from digitnet.images.form.moments import DEFAULT_TARGETS, MomentTargets
from digitnet.learning.checkpoint import Checkpoint
from digitnet.learning.presets import preset
from digitnet.learning.session import Session
from digitnet.learning.training_digits import Handwriting
from digitnet.model.model import Model
from digitnet.model.recipe import Recipe, refused


@dataclass(frozen=True)
class Plan:
    """Everything about a run that is decided before the digits are loaded.

    A plan of a recipe alone starts from scratch; `resume` and `teach` make the others.

    Parameters
    ----------
    recipe : Recipe
    seed : int, optional
        Seed of the generator for the first weights and the order of the examples; random by
        default.
    targets : MomentTargets or None
        How digits are normalised; None: not at all.
    validation : int, optional
        Number of held-out training digits, the last ones; by default 5,000, at most an eighth.
    taught : Model, optional
        The model to fine-tune.
    stopped : Checkpoint, optional
        The checkpoint to resume.

    Raises
    ------
    TrainingError
        If the seed is negative, or the model has another recipe or normalisation.
    """

    recipe: Recipe
    seed: int = field(default_factory=lambda: secrets.randbelow(2**32))
    targets: MomentTargets | None = DEFAULT_TARGETS
    validation: int | None = None
    taught: Model | None = None
    stopped: Checkpoint | None = None

    def __post_init__(self) -> None:
        if self.seed < 0:
            raise refused("seed", self.seed, "0 or more")
        if self.taught is not None:
            _check_taught(self.taught, self.recipe, self.targets)

    def __repr__(self) -> str:
        begun = self.stopped or self.taught
        begins = "nothing" if begun is None else repr(begun)
        return f"Plan({self.recipe!r}, seed {self.seed}, begins with {begins})"

    def start(
        self, digits: DigitSet, own: Handwriting | None = None, cache: Path | None = None
    ) -> Session:
        """Make the session, ready for its first or next epoch.

        Parameters
        ----------
        digits : DigitSet
        own : Handwriting, optional
            The user's handwriting, to train on with the others.
        cache : Path, optional
            Folder for normalised digits, which later runs reuse.

        Raises
        ------
        WeightsError
            If the checkpoint has other digits or options.
        TrainingError, DataError
            If the digits are too few for the recipe.
        """
        run = Session(
            digits,
            self.recipe,
            seed=self.seed,
            targets=self.targets,
            validation=self.validation,
            cache=cache,
            own=own,
        )
        if self.taught is not None:
            # Only now: the cost of a trained network must not be the limit of divergence.
            run.network.parameters.vector[:] = self.taught.network.parameters.vector
        if self.stopped is not None:
            run.resume(self.stopped)
        return run


def resume(path: Path | str, **changes: Any) -> Plan:
    """Resume a stopped run.

    Parameters
    ----------
    path : path
        Its checkpoint.
    **changes
        To the recipe, by name. More ``epochs`` extend the run, with a stretched schedule; all other
        changes are refused when the run starts.

    Raises
    ------
    WeightsError
        If the checkpoint is missing, damaged or of another version.
    """
    stopped = Checkpoint(Path(path))
    recipe = replace(stopped.recipe, **changes)
    return Plan(recipe, stopped.seed, stopped.targets, stopped.validation, stopped=stopped)


def teach(model: Model, name: str = "The model", **changes: Any) -> Plan:
    """Fine-tune a model, with its recipe.

    Parameters
    ----------
    model : Model
    name : str
        Its name in messages.
    **changes
        To the recipe, by name, such as ``epochs=3``.

    Raises
    ------
    WeightsError
        If the model's recipe is from another version.
    TrainingError
        If the changes require another network.
    """
    recipe = replace(_recipe_of(model, name), **changes)
    return Plan(recipe, targets=model.normalisation, taught=model)


def _recipe_of(model: Model, name: str) -> Recipe:
    """Recipe of the model; the essay's, if the file has none."""
    if "recipe" not in model.about:
        network = model.network
        plain = preset("essay", network.sizes[1:-1])
        return replace(
            plain, activation=network.f.name, cost=network.cost.name, inputs=model.inputs
        )
    try:
        return Recipe.of(model.about["recipe"])
    except (KeyError, TypeError, ValueError) as error:
        raise WeightsError(
            f"{name} cannot be taught.",
            f"Expected a recipe of this digitnet, found one that lacks or adds something: {error}.",
            "Train a new model.",
        ) from error


def _check_taught(model: Model, recipe: Recipe, targets: MomentTargets | None) -> None:
    network = model.network
    for other, parameter, expected, found in (
        ("other inputs", "inputs", model.inputs, recipe.inputs),
        ("other layers", "hidden", network.sizes, (network.sizes[0], *recipe.hidden, 10)),
        ("another activation", "activation", network.f.name, recipe.activation),
        ("another cost", "cost", network.cost.name, recipe.cost),
    ):
        if expected != found:
            raise TrainingError(
                f"A trained network cannot go on with {other}.",
                f"Expected {expected}, found {found}.",
                "Leave out {parameter}, or train a new model.",
                parameter,
            )
    if targets != model.normalisation:
        known = "raw" if model.normalisation is None else "normalised"
        new = (
            "raw" if targets is None else "normalised" if known == "raw" else "otherwise normalised"
        )
        raise TrainingError(
            f"A model that knows {known} digits cannot be taught {new} ones.",
            f"Expected {known} digits, found {new} ones.",
            "Prepare the digits as the model's were, or train a new model.",
        )
