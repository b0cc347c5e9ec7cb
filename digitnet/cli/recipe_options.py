"""The options of `digitnet train` for a recipe, made from the recipe's own table."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any, Literal, get_args, get_type_hints

import typer

from digitnet.learning.presets import PRESETS, preset
from digitnet.model.recipe import DIGITS, OLD_VALUES, PARAMETERS, Parameter, Recipe, renamed

Validation = Annotated[
    int | None,
    typer.Option(
        help="Training digits held out to score each epoch.",
        metavar="N",
        show_default="5000, at most an eighth",
        rich_help_panel=DIGITS,
    ),
]
Raw = Annotated[
    bool,
    typer.Option(
        "--raw", help="Feed the pixels as they are, not normalised.", rich_help_panel=DIGITS
    ),
]


def with_recipe(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command, as its ``**recipe``, a preset and an option for each parameter."""
    signature = inspect.signature(command, eval_str=True)
    others = [p for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
    preset_option = typer.Option(
        help=f"{', '.join(PRESETS)}: gives the values below that are not given. "
        "Their defaults are the essay's.",
        metavar="NAME",
        show_default="essay",
    )
    names: Any = Literal[tuple(PRESETS)]
    options = [_keyword("preset", Annotated[names | None, preset_option])]
    options += [_option(name, parameter) for name, parameter in PARAMETERS.items()]
    older = [_older(name, parameter) for name, parameter in PARAMETERS.items() if parameter.old]
    # What typer reads instead of the function itself.
    vars(command)["__signature__"] = signature.replace(
        parameters=[p.replace(kind=p.KEYWORD_ONLY) for p in (*options, *others, *older)]
    )
    return command


def recipe_of(given: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of a recipe that were asked for: the preset's, then the others.

    Parameters
    ----------
    given : dict
        Value of each option, None for those that were not given; also by its older name.
    """
    asked = renamed({name: value for name, value in given.items() if value is not None})
    if "hidden" in asked:
        asked["hidden"] = tuple(asked["hidden"])
    name = asked.pop("preset", None)
    return (
        asked if name is None else asdict(preset(name, asked.get("hidden", Recipe.hidden))) | asked
    )


def _option(name: str, parameter: Parameter) -> inspect.Parameter:
    default, option = getattr(Recipe, name), name.replace("_", "-")
    flag = isinstance(default, bool)
    numbers = default if isinstance(default, tuple) else (default,)
    shown = f"no-{option}" if flag else ", ".join(map(str, numbers)).replace("None", "none")
    about = typer.Option(
        f"--{option}/--no-{option}" if flag else f"--{option}",
        help=parameter.help,
        metavar=None if flag else parameter.metavar,
        show_default=shown,
        rich_help_panel=parameter.group,
    )
    return _keyword(name, Annotated[_type(name, parameter) | None, about])


def _older(name: str, parameter: Parameter) -> inspect.Parameter:
    about = typer.Option(f"--{parameter.old}", hidden=True)
    return _keyword(parameter.old, Annotated[_type(name, parameter) | None, about])


def _keyword(name: str, annotation: Any) -> inspect.Parameter:
    kind = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, kind, default=None, annotation=annotation)


def _type(name: str, parameter: Parameter) -> Any:
    """Return what typer should read: of a tuple a list, of names one of them or of their older."""
    if parameter.choices:
        older = (old for old, new in OLD_VALUES.items() if new in parameter.choices)
        return Literal[(*parameter.choices, *older)]
    annotation = get_type_hints(Recipe)[name]
    if name == "hidden":
        return list[int]
    return get_args(annotation)[0] if parameter.optional else annotation
