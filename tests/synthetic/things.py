"""Digits that share the picture with something else."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from .around import cropped, framed, reduced, sheet
from .beside import box, discs, line_through, marks, neighbours, underline
from .camera import Page
from .photos import GREY, RED, SKY, Level, Setting
from .scene import BLACK, BLUE, WHITE, Scene
from .writing import Colour, Grey

_TABLES: Final[tuple[Colour, ...]] = (
    (0.36, 0.26, 0.18),
    (0.66, 0.52, 0.36),
    (0.25, 0.26, 0.29),
    (0.50, 0.48, 0.46),
)
_FRAMES: Final[tuple[Colour, ...]] = ((0, 0, 0), (0.2, 0.2, 0.22), (0.15, 0.3, 0.6), (1, 1, 1))


def _sheet_or_screen(rng: np.random.Generator) -> Scene:
    """A pen on paper, photographed, or as often a brush in a paint program, of either polarity."""
    if rng.integers(2):
        ink = (BLACK, BLUE, GREY)[rng.integers(3)]
        return Scene(weight=rng.uniform(1.4, 2.4), ink=ink, beside_ink=ink)
    ends: tuple[Colour, Colour] = ((0, 0, 0), (1, 1, 1))
    ink, ground = ends if rng.integers(3) else ends[::-1]
    return Scene(
        weight=rng.uniform(1.3, 3.2),
        ink=ink,
        paper=ground,
        beside_ink=ink,
        fall=0,
        blur=0,
        noise=0,
        quality=None,
    )


def _frame(level: Level, rng: np.random.Generator) -> Scene:
    scene = _sheet_or_screen(rng)
    far = [c for c in _FRAMES if abs(np.mean(c) - np.mean(scene.paper)) > 0.4]
    colour = far[rng.integers(len(far))]
    width = ((0.005, 0.02), (0.02, 0.06), (0.05, 0.12))[level]
    sides = (4, 4, 2)[rng.integers(3)]
    small = int(rng.integers(28, 64)) if not rng.integers(3) else 0

    def finish(page: Page, _: Grey, rng: np.random.Generator) -> Page:
        page = reduced(page, small) if small else page
        return framed(page, rng, colour, width, sides, level + 1)

    return replace(scene, finish=finish)


def _sheet_on_a_table(level: Level, rng: np.random.Generator) -> Scene:
    return Scene(
        size=(0.25, 0.5),
        weight=rng.uniform(1.6, 2.4),
        ink=(BLACK, BLUE)[rng.integers(2)],
        paper=(WHITE, WHITE, SKY)[rng.integers(3)],
        sheet=partial(
            sheet, tilt=(0.08, 0.2, 0.4)[level], gap=((0.4, 0.8), (0.3, 1.0), (0.2, 1.4))[level]
        ),
        table=_TABLES[rng.integers(len(_TABLES))],
        knots=(0.02, 0.06, 0.12)[level],
        fall=(0.1, 0.15, 0.25)[level],
        angle=(0, 0.03, 0.06)[level],
    )


def _box(level: Level, rng: np.random.Generator) -> Scene:
    scene = _sheet_or_screen(rng)
    lines = (scene.beside_ink, GREY, RED)[rng.integers(3)] if scene.ink != (1, 1, 1) else scene.ink
    drawn = partial(
        box,
        width=rng.uniform(0.02, (0.04, 0.06, 0.08)[level]),
        gap=((0.15, 0.3), (0.1, 0.3), (0.05, 0.3))[level],
        touches=level,
        skew=(0.02, 0.05, 0.08)[level] * rng.integers(2),
    )
    return replace(scene, size=(0.4, 0.75), beside=drawn, beside_ink=lines)


def _underline(level: Level, rng: np.random.Generator) -> Scene:
    scene = _sheet_or_screen(rng)
    drawn = partial(
        underline,
        width=scene.weight / 20 * rng.uniform(0.6, 1.2),
        gap=((0.15, 0.25), (0.1, 0.2), (0.06, 0.15))[level],
        twice=level == 2 and bool(rng.integers(2)),
    )
    return replace(scene, size=(0.4, 0.65), beside=drawn)


def _buttons(level: Level, rng: np.random.Generator) -> Scene:
    scene = _sheet_or_screen(rng)
    drawn = partial(
        discs,
        count=level + 1,
        radius=((0.08, 0.12), (0.1, 0.18), (0.12, 0.25))[level],
        gap=(0.5, 0.4, 0.3)[level],
    )
    return replace(scene, size=(0.35, 0.55), beside=drawn)


def _neighbours(level: Level, rng: np.random.Generator) -> Scene:
    scene = _sheet_or_screen(rng)
    drawn = partial(
        neighbours,
        weight=scene.weight,
        seen=((0.08, 0.2), (0.15, 0.35), (0.2, 0.4))[level],
        count=level + 1,
    )
    return replace(scene, size=(0.45, 0.8), beside=drawn)


def _at_the_edge(level: Level, rng: np.random.Generator) -> Scene:
    crop = partial(
        cropped, sides=(1, 2, 4)[level], beyond=((-0.03, 0.0), (-0.02, 0.03), (-0.01, 0.06))[level]
    )
    return replace(_sheet_or_screen(rng), finish=crop)


def _patterned(level: Level, rng: np.random.Generator) -> Scene:
    return Scene(
        weight=rng.uniform(1.6, 2.6),
        ink=(BLACK, BLUE, GREY)[rng.integers(3)],
        pattern=(0.3, 0.55, 0.9)[level],
        repeat=rng.uniform(0.06, 0.2),
        blur=rng.uniform(0.1, 0.4),
        noise=0.02,
        quality=75,
    )


def _line_through(level: Level, rng: np.random.Generator) -> Scene:
    scene = _sheet_or_screen(rng)
    drawn = partial(
        line_through,
        width=((0.02, 0.03), (0.03, 0.05), (0.04, 0.08))[level][rng.integers(2)],
        at=((0.85, 1.0), (0.3, 1.0), (0.0, 1.0))[level],
    )
    return replace(scene, beside=drawn)


def _stray_marks(level: Level, rng: np.random.Generator) -> Scene:
    scene = _sheet_or_screen(rng)
    drawn = partial(
        marks,
        count=level + 1,
        length=((0.18, 0.22), (0.18, 0.26), (0.2, 0.3))[level],
        width=scene.weight / 20,
        gap=(0.6, 0.5, 0.45)[level],
    )
    return replace(scene, size=(0.3, 0.5), beside=drawn)


THINGS: Final[dict[str, Setting]] = {
    "frame": _frame,
    "sheet on a table": _sheet_on_a_table,
    "box around the digit": _box,
    "underline": _underline,
    "buttons and holes": _buttons,
    "cut-off neighbours": _neighbours,
    "digit at the edge": _at_the_edge,
    "patterned paper": _patterned,
    "line through the digit": _line_through,
    "stray marks": _stray_marks,
}
