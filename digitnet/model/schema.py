"""Schemas for the JSON in a file: rules that are composed of other rules."""

from __future__ import annotations

import numbers
import reprlib
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from digitnet.errors import one_line

Rule = Callable[[str, Any], None]
"""Takes the name of a value and the value; raises `MismatchError` if it is not allowed."""


LARGEST: Final = 1e30
"""Most value of a number of a training run; its square is still finite."""


class MismatchError(ValueError):
    """A value that is not allowed; the text names it and the expected one.

    Attributes
    ----------
    found : object
        The value.
    expected : str
        The allowed values, in words.
    """

    def __init__(self, name: str, found: object, expected: str) -> None:
        super().__init__(one_line(f"{name} {reprlib.repr(found)}, not {expected}"))
        self.found, self.expected = found, expected


def whole(least: int = 0, most: int | None = None) -> Rule:
    """Rule for a whole number in a range."""

    def check(name: str, value: Any) -> None:
        is_whole = isinstance(value, numbers.Integral) and not isinstance(value, bool)
        if not (is_whole and least <= value and (most is None or value <= most)):
            upto = "or more" if most is None else f"to {most:,}"
            raise MismatchError(name, value, f"a whole number of {least:,} {upto}")

    return check


def number(
    least: float, most: float = LARGEST, *, above: bool = False, below: bool = False
) -> Rule:
    """Rule for a finite number in a range.

    Parameters
    ----------
    least, most : float
    above, below : bool
        Whether it must be above the least, and below the most.
    """

    def check(name: str, value: Any) -> None:
        is_number = isinstance(value, numbers.Real) and not isinstance(value, bool)
        within = is_number and least <= value <= most
        if not within or (above and value == least) or (below and value == most):
            lower = f"above {least:g}" if above else f"from {least:g}"
            upper = "" if most == LARGEST else f" to {'below ' * below}{most:g}"
            raise MismatchError(name, value, f"a number {lower}{upper or ' on' * (not above)}")

    return check


def truth(name: str, value: Any) -> None:
    """Rule for true or false."""
    if not isinstance(value, bool):
        raise MismatchError(name, value, "true or false")


def text(name: str, value: Any) -> None:
    """Rule for any text."""
    if not isinstance(value, str):
        raise MismatchError(name, value, "a text")


def one_of(values: Collection[Any]) -> Rule:
    """Rule for a value that is one of these, and of the same type."""

    def check(name: str, value: Any) -> None:
        if not any(type(value) is type(known) and value == known for known in values):
            raise MismatchError(name, value, f"one of {', '.join(map(str, values))}")

    return check


def or_none(rule: Rule) -> Rule:
    """Rule for a value that may also be null."""

    def check(name: str, value: Any) -> None:
        if value is not None:
            rule(name, value)

    return check


def listed(rule: Rule, least: int, most: int) -> Rule:
    """Rule for a list, by the rule of its values."""

    def check(name: str, value: Any) -> None:
        if not (isinstance(value, list | tuple) and least <= len(value) <= most):
            raise MismatchError(name, value, f"a list of {least} to {most} values")
        for i, item in enumerate(value):
            rule(f"{name}[{i}]", item)

    return check


def table(
    needed: Mapping[str, Rule], others: Mapping[str, Rule] | None = None, *, more: bool = False
) -> Rule:
    """Rule for an object, by those of its required and optional values; `more` allows others."""
    rules = {**needed, **(others or {})}

    def check(name: str, value: Any) -> None:
        if not isinstance(value, dict):
            raise MismatchError(name, value, "a table")
        within = f"{name}." if name else ""
        for key in needed.keys() - value.keys():
            raise MismatchError(within + key, None, "left out")
        for key, item in value.items():
            if key in rules:
                rules[key](within + key, item)
            elif not more:
                raise MismatchError(within + key, item, f"one of {', '.join(rules)}")

    return check
