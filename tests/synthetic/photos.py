"""Digits on all sorts of paper, by all sorts of pens, in all sorts of light."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from .scene import BLACK, BLUE, WHITE, Scene
from .writing import Colour

RED, GREEN = (0.75, 0.15, 0.17), (0.10, 0.45, 0.22)
YELLOW, PINK, SKY = (0.95, 0.88, 0.45), (0.95, 0.72, 0.76), (0.65, 0.80, 0.92)
GREY, CHALK = (0.38, 0.38, 0.40), (0.93, 0.93, 0.88)
_INKS: Final[tuple[tuple[tuple[Colour, Colour], ...], ...]] = (
    ((BLUE, WHITE), (BLACK, YELLOW), (RED, WHITE)),
    ((RED, YELLOW), (GREEN, PINK), (BLUE, SKY), (GREEN, WHITE)),
    # Of nearly one brightness, or pale.
    ((RED, (0.25, 0.45, 0.30)), ((0.85, 0.65, 0.2), WHITE), ((0.45, 0.62, 0.85), SKY)),
)
_BOARDS: Final[tuple[Colour, ...]] = ((0.08, 0.1, 0.1), (0.15, 0.33, 0.25), (0.30, 0.42, 0.36))

Level = int
Setting = Callable[[Level, np.random.Generator], Scene]


def _inks(level: Level, rng: np.random.Generator) -> Scene:
    ink, paper = _INKS[level][rng.integers(len(_INKS[level]))]
    return Scene(ink=ink, paper=paper)


def _everything(level: Level, rng: np.random.Generator) -> Scene:
    """A little of all that a telephone's photo has; ruled, squared or plain."""
    grade = (0.5, 1.0, 1.6)[level]
    ink = (BLACK, BLUE, GREY, RED)[rng.integers(4)]
    return Scene(
        weight=rng.uniform(1.8 - 0.6 * grade, 1.8 + 0.8 * grade),
        ink=ink,
        paper=(WHITE, YELLOW, SKY)[rng.integers(3)],
        cover=1 - 0.2 * grade * rng.random(),
        rules=0.4 * grade * rng.integers(2),
        spacing=rng.uniform(0.6, 1.3),
        squared=bool(rng.integers(2)),
        specks=int(8 * grade),
        fall=0.3 * grade,
        shadow=0.25 * grade * rng.integers(2),
        edge=rng.uniform(0.005, 0.1),
        angle=0.06 * grade,
        blur=0.2 * grade,
        noise=0.015 * grade,
        quality=(85, 75, 50)[level],
    )


PHOTOS: Final[dict[str, Setting]] = {
    "even light": lambda level, _: Scene(weight=(1.8, 2.2, 2.6)[level]),
    "light gradient": lambda level, _: Scene(fall=(0.3, 0.5, 0.7)[level]),
    "hard shadow": lambda level, _: Scene(shadow=(0.25, 0.45, 0.65)[level], edge=0.004),
    "soft shadow": lambda level, _: Scene(shadow=(0.25, 0.45, 0.65)[level], edge=0.06),
    "ruled lines": lambda level, rng: Scene(
        ink=BLUE, rules=(0.3, 0.6, 1.0)[level], spacing=rng.uniform(0.7, 1.5)
    ),
    "squared paper": lambda level, rng: Scene(
        ink=BLUE, rules=(0.3, 0.6, 1.0)[level], spacing=rng.uniform(0.4, 0.9), squared=True
    ),
    "JPEG noise": lambda level, _: Scene(quality=(50, 25, 10)[level]),
    "pencil": lambda level, _: Scene(
        weight=1.4, ink=GREY, cover=(0.8, 0.55, 0.35)[level], grain=(0.2, 0.35, 0.5)[level]
    ),
    "coloured ink and paper": _inks,
    "light on a dark board": lambda level, _: Scene(
        weight=2.2, ink=CHALK, paper=_BOARDS[level], cover=0.85, grain=(0.1, 0.25, 0.4)[level]
    ),
    "perspective": lambda level, _: Scene(angle=(0.06, 0.12, 0.18)[level]),
    "thin pen": lambda level, _: Scene(weight=(1.3, 0.9, 0.6)[level]),
    "marker": lambda level, _: Scene(weight=(2.8, 3.6, 4.4)[level]),
    "sensor noise": lambda level, _: Scene(noise=(0.03, 0.06, 0.1)[level]),
    "blur": lambda level, _: Scene(blur=(0.4, 0.7, 1.0)[level]),
    "specks": lambda level, _: Scene(specks=(10, 30, 80)[level]),
    "everything": _everything,
}
