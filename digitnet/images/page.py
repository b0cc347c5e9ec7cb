"""A picture in the pipeline: its grey levels, its contrast and its ink."""

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
    """The value of the stages from grey levels to ink.

    Attributes
    ----------
    levels : ndarray of uint8, shape (height, width)
        Grey levels, at first the whole picture's.
    scale : int
        Pixels of the picture along a side of one pixel.
    dark : bool
        Whether the ink is darker than its paper.
    strokes : Contrast or None
        Contrast of the remaining ink; None before it is measured.
    contrast : ndarray of float32, shape (height, width)
        Contrast of each pixel to its paper, before any stage removes ink.
    pixels : ndarray of float32, shape (height, width)
        The ink: 0 paper, up to 1 ink.
    found : mapping of str to int
        The count of each stage, by name; 0 if it changed nothing.
    mended : tuple of str
        The messages of the stages, in order: ``dark ink on light paper``, ``3 specks removed``.
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
        """Removed ink that looks like strokes, by that in ``pixels``."""
        return self.strokes.left_out if self.strokes else 0.0


def on_levels(
    step: Callable[[Levels, Any], tuple[Levels, int]],
) -> Callable[[P, Any], tuple[P, int]]:
    """Make a step on grey levels a step on a page."""

    def on_page(page: P, limits: Any) -> tuple[P, int]:
        levels, count = step(page.levels, limits)
        return replace(page, levels=levels), count

    return on_page


def on_strokes(
    step: Callable[[Contrast, Any], tuple[Contrast, int]],
) -> Callable[[P, Any], tuple[P, int]]:
    """Make a step on contrast a step on a page."""

    def on_page(page: P, limits: Any) -> tuple[P, int]:
        strokes, count = step(measured(page), limits)
        return replace(page, strokes=strokes), count

    return on_page


def measured(page: Page) -> Contrast:
    """Contrast of the remaining ink.

    Raises
    ------
    ValueError
        If the contrast is not measured yet, because the stages are in the wrong order.
    """
    if page.strokes is None:
        raise ValueError("The contrast is not measured yet.")
    return page.strokes
