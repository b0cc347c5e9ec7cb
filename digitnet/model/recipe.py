"""A recipe: the hyperparameters of a training run, in one table.

Type, default, rule and help of each parameter are here only. The checks, the options of
``digitnet train``, the facts of a recipe in a file and the documentation follow from them. NumPy is
not imported, because the command line needs this module before it loads anything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any, Final

from digitnet.errors import TrainingError
from digitnet.model.schema import MismatchError, Rule, listed, number, one_of, table, truth, whole

NETWORK: Final = "The network"
DESCENT: Final = "Gradient descent"
DIGITS: Final = "The digits"

OLD_VALUES: Final = {"directions": "orientations"}
"""Old and current names of the inputs."""


@dataclass(frozen=True)
class Parameter:
    """The description of a parameter of a recipe.

    Attributes
    ----------
    group : str
        Its group in the help: the network, the descent, or the digits.
    help : str
        Its description.
    rule : callable
        Raises `MismatchError` for a value that is not allowed.
    metavar : str
        Placeholder of its value on the command line.
    choices : tuple of str
        Its values, where they are names.
    optional : bool
        Whether it may be None.
    old : str
        Its earlier name.
    later : bool
        Whether older files lack it, so that the default applies.
    """

    group: str
    help: str
    rule: Rule
    metavar: str = "NAME"
    choices: tuple[str, ...] = ()
    optional: bool = False
    old: str = ""
    later: bool = False

    def check(self, name: str, value: Any) -> None:
        """Raise `MismatchError` if this value is not allowed."""
        if value is not None or not self.optional:
            self.rule(name, value)


def _parameter(default: Any, group: str, help_: str, rule: Rule, *about: Any, **more: Any) -> Any:
    """Make a field of `Recipe`, described by a `Parameter`."""
    parameter = Parameter(group, help_, rule, *about, **more)
    return field(default=default, metadata={"parameter": parameter})


def _choice(default: str, group: str, help_: str, *choices: str, **more: Any) -> Any:
    """Make a field that is one of some names."""
    rule, told = one_of(choices), f"{', '.join(choices[:-1])} or {choices[-1]}: {help_}"
    return _parameter(default, group, told, rule, choices=choices, **more)


_share = partial(_parameter, 0.0, DIGITS, metavar="SHARE")


@dataclass(frozen=True)
class Recipe:
    """How a network is made and trained.

    The default is the essay's network: plain gradient descent, with a learning rate that falls to 0
    and a small weight decay.
    """

    hidden: tuple[int, ...] = _parameter(
        (15,), NETWORK, "Neurons of a hidden layer. Repeatable.", listed(whole(1), 0, 100), "N"
    )
    activation: str = _choice(
        "sigmoid", NETWORK, "f of every layer.", "sigmoid", "relu", "tanh", "leaky-relu", "step",
        metavar="f",
    )  # fmt: skip
    cost: str = _choice(
        "quadratic", NETWORK, "the cost to minimise.",
        "quadratic", "cross-entropy", "softmax-cross-entropy",
        metavar="c",
    )  # fmt: skip
    optimizer: str = _choice(
        "sgd", DESCENT, "kind of gradient descent.", "sgd", "momentum", "nesterov", "adam"
    )
    learning_rate: float = _parameter(
        2.0, DESCENT, "Learning rate at the start.", number(0, above=True), "RATE"
    )
    schedule: str = _choice(
        "linear", DESCENT, "how the learning rate falls.", "constant", "linear", "cosine"
    )
    epochs: int = _parameter(15, DESCENT, "Passes over the training digits.", whole(1), "N")
    batch_size: int = _parameter(32, DESCENT, "Digits of a mini-batch.", whole(1), "N")
    l2: float = _parameter(
        1e-4, DESCENT, "Weight decay per step, times the learning rate.", number(0), "RATE"
    )
    warm_up: float = _parameter(
        0.0,
        DESCENT,
        "Share of the run in which the rate rises from 0.",
        number(0, 1, below=True),
        "SHARE",
    )
    clip: float | None = _parameter(
        None, DESCENT, "Clip gradients to this norm.", number(0, above=True), "LENGTH",
        optional=True,
    )  # fmt: skip
    patience: int | None = _parameter(
        None, DESCENT, "Stop after N epochs without progress; keep the best.", whole(1), "N",
        optional=True,
    )  # fmt: skip
    augment: bool = _parameter(
        False,
        DIGITS,
        "Distort the digits, differently in each epoch and less towards the end.",
        truth,
    )
    european: float = _share(
        "Share of the 1s, 4s, 7s and 9s redrawn as in Europe.", number(0, 1), old="continental"
    )
    drawn: float = _share(
        "Digits drawn from strokes, for each training digit.", number(0, 10), old="written",
        later=True,
    )  # fmt: skip
    low_resolution: float = _share(
        "Share of the digits shrunk to 8 to 12 rows and back.", number(0, 1), old="coarse",
        later=True,
    )  # fmt: skip
    non_digits: float = _share(
        "Pictures of no digit, for each training digit.", number(0, 10), old="nothing", later=True
    )
    inputs: str = _choice(
        "pixels", DIGITS, "input of the network.", "pixels", "orientations", later=True
    )

    def __post_init__(self) -> None:
        try:
            for name, parameter in PARAMETERS.items():
                parameter.check(name, getattr(self, name))
        except MismatchError as error:
            raise refused(name, error.found, error.expected) from error
        if self.non_digits and self.cost == "softmax-cross-entropy":
            expected = "0 with a softmax: its outputs sum to 1"
            raise refused("non_digits", self.non_digits, expected)

    def __repr__(self) -> str:
        values = ((field, getattr(self, field.name)) for field in fields(self))
        changed = [f"{field.name}={value!r}" for field, value in values if value != field.default]
        return f"Recipe({', '.join(changed)})"

    @classmethod
    def of(cls, saved: Mapping[str, Any]) -> Recipe:
        """Make a recipe of the output of `dataclasses.asdict`, also after JSON."""
        return cls(**{**saved, "hidden": tuple(saved["hidden"])})


PARAMETERS: Final[dict[str, Parameter]] = {
    one.name: one.metadata["parameter"] for one in fields(Recipe)
}
"""The parameters of a recipe, by name."""

_ATTRIBUTES: Final = "\n".join(
    f"    {one.name} : {one.type}\n        {PARAMETERS[one.name].help}" for one in fields(Recipe)
)
Recipe.__doc__ = f"""{Recipe.__doc__}
    Attributes
    ----------
{_ATTRIBUTES}

    Raises
    ------
    TrainingError
        If one of them is out of its range.
    """

_NEEDED: Final = {name: one.check for name, one in PARAMETERS.items() if not one.later}
_LATER: Final = {name: one.check for name, one in PARAMETERS.items() if one.later}
WHOLE_RECIPE: Final = table(_NEEDED, _LATER)
"""Rule for the facts of a complete recipe in a file."""
RECIPE_FACTS: Final = table({}, _NEEDED | _LATER, more=True)
"""Rule for an incomplete one, which may have parameters of a newer digitnet."""


def renamed(saved: Mapping[str, Any]) -> dict[str, Any]:
    """Replace old names of parameters and inputs by the current ones."""
    names = {one.old: name for name, one in PARAMETERS.items() if one.old}
    found = {names.get(name, name): value for name, value in saved.items()}
    if isinstance(inputs := found.get("inputs"), str):
        found["inputs"] = OLD_VALUES.get(inputs, inputs)
    return found


def refused(parameter: str, found: object, expected: str) -> TrainingError:
    """Make the error for a value of a parameter that is not allowed."""
    return TrainingError(
        f"{{parameter}} {found} cannot be used.",
        f"Expected {expected}, found {found}.",
        "Choose another value for {parameter}.",
        parameter,
    )
