"""The kinds of pictures, each mild, moderate and strong."""

from __future__ import annotations

import io
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .drawings import drawing, tiny
from .photos import PHOTOS
from .scene import photo
from .things import THINGS

STRENGTHS: Final = ("mild", "moderate", "strong")
# A picture's seed has its kind's place in the list: new kinds come last.
KINDS: Final = (*PHOTOS, "drawing", "transparent drawing", "tiny", *THINGS)


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
        Least and greatest side of the picture, in pixels, but for tiny ones, and before it is
        framed or cut close.
    seed : int
    """
    level = STRENGTHS.index(strength)
    rng = np.random.default_rng([KINDS.index(kind), level, seed])
    settings = {**PHOTOS, **THINGS}
    if kind in settings:
        return photo(settings[kind](level, rng), digit, side, rng)
    if kind == "tiny":
        return tiny(digit, level, rng)
    return drawing(digit, level, side, rng, opaque=kind == "drawing")
