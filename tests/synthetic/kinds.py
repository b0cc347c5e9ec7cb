"""The kinds of pictures, each mild, moderate and strong."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .camera import encoded
from .scene import BLACK, BLUE, WHITE, Colour, Scene, mixed, photo, placed
from .writing import strokes

STRENGTHS: Final = ("mild", "moderate", "strong")

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


def _drawing(
    digit: NDArray[np.uint8],
    level: Level,
    side: tuple[int, int],
    rng: np.random.Generator,
    opaque: bool,
) -> io.BytesIO:
    """A brush on an even ground of a paint program, hard or soft, of either polarity."""
    length = int(rng.integers(side[0], side[1], endpoint=True))
    weight = rng.uniform(*((1.6, 2.8), (1.1, 3.6), (0.6, 4.6))[level])
    square = round(rng.uniform((0.7, 0.5, 0.3)[level], 1) * length)
    softness = rng.choice([0.0, 1.0, 0.05 * square * level])
    ink = placed(strokes(digit, square, weight, softness), (length, length), 0, rng)
    ends: tuple[Colour, Colour] = ((0, 0, 0), (1, 1, 1))
    brush, ground = ends if rng.integers(2) else ends[::-1]
    if level:
        brush = (brush, RED, GREEN, (0.1, 0.25, 0.95))[rng.integers(4)]
    page = mixed(np.broadcast_to(np.array(ground, np.float32), (*ink.shape, 3)), brush, ink)
    if not opaque:
        page = np.dstack([np.broadcast_to(np.array(brush, np.float32), page.shape), ink])
    return encoded(page, None)


def _tiny(digit: NDArray[np.uint8], level: Level, rng: np.random.Generator) -> io.BytesIO:
    """The digit's own 28 × 28, averaged to 16 × 16 or 12 × 12, its inner part to 8 × 8."""
    length = (16, 12, 8)[level]
    inner = digit[4:24, 4:24] if level == 2 else digit
    small = Image.fromarray(inner).resize((length, length), Image.Resampling.BOX)
    page = np.asarray(small, dtype=np.float32) / np.float32(255)
    return encoded(1 - page if rng.integers(2) else page, None)


KINDS: Final = (*PHOTOS, "drawing", "transparent drawing", "tiny")


def picture(
    kind: str, strength: str, digit: NDArray[np.uint8], side: tuple[int, int], seed: int
) -> io.BytesIO:
    """A picture of a digit, as a file: the same for the same arguments.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    strength : str
        One of `STRENGTHS`.
    digit : ndarray of uint8, shape (28, 28)
        Light ink on dark.
    side : tuple of int
        Least and greatest side of the picture, in pixels, but for tiny ones.
    seed : int
    """
    level = STRENGTHS.index(strength)
    rng = np.random.default_rng([KINDS.index(kind), level, seed])
    if kind in PHOTOS:
        return photo(PHOTOS[kind](level, rng), digit, side, rng)
    if kind == "tiny":
        return _tiny(digit, level, rng)
    return _drawing(digit, level, side, rng, opaque=kind == "drawing")
