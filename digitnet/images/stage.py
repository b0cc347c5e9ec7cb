"""A stage of a picture's way: a step with its name, its words and its limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Page = TypeVar("Page")
Limits = TypeVar("Limits")


@dataclass(frozen=True)
class Stage(Generic[Page, Limits]):
    """One step of the way, which takes a page and gives one of the same kind.

    Attributes
    ----------
    name : str
        What it is called where stages are shown, saved, watched or left out.
    says : str
        What it tells a person when it found something; ``{n}`` is how much, ``{s}`` and
        ``{es}`` the ending of the plural.
    step : callable
        Takes the page and the limits, and gives the page and how much it found: 0 says that the
        page is as it was.
    limits : dataclass
        The numbers that the step decides by.
    """

    name: str
    says: str
    step: Callable[[Page, Limits], tuple[Page, int]]
    limits: Limits

    def said(self, found: int) -> str:
        """Say what it found: ``3 specks removed``."""
        return self.says.format(n=found, s="s"[: found - 1], es="es"[: 2 * (found - 1)])
