"""A stage of the pipeline: a step with its name, message, limits and picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from numpy.typing import NDArray

Value = TypeVar("Value")
Picture = NDArray[Any]
Watch = Callable[[str, Picture], None]
"""Gets each stage's name and the picture after it."""


@dataclass(frozen=True)
class Stage(Generic[Value]):
    """One step of the pipeline: it takes a value and gives one of the same kind.

    Attributes
    ----------
    name : str
        Its name where stages are shown, saved, watched or left out.
    step : callable
        Takes the value and the limits, and returns the new value and a count of what it found: 0 if
        the value is unchanged.
    limits : dataclass
        The numbers that the step decides by.
    picture : callable
        Returns a picture of the value after the stage.
    says : callable
        Returns the message for a count; may be empty.
    """

    name: str
    step: Callable[[Value, Any], tuple[Value, int]]
    limits: Any
    picture: Callable[[Value], Picture]
    says: Callable[[int], str] = lambda _: ""


def removed(one: str, several: str) -> Callable[[int], str]:
    """Message of a stage that removes something: ``1 box removed``, ``3 specks removed``."""

    def says(count: int) -> str:
        return f"{count} {one if count == 1 else several} removed" if count else ""

    return says


def unwatched(name: str, picture: Picture) -> None:
    """Ignore a stage."""
