"""Three colours that mean the same in a terminal, a plot, a notebook and on the page.

Blue is positive, orange is negative; green is a sure answer, orange one that is not sure. Blue and
orange can be distinguished with every kind of colour vision.
"""

from __future__ import annotations

from typing import Final, NamedTuple

RGB = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""


class Palette(NamedTuple):
    """The colours for one background, each as ``#rrggbb``."""

    blue: str
    orange: str
    green: str

    def answer(self, *, sure: bool) -> str:
        """Green for a sure answer, orange for one that is not."""
        return self.green if sure else self.orange


LIGHT: Final = Palette("#1c6cb0", "#b44c14", "#1d7a4c")
"""On white, with a contrast of at least 4.5."""
DARK: Final = Palette("#67b3f2", "#f39450", "#6fd39c")
"""On black, with a contrast of at least 4.5."""
EITHER: Final = Palette("#2f86cc", "#d2691e", "#2e8b57")
"""On both, as in a notebook or on a photo, with a contrast of at least 3."""


def rgb(colour: str) -> RGB:
    """Red, green and blue of ``#rrggbb``."""
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue
