"""A checkpoint: everything that is needed to resume a run to the same weights.

It contains the weights, the optimizer's state, the best weights and the snapshots as arrays, and
one JSON text with the state of the generator, the step, the reports, and the options of the run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from digitnet.errors import DigitnetError, WeightsError, one_line
from digitnet.files import Mark, replacing
from digitnet.learning.engine import Training
from digitnet.learning.progress import PROGRESS, Progress
from digitnet.learning.training_digits import Handwriting
from digitnet.model.history import History
from digitnet.model.history_file import FACTS as HISTORY_FACTS
from digitnet.model.history_file import as_json, from_json
from digitnet.model.npz import ZIP, read_npz
from digitnet.model.recipe import WHOLE_RECIPE, Recipe
from digitnet.model.schema import MismatchError, listed, or_none, table, text, whole
from digitnet.model.weights import NORMALISATION, saved_targets
from digitnet.nn.functions import Array

FORMAT: Final = 2
"""Version of the checkpoint; others are refused, because a run cannot change its program."""
CHECKPOINT: Final = Mark("a checkpoint of digitnet", ZIP, b"vector.npy")
OPTIONS: Final = table(
    {
        "recipe": WHOLE_RECIPE,
        "seed": whole(),
        "normalisation": NORMALISATION,
        "validation": whole(),
        "dataset": text,
        "data": text,
        "add": or_none(text),
        "own": or_none(text),
    },
    {"stretched": listed(whole(1), 0, 1000)},
)
"""Rule of `Session.options` in a file."""
FACTS: Final = table({"options": OPTIONS, "facts": PROGRESS, "history": HISTORY_FACTS})
"""A checkpoint, less the version of its format."""

_NAMED: Final = {
    "data": "the content of the data set",
    "normalisation": "the normalisation",
    "own": "the handwriting",
}
"""Names of the facts of a run that are not parameters."""

_NOT_NEGATIVE: Final = {"memory.s", "memory.steps"}
"""Arrays of Adam's that must not be negative: mean squares, and the number of steps."""


def checkpoint_path(model: Path) -> Path:
    """Path of a model's checkpoint: NAME.checkpoint.npz beside it."""
    return model.with_name(f"{model.name.removesuffix('.npz')}.checkpoint.npz")


def save_checkpoint(
    path: Path, training: Training, options: Mapping[str, Any], history: History
) -> None:
    """Write the run's state, completely or not at all.

    Parameters
    ----------
    path : Path
    training : Training
    options : mapping
        The options of the run, as JSON.
    history : History
        The history so far.

    Raises
    ------
    WeightsError
        If it cannot be written, or the existing file is not a checkpoint.
    """
    arrays: dict[str, Any] = arrays_of(training)
    if history.vectors is not None:
        arrays["moments"] = history.vectors
    head = {
        "checkpoint": FORMAT,
        "options": options,
        "facts": vars(training.progress),
        "history": as_json(history),
    }
    about = np.array(json.dumps(head))
    with replacing(path, WeightsError, CHECKPOINT) as file:
        np.savez(file, about=about, **arrays)


class Checkpoint:
    """A checkpoint read from a file.

    Attributes
    ----------
    options : dict
        The options of the run, of which these are also attributes:
    recipe : Recipe
    seed, validation : int
    targets : MomentTargets or None
    dataset : str
    add, own : str or None
        Name and hash of the user's handwriting, if there is any.
    history : History
        The history of the run.

    Raises
    ------
    WeightsError
        If the file is missing, damaged or of another version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.exists():
            raise WeightsError(
                f"{path}: there is nothing to resume.",
                "Expected the checkpoint of an earlier run, found no such file.",
                "Begin a new run, or name the model of the run that stopped.",
            )
        head, self.arrays = read_npz(path)
        version = head.get("checkpoint")
        if version != FORMAT or isinstance(version, bool):
            raise self._unusable(f"version {version}" if version else "something else")
        del head["checkpoint"]
        try:
            FACTS("", head)
            self.recipe = Recipe.of(head["options"]["recipe"])
            self.targets = saved_targets(head["options"]["normalisation"])
            self.history = from_json(head["history"], self.arrays.pop("moments", None))
        except (MismatchError, DigitnetError) as error:
            reason = error.found if isinstance(error, DigitnetError) else str(error)
            raise self._unusable(f"one with {reason}") from error
        self.facts: dict[str, Any] = head["facts"]
        self.options: dict[str, Any] = head["options"]
        self.seed, self.validation = self.options["seed"], self.options["validation"]
        self.dataset = self.options["dataset"]
        self.add, self.own = self.options["add"], self.options["own"]

    def __repr__(self) -> str:
        return f"Checkpoint({self.path}, step {self.facts.get('step')})"

    def refuse_other(self, options: Mapping[str, Any]) -> None:
        """Compare with the options of the resumed run.

        Raises
        ------
        WeightsError
            If one of them differs, naming it.
        """
        before, now = _flat(self.options), _flat(json.loads(json.dumps(options)))
        before["add"] = now["add"]  # the folder may have moved: its hash is compared
        before["epochs"] = now["epochs"]  # a run may be extended (see `stretched`)
        before.pop("stretched", None)  # has no effect on this part of the run
        for name in before | now:
            if before.get(name) != now.get(name):
                changed = _NAMED.get(name, "{parameter}")
                raise WeightsError(
                    f"{self.path} cannot be resumed: {changed} has changed.",
                    f"Expected {before.get(name)}, found {now.get(name)}.",
                    "Give the options and the data of the first run, or begin a new one.",
                    None if name in _NAMED else name,
                )

    def stretched(self, recipe: Recipe) -> list[int]:
        """Numbers of epochs planned before, if the steps depend on them and they have changed."""
        before: list[int] = self.options.get("stretched", [])
        depends = recipe.schedule != "constant" or recipe.warm_up or recipe.augment
        return (
            [*before, self.recipe.epochs]
            if depends and recipe.epochs != self.recipe.epochs
            else before
        )

    def knows(self, own: Handwriting) -> bool:
        """Whether the stopped run was training on this handwriting."""
        return bool(self.own == own.learned.sha256)

    def restore(self, training: Training) -> None:
        """Restore the state of the stopped run.

        Raises
        ------
        WeightsError
            If the state does not fit the run.
        """
        targets = arrays_of(training)
        expected = {name: (array.shape, array.dtype) for name, array in targets.items()}
        found = {name: (array.shape, array.dtype) for name, array in self.arrays.items()}
        if found != expected:
            raise self._unusable(f"the arrays {found}")
        for name, array in self.arrays.items():
            if not np.isfinite(array).all():
                raise self._unusable(f"NaN or infinity in {name}")
            if name in _NOT_NEGATIVE and array.min(initial=0) < 0:
                raise self._unusable(f"{name} below 0")
            targets[name][:] = array
        training.rng.bit_generator.state = self.facts["rng"]
        training.progress = Progress(**self.facts)

    def _unusable(self, found: str) -> WeightsError:
        return WeightsError(
            f"{self.path} cannot be resumed.",
            f"Expected a checkpoint of version {FORMAT}, found {one_line(found)}.",
            "Begin a new run.",
        )


def arrays_of(training: Training) -> dict[str, Array]:
    """The arrays that are needed to resume a run, not copied."""
    memory = {f"memory.{name}": array for name, array in training.descent.memory.items()}
    return {"vector": training.network.parameters.vector, "best": training.best, **memory}


def _flat(options: Mapping[str, Any]) -> dict[str, Any]:
    return {**options["recipe"], **{k: v for k, v in options.items() if k != "recipe"}}
