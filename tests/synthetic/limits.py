"""Every limit of the way from grey levels to MNIST's form, moved: does any picture notice?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from digitnet.images.form.mnist import to_mnist
from digitnet.images.form.stroke import STROKES
from digitnet.images.ink.strength import full_strength
from digitnet.images.picture import open_picture
from digitnet.images.pipeline import PIPELINE, Ink, find_ink
from digitnet.images.stage import Stage
from tests.helpers.limits import moved

from .empty import EMPTY, empty
from .kinds import KINDS, STRENGTHS, picture
from .odd import ODD, odd
from .photos import PHOTOS
from .score import chosen, chosen_number
from .things import THINGS

SIZES: Final = ((24, 60), (60, 160), (60, 160), (120, 220), (40, 100), (200, 400))

Notices = Callable[["Trip"], bool]


@dataclass(frozen=True, eq=False)
class Trip:
    """A picture on its way.

    Attributes
    ----------
    grey : ndarray of uint8, shape (height, width)
    before : dict of str to page
        What each stage gets, by its name; "contrast" and "strength" get the pages of the two
        lists of stages.
    ink : Ink
    form : ndarray of uint8, shape (28, 28)
        All of its ink in MNIST's form; of no size without any.
    """

    grey: NDArray[np.uint8]
    before: dict[str, Any]
    ink: Ink
    form: NDArray[np.uint8]

    def differs(self, pixels: NDArray[np.float32], found: Mapping[str, int]) -> bool:
        """Whether other ink has another form, or some stage found more or less."""
        if any(self.ink.found[name] != number for name, number in found.items()):
            return True
        return not np.array_equal(form(pixels), self.form)


def trip(grey: NDArray[np.uint8]) -> Trip:
    """Find a picture's ink, and keep what each stage gets."""
    before: dict[str, Any] = {}

    def noted(stage: Stage[Any, Any], then: str) -> Stage[Any, Any]:
        def step(page: Any, limits: Any) -> tuple[Any, int]:
            before[stage.name] = page
            before[then], found = stage.step(page, limits)
            return before[then], found

        return replace(stage, step=step)

    way = replace(
        PIPELINE,
        on_levels=tuple(noted(stage, "contrast") for stage in PIPELINE.on_levels),
        on_contrast=tuple(noted(stage, "strength") for stage in PIPELINE.on_contrast),
    )
    ink = find_ink(grey, way)
    return Trip(grey, before, ink, form(ink.pixels))


def form(pixels: NDArray[np.float32]) -> NDArray[np.uint8]:
    """All of the ink in MNIST's form; of no size without any."""
    return to_mnist(pixels) if pixels.any() else np.zeros((0, 0), np.uint8)


def trips(count: int) -> Iterator[Trip]:
    """So many pictures of every kind and strength, small and large; some numbers, some empty."""
    for seed in range(count):
        rng = np.random.default_rng(seed)
        kind = (*ODD, *EMPTY, *KINDS)[_places(rng)]
        shortest, longest = SIZES[seed % len(SIZES)]
        if kind in ODD:
            yield trip(odd(kind, seed))
        elif kind in EMPTY:
            sides = rng.integers(shortest, longest, 2)
            noise, quality = 0.004 * (seed % 4), (None, 85, 40)[seed % 3]
            yield trip(open_picture(empty(kind, tuple(sides.tolist()), noise, quality, seed)))
        else:
            several = kind in {*PHOTOS, *THINGS} and seed % 3 == 0
            digits = chosen_number(seed)[0] if several else chosen(seed)[0]
            strength = STRENGTHS[rng.integers(len(STRENGTHS))]
            yield trip(open_picture(picture(kind, strength, digits, (shortest, longest), seed)))


def _places(rng: np.random.Generator) -> int:
    """Half of the pictures are odd ones, a sixth is empty."""
    start = (0, 0, 0, len(ODD), len(ODD) + len(EMPTY), len(ODD) + len(EMPTY))
    ends = np.cumsum([len(ODD), len(EMPTY), len(KINDS)])
    first = start[rng.integers(len(start))]
    return int(rng.integers(first, ends[ends > first][0]))


def notices() -> Iterator[tuple[str, Notices]]:
    """Each limit's name twice, and whether a trip notices that it is lower, or higher."""
    for place, on_levels in enumerate(PIPELINE.on_levels):
        yield from _each(on_levels.limits, partial(_on_levels, place))
    for name in ("polarity", "light", "threshold"):
        yield from _each(getattr(PIPELINE, name), partial(_to_contrast, name))
    for place, on_contrast in enumerate(PIPELINE.on_contrast):
        yield from _each(on_contrast.limits, partial(_on_contrast, place))
    yield from _each(PIPELINE.strength, _at_the_end)
    yield from _each(STROKES, _in_the_form)


def unnoticed(limits: Iterable[tuple[str, Notices]], some: Iterable[Trip]) -> list[str]:
    """Names of the limits that no trip notices; no more trips are made than that takes."""
    each = list(limits)
    left = {name for name, _ in each}
    for one in some:
        left -= {name for name, notices_it in each if name in left and notices_it(one)}
        if not left:
            break
    return sorted(left)


def _each(limits: Any, differs: Callable[[Any, Trip], bool]) -> Iterator[tuple[str, Notices]]:
    for name, other in moved(limits):
        yield f"{type(limits).__name__}.{name}", partial(differs, other)


def _on_levels(place: int, limits: Any, on: Trip) -> bool:
    """Whether a stage on the grey levels changes the form with these limits."""
    names = [stage.name for stage in PIPELINE.on_levels]
    page, found = PIPELINE.on_levels[place].step(on.before[names[place]], limits)
    if found == on.ink.found[names[place]] and np.array_equal(
        page, on.before[[*names, "contrast"][place + 1]]
    ):
        return False
    ink = find_ink(page, leave_out=names[: place + 1])
    return on.differs(ink.pixels, {**ink.found, names[place]: found})


def _to_contrast(name: str, limits: Any, on: Trip) -> bool:
    """Whether the contrast changes the form with these limits."""
    ink = find_ink(on.before["contrast"], replace(PIPELINE, on_levels=(), **{name: limits}))
    return ink.left_out != on.ink.left_out or on.differs(ink.pixels, ink.found)


def _on_contrast(place: int, limits: Any, on: Trip) -> bool:
    """Whether a stage on the contrast changes the form with these limits."""
    stage, *rest = PIPELINE.on_contrast[place:]
    page, number = stage.step(on.before[stage.name], limits)
    found = {stage.name: number}
    then = on.before[rest[0].name if rest else "strength"]
    if (
        number == on.ink.found[stage.name]
        and np.array_equal(page.values, then.values)
        and np.array_equal(page.pieces.mask, then.pieces.mask)
    ):
        return False
    for later in rest:
        page, found[later.name] = later.step(page, later.limits)
    return on.differs(full_strength(page, PIPELINE.strength)[0], found)


def _at_the_end(limits: Any, on: Trip) -> bool:
    """Whether the strength of the ink changes the form with these limits."""
    ink, faint = full_strength(on.before["strength"], limits)
    return faint != ("faint ink strengthened" in on.ink.mended) or on.differs(ink, {})


def _in_the_form(limits: Any, on: Trip) -> bool:
    """Whether the weight of the strokes changes the form with these limits."""
    return on.form.size > 0 and not np.array_equal(to_mnist(on.ink.pixels, limits), on.form)
