"""Every limit from grey levels to MNIST's form, moved: does any picture notice?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from digitnet.images.form.mnist import to_mnist
from digitnet.images.form.stroke import STROKES
from digitnet.images.page import Page
from digitnet.images.picture import open_picture
from digitnet.images.pipeline import INK, Pipeline
from tests.helpers.limits import moved

from .empty import EMPTY, empty
from .kinds import KINDS, STRENGTHS, picture
from .odd import ODD, odd
from .photos import PHOTOS
from .score import chosen, chosen_number
from .things import THINGS

SIZES: Final = ((24, 60), (60, 160), (60, 160), (120, 220), (40, 100), (200, 400))

Notices = Callable[["Trip"], bool]
NAMES: Final = [stage.name for stage in INK.stages]


@dataclass(frozen=True, eq=False)
class Trip:
    """A picture on its way to its ink and its form.

    Attributes
    ----------
    before : list of Page
        What each stage gets.
    page : Page
        With its ink.
    form : ndarray of uint8, shape (28, 28)
        All of its ink in MNIST's form; of no size without any.
    """

    before: list[Page]
    page: Page
    form: NDArray[np.uint8]

    def differs(self, page: Page) -> bool:
        """Whether other ink has another form, or some stage found more or less."""
        if page.found != self.page.found or page.left_out != self.page.left_out:
            return True
        return not np.array_equal(form(page.pixels), self.form)


def trip(grey: NDArray[np.uint8]) -> Trip:
    """Find a picture's ink, and keep what each stage gets."""
    before = [Page(grey)]
    for stage in INK.stages:
        before.append(Pipeline((stage,)).run(before[-1]))
    page = before.pop()
    return Trip(before, page, form(page.pixels))


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
    for place, stage in enumerate(INK.stages):
        for name, limits in moved(stage.limits):
            yield f"{stage.name}.{name}", partial(_at_stage, place, limits)
    for name, limits in moved(STROKES):
        yield f"form.{name}", partial(_in_the_form, limits)


def unnoticed(limits: Iterable[tuple[str, Notices]], some: Iterable[Trip]) -> list[str]:
    """Names of the limits that no trip notices; no more trips are made than that takes."""
    each = list(limits)
    left = {name for name, _ in each}
    for one in some:
        left -= {name for name, notices_it in each if name in left and notices_it(one)}
        if not left:
            break
    return sorted(left)


def _at_stage(place: int, limits: Any, on: Trip) -> bool:
    """Whether a stage with these limits changes the form or what is found."""
    stage, *rest = INK.stages[place:]
    page = Pipeline((replace(stage, limits=limits),)).run(on.before[place])
    usual = on.before[place + 1] if rest else on.page
    if _same(page, usual):
        return False
    return on.differs(Pipeline(tuple(rest)).run(page))


def _same(page: Page, usual: Page) -> bool:
    """Whether nothing that a later stage reads differs."""
    arrays = (page.levels, usual.levels), (page.pixels, usual.pixels)
    if page.found != usual.found or not all(np.array_equal(*pair) for pair in arrays):
        return False
    if page.strokes is None or usual.strokes is None:
        return page.strokes is usual.strokes
    strokes, other = page.strokes, usual.strokes
    return (
        np.array_equal(strokes.values, other.values)
        and np.array_equal(strokes.pieces.mask, other.pieces.mask)
        and replace(strokes, values=other.values, pieces=other.pieces) == other
    )


def _in_the_form(limits: Any, on: Trip) -> bool:
    """Whether the weight of the strokes changes the form with these limits."""
    return on.form.size > 0 and not np.array_equal(to_mnist(on.page.pixels, limits), on.form)
