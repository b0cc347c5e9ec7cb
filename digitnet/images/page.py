"""A picture in the pipeline: its grey levels, its contrast and its ink, as far as it has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np

from digitnet.images.ink.threshold import Contrast
from digitnet.images.measure.morphology import Grey, Levels

P = TypeVar("P", bound="Page")


def _nothing() -> Grey:
    return np.zeros((0, 0), np.float32)


@dataclass(frozen=True, eq=False)
class Page:
    """What the stages from grey levels to ink read and replace.

    Attributes
    ----------
    levels : ndarray of uint8, shape (height, width)
        Grey levels, at first the whole picture's.
    scale : int
        Pixels of the picture, along a side, that one pixel stands for.
    dark : bool
        Whether the ink is darker than its paper.
    strokes : Contrast or None
        The contrast of what may still be ink; None before it is measured.
    contrast : ndarray of float32, shape (height, width)
        How far each pixel stands out from its paper, before anything is removed.
    pixels : ndarray of float32, shape (height, width)
        The ink: 0 where there is paper, up to 1 where there is ink.
    found : mapping of str to int
        How much each stage found, by its name; 0 where it changed nothing.
    mended : tuple of str
        What the stages say of it, in order: ``dark ink on light paper``, ``3 specks removed``.
    """

    levels: Levels
    scale: int = 1
    dark: bool = True
    strokes: Contrast | None = None
    contrast: Grey = field(default_factory=_nothing)
    pixels: Grey = field(default_factory=_nothing)
    found: Mapping[str, int] = field(default_factory=dict)
    mended: tuple[str, ...] = ()

    @property
    def left_out(self) -> float:
        """How much was removed that looks like strokes, by what is in ``pixels``."""
        return self.strokes.left_out if self.strokes else 0.0


def on_levels(
    step: Callable[[Levels, Any], tuple[Levels, int]],
) -> Callable[[P, Any], tuple[P, int]]:
    """Let a step work on the grey levels of a page."""

    def on_page(page: P, limits: Any) -> tuple[P, int]:
        levels, count = step(page.levels, limits)
        return replace(page, levels=levels), count

    return on_page


def on_strokes(
    step: Callable[[Contrast, Any], tuple[Contrast, int]],
) -> Callable[[P, Any], tuple[P, int]]:
    """Let a step work on the contrast of what may still be ink."""

    def on_page(page: P, limits: Any) -> tuple[P, int]:
        strokes, count = step(measured(page), limits)
        return replace(page, strokes=strokes), count

    return on_page


def measured(page: Page) -> Contrast:
    """Contrast of what may still be ink.

    Raises
    ------
    ValueError
        Before the stage that measures it: the stages are in the wrong order.
    """
    if page.strokes is None:
        raise ValueError("The contrast is not measured yet.")
    return page.strokes
