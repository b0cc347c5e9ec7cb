"""The stages from grey levels to ink, in order, once.

Read `INK` from top to bottom. `digitnet.reading.pipeline` continues from there to the answer.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

import numpy as np
from PIL import Image

from digitnet.images.ink.boxes import BoxLimits, without_boxes
from digitnet.images.ink.edges import EdgeLimits, UnderlineLimits, without_edges, without_underlines
from digitnet.images.ink.ruling import RulingLimits, without_ruling
from digitnet.images.ink.shades import ShadeLimits, without_shades
from digitnet.images.ink.specks import (
    SolidLimits,
    SpeckLimits,
    without_solids,
    without_specks,
)
from digitnet.images.ink.strength import StrengthLimits, full_strength
from digitnet.images.ink.threshold import ThresholdLimits, above_paper
from digitnet.images.measure.morphology import Levels
from digitnet.images.page import P, Page, measured, on_levels, on_strokes
from digitnet.images.paper.light import LightLimits
from digitnet.images.paper.polarity import PolarityLimits, is_dark_ink
from digitnet.images.paper.surroundings import SurroundingsLimits, without_surroundings
from digitnet.images.stage import Picture, Stage, Watch, removed, unwatched


@dataclass(frozen=True)
class Pipeline:
    """Stages in order, once.

    Attributes
    ----------
    stages : tuple of Stage
    """

    stages: tuple[Stage[Any], ...]

    def run(self, page: P, watch: Watch = unwatched) -> P:
        """Apply all stages to a page, and record what each found and its message.

        Parameters
        ----------
        page : Page
        watch : callable
            Called after each stage with its name and the picture after it.
        """
        for stage in self.stages:
            page, count = stage.step(page, stage.limits)
            words = stage.says(count)
            found = {**page.found, stage.name: count}
            page = replace(page, found=found, mended=(*page.mended, *[words] * bool(words)))
            watch(stage.name, stage.picture(page))
        return page

    def without(self, *names: str) -> Pipeline:
        """The pipeline without some stages."""
        return Pipeline(tuple(stage for stage in self.stages if stage.name not in names))

    def with_limits(self, **limits: Any) -> Pipeline:
        """The pipeline with other limits of some stages, by name."""
        return Pipeline(
            tuple(
                replace(stage, limits=limits.get(stage.name, stage.limits)) for stage in self.stages
            )
        )

    @property
    def limits(self) -> dict[str, Any]:
        """Limits of all stages as JSON, by the stage's name and the limit's."""
        return {stage.name: asdict(stage.limits) for stage in self.stages}


@dataclass(frozen=True)
class SizeLimits:
    """Size of the working copy of a picture."""

    side: int = 1600
    """Most pixels of the longer side; on a page of this size, handwriting of a few millimetres is
    still 20 pixels high."""


@dataclass(frozen=True)
class ContrastLimits:
    """Limits of the contrast of each pixel to its paper."""

    light: LightLimits = field(default_factory=LightLimits)
    """Limits of the light on the paper."""
    threshold: ThresholdLimits = field(default_factory=ThresholdLimits)
    """Limits of the contrast of ink."""


def _reduced(page: P, limits: SizeLimits) -> tuple[P, int]:
    """Average squares of pixels until the page is small enough."""
    scale = max(1, -(-max(page.levels.shape) // limits.side))
    if scale == 1:
        return page, 0
    levels = np.asarray(Image.fromarray(page.levels).reduce(scale))
    return replace(page, levels=levels, scale=scale), scale


def _polarity(page: P, limits: PolarityLimits) -> tuple[P, int]:
    dark = is_dark_ink(page.levels, limits)
    return replace(page, dark=dark), int(dark)


def _contrast(page: P, limits: ContrastLimits) -> tuple[P, int]:
    light = page.levels.astype(np.float32) / np.float32(255)
    strokes, uneven = above_paper(light, page.dark, limits.light, limits.threshold)
    return replace(page, strokes=strokes, contrast=strokes.values), int(uneven)


def _ink(page: P, limits: StrengthLimits) -> tuple[P, int]:
    pixels, faint = full_strength(measured(page), limits)
    return replace(page, pixels=pixels), int(faint)


def _levels_of(page: Page) -> Picture:
    return page.levels


def _contrast_of(page: Page) -> Picture:
    return measured(page).values


INK: Final = Pipeline(
    (
        Stage("size", _reduced, SizeLimits(), _levels_of),
        Stage(
            "surroundings",
            on_levels(without_surroundings),
            SurroundingsLimits(),
            _levels_of,
            lambda found: "surroundings removed" * bool(found),
        ),
        Stage(
            "polarity",
            _polarity,
            PolarityLimits(),
            _levels_of,
            lambda dark: "dark ink on light paper" if dark else "light ink on dark paper",
        ),
        Stage(
            "contrast",
            _contrast,
            ContrastLimits(),
            _contrast_of,
            lambda uneven: "uneven light removed" * uneven,
        ),
        *(
            Stage(name, on_strokes(step), limits, _contrast_of, removed(one, several))
            for name, step, limits, one, several in (
                ("ruling", without_ruling, RulingLimits(), "ruled line", "ruled lines"),
                ("boxes", without_boxes, BoxLimits(), "box", "boxes"),
                ("solids", without_solids, SolidLimits(), "solid spot", "solid spots"),
                ("specks", without_specks, SpeckLimits(), "speck", "specks"),
                ("edges", without_edges, EdgeLimits(), "piece at the edge", "pieces at the edge"),
                ("underlines", without_underlines, UnderlineLimits(), "underline", "underlines"),
                (
                    "shades",
                    without_shades,
                    ShadeLimits(),
                    "shade of the paper",
                    "shades of the paper",
                ),
            )
        ),
        Stage(
            "ink",
            _ink,
            StrengthLimits(),
            lambda page: page.pixels,
            lambda faint: "faint ink strengthened" * faint,
        ),
    )
)
"""The stages from grey levels to ink."""


def find_ink(levels: Levels, pipeline: Pipeline = INK, *, watch: Watch = unwatched) -> Page:
    """Ink of a picture, as light ink on a ground of 0.

    Parameters
    ----------
    levels : ndarray of uint8, shape (height, width)
        From :func:`digitnet.images.picture.open_picture`.
    pipeline : Pipeline
        Its stages up to the ink.
    watch : callable
        Called after each stage with its name and the picture after it.

    Returns
    -------
    Page
        Without ink if no pixel has enough contrast to the paper.
    """
    return pipeline.run(Page(levels), watch)
