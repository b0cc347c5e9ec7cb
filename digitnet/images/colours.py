"""Three colours that mean the same in a terminal, a plot, a notebook and on the page.

Blue is what raises a number, orange what lowers it; green is a sure answer, orange one that is
not. Blue and orange are told apart by every kind of colour vision.
"""

from __future__ import annotations

from typing import Final, NamedTuple

RGB = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""


class Palette(NamedTuple):
    """The colours that can be read on one ground, each as ``#rrggbb``."""

    blue: str
    orange: str
    green: str

    def answer(self, *, sure: bool) -> str:
        """Green for a sure answer, orange for another."""
        return self.green if sure else self.orange


LIGHT: Final = Palette("#1c6cb0", "#b44c14", "#1d7a4c")
"""On white, with a contrast of 4.5 at least."""
DARK: Final = Palette("#67b3f2", "#f39450", "#6fd39c")
"""On black, the same."""
EITHER: Final = Palette("#2f86cc", "#d2691e", "#2e8b57")
"""On either, as in a notebook or on a photo: 3 at least."""


def rgb(colour: str) -> RGB:
    """Red, green and blue of ``#rrggbb``."""
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue
