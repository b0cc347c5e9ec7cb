"""What a training run begins with: nothing, where another stopped, or a model to be taught."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from digitnet.cli import load
from digitnet.errors import TrainingError, WeightsError
from digitnet.images.form.moments import DEFAULT_TARGETS, MomentTargets
from digitnet.learning.checkpoint import Checkpoint, checkpoint_path
from digitnet.learning.handwriting import Handwriting
from digitnet.learning.session import Session
from digitnet.model.model import Model
from digitnet.nn.recipe import Recipe, preset


@dataclass(frozen=True)
class Asked:
    """What the user said; None where nothing was."""

    preset: str | None
    options: dict[str, Any]
    seed: int | None
    validation: int | None
    raw: bool
    dataset: str | None
    add: Path | None

    def recipe(self, before: Recipe | None = None) -> Recipe:
        """Change the preset, or what there was before, by the options."""
        if before is None or self.preset is not None:
            before = preset(self.preset or "essay", self.options.get("hidden", (15,)))
        return replace(before, **self.options)

    def or_as_in(self, stopped: Checkpoint) -> Asked:
        """What was not said is as in the run that stopped."""
        return replace(
            self,
            seed=stopped.seed if self.seed is None else self.seed,
            validation=stopped.validation if self.validation is None else self.validation,
            raw=self.raw or stopped.raw,
            dataset=self.dataset or stopped.dataset,
            add=self.add or (Path(stopped.add) if stopped.add else None),
        )


def begin(
    asked: Asked, path: Path, data_dir: Path, mirror: Sequence[str] | None, *, resume: bool
) -> Session:
    """Make the run.

    With `resume` it stands where an earlier one stopped. Where handwriting is to be learned that
    no earlier run knew, the model at `path`, or the small one that comes along, is taught it.

    Raises
    ------
    DigitnetError
        If something does not fit together, or cannot be read.
    """
    own = load.handwriting(asked.add) if asked.add else None
    stopped = Checkpoint(checkpoint_path(path)) if resume and _goes_on(path, own) else None
    taught = load.model_before(path)[0] if resume and not stopped else None
    if stopped:
        asked = asked.or_as_in(stopped)
        own = own or (load.handwriting(asked.add) if asked.add else None)
    # Before the data: a wrong option should not cost a download.
    recipe = asked.recipe(stopped.recipe if stopped else _recipe_of(taught, path))
    digits = load.digits(asked.dataset, data_dir, mirror)
    session = Session(
        digits,
        recipe,
        seed=secrets.randbelow(2**32) if asked.seed is None else asked.seed,
        targets=_targets(asked, taught),
        validation=asked.validation,
        cache=load.cache(digits, data_dir),
        own=own,
        begin=taught.network if taught else None,
    )
    if stopped:
        session.resume(stopped)
    return session


def _goes_on(path: Path, own: Handwriting | None) -> bool:
    """Whether the checkpoint, not the model, is what to go on from."""
    stopped = checkpoint_path(path)
    if own is None:
        return True
    return stopped.exists() and Checkpoint(stopped).own == own.learned.sha256


def _targets(asked: Asked, taught: Model | None) -> MomentTargets | None:
    """Normalise as the taught model does, which has learned no other pictures."""
    if taught is None:
        return None if asked.raw else DEFAULT_TARGETS
    if asked.raw and taught.normalisation:
        raise TrainingError(
            "A model that knows normalised digits cannot be taught raw ones.",
            "Expected no --raw, found it.",
            "Leave it away, or train anew, without --resume.",
        )
    return taught.normalisation


def _recipe_of(model: Model | None, path: Path) -> Recipe | None:
    """Recipe that the model was trained with; the essay's, if the file does not tell.

    Raises
    ------
    WeightsError
        If it is a recipe of another version.
    """
    if model is None:
        return None
    if "recipe" not in model.about:
        network = model.network
        plain = preset("essay", network.sizes[1:-1])
        return replace(plain, activation=network.f.name, cost=network.cost.name)
    try:
        return Recipe.of(model.about["recipe"])
    except (KeyError, TypeError, ValueError) as error:
        raise WeightsError(
            f"{path} cannot be taught.",
            f"Expected a recipe of this digitnet, found one that lacks or adds something: {error}.",
            "Train anew, without --resume.",
        ) from error
