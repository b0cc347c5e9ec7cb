"""The way of a picture, from grey levels to ink: every stage, in order, once.

Read `PIPELINE` from top to bottom. What follows it, the form of a digit, is in
`digitnet.images.form`; which ink is one digit, in `digitnet.images.digits`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.images.ink.boxes import BoxLimits, without_boxes
from digitnet.images.ink.edges import EdgeLimits, UnderlineLimits, without_edges, without_underlines
from digitnet.images.ink.ruling import RulingLimits, without_ruling
from digitnet.images.ink.shades import ShadeLimits, without_shades
from digitnet.images.ink.specks import SolidLimits, SpeckLimits, without_solids, without_specks
from digitnet.images.ink.strength import StrengthLimits, full_strength
from digitnet.images.ink.threshold import Contrast, ThresholdLimits, above_paper
from digitnet.images.measure.morphology import Grey, Levels
from digitnet.images.paper.light import LightLimits
from digitnet.images.paper.polarity import PolarityLimits, is_dark_ink
from digitnet.images.paper.surroundings import SurroundingsLimits, without_surroundings
from digitnet.images.stage import Stage

Watch = Callable[[str, NDArray[Any]], None]
_Page = TypeVar("_Page")


@dataclass(frozen=True)
class Pipeline:
    """Every stage from grey levels to ink, in order.

    Attributes
    ----------
    working_side : int
        Pixels of the longer side on which the ink is looked for. Handwriting of a few
        millimetres is still 20 pixels high when a page is this large.
    on_levels : tuple of Stage
        What is done to the grey levels.
    polarity, light, threshold
        How the contrast of each pixel to its paper is found.
    on_contrast : tuple of Stage
        What is done to the contrast.
    strength : StrengthLimits
        How the ink gets its full strength.
    """

    working_side: int
    on_levels: tuple[Stage[Levels, Any], ...]
    polarity: PolarityLimits
    light: LightLimits
    threshold: ThresholdLimits
    on_contrast: tuple[Stage[Contrast, Any], ...]
    strength: StrengthLimits


PIPELINE: Final = Pipeline(
    working_side=1600,
    on_levels=(
        Stage("surroundings", "surroundings removed", without_surroundings, SurroundingsLimits()),
    ),
    polarity=PolarityLimits(),
    light=LightLimits(),
    threshold=ThresholdLimits(),
    on_contrast=(
        Stage("ruling", "{n} ruled line{s} removed", without_ruling, RulingLimits()),
        Stage("boxes", "{n} box{es} removed", without_boxes, BoxLimits()),
        Stage("solids", "{n} solid spot{s} removed", without_solids, SolidLimits()),
        Stage("specks", "{n} speck{s} removed", without_specks, SpeckLimits()),
        Stage("edges", "{n} piece{s} at the edge removed", without_edges, EdgeLimits()),
        Stage("underlines", "{n} underline{s} removed", without_underlines, UnderlineLimits()),
        Stage("shades", "{n} shade{s} of the paper removed", without_shades, ShadeLimits()),
    ),
    strength=StrengthLimits(),
)
"""The way that every picture goes."""


@dataclass(frozen=True, eq=False)
class Ink:
    """The writing on a picture.

    Attributes
    ----------
    pixels : ndarray of float32, shape (height, width)
        0 where there is paper, up to 1 where there is ink.
    contrast : ndarray of float32, shape (height, width)
        How far each pixel stands out from its paper, before anything was taken for no ink.
    scale : int
        Pixels of the picture, along a side, that one pixel of ``pixels`` stands for.
    found : mapping of str to int
        How much each stage found, by its name; 0 where it changed nothing.
    mended : tuple of str
        What the stages say of it, in order: ``dark ink on light paper``, ``3 specks removed``.
    left_out : float
        How much was left out that looks like strokes, too, by what is in ``pixels``.
    """

    pixels: Grey
    contrast: Grey
    scale: int
    found: Mapping[str, int]
    mended: tuple[str, ...]
    left_out: float = 0.0


def unwatched(name: str, picture: NDArray[Any]) -> None:
    """Let a stage go by unseen."""


def find_ink(
    grey: Levels,
    way: Pipeline = PIPELINE,
    *,
    leave_out: Collection[str] = (),
    watch: Watch = unwatched,
) -> Ink:
    """Ink of a picture, as light ink on a ground of 0.

    Parameters
    ----------
    grey : ndarray of uint8, shape (height, width)
        As :func:`digitnet.images.picture.open_picture` gives it.
    way : Way
        The stages, in order.
    leave_out : collection of str
        Names of stages to pass by.
    watch : callable
        Called after each stage with its name and the picture as it is then: uint8 grey levels,
        then float32 contrast, at last float32 ink, shape (height, width).

    Returns
    -------
    Ink
        Without a single pixel above 0 where nothing stands out from the paper.
    """
    found: dict[str, int] = {}
    mended: list[str] = []

    def along(
        stages: tuple[Stage[_Page, Any], ...], page: _Page, shown: Callable[[_Page], NDArray[Any]]
    ) -> _Page:
        for stage in stages:
            if stage.name not in leave_out:
                page, found[stage.name] = stage.step(page, stage.limits)
                mended.extend([stage.said(found[stage.name])] * (found[stage.name] > 0))
                watch(stage.name, shown(page))
        return page

    scale = max(1, -(-max(grey.shape) // way.working_side))
    levels = np.asarray(Image.fromarray(grey).reduce(scale)) if scale > 1 else grey
    levels = along(way.on_levels, levels, lambda page: page)
    page, said = _contrast(levels, way)
    mended += said
    contrast = page.values
    watch("contrast", contrast)
    page = along(way.on_contrast, page, lambda page: page.values)
    ink, faint = full_strength(page, way.strength)
    mended += ["faint ink strengthened"] * faint
    watch("ink", ink)
    return Ink(ink, contrast, scale, found, tuple(mended), page.left_out)


def _contrast(levels: Levels, way: Pipeline) -> tuple[Contrast, list[str]]:
    """Contrast of grey levels to the paper, and what there is to say of ink and light."""
    dark = is_dark_ink(levels, way.polarity)
    light = levels.astype(np.float32) / np.float32(255)
    page, uneven = above_paper(light, dark, way.light, way.threshold)
    ink = "dark ink on light paper" if dark else "light ink on dark paper"
    return page, [ink, *["uneven light removed"] * uneven]
