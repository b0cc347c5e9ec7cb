"""A sheet of neurons: what each weighs its inputs with, as a small picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rich.text import Text

from digitnet.cli.show.signed import in_words, signed_blocks, signed_strokes
from digitnet.images.form.inputs import CELLS, FEATURES
from digitnet.images.form.mnist import SIDE
from digitnet.images.form.weights import strokes, weights_drawn
from digitnet.nn.functions import Array

MOST: Final = 15
"""Neurons of a sheet; those of a larger layer would be too small to be seen."""
_LEAST_SIDE: Final = 5
"""Pixels of the smallest picture of weights."""
_PERCENTILE: Final = 98
"""Of all that is drawn, what is brightest: a single large weight does not darken the others."""

Draw = Callable[[Array, bool], list[list[Text]]]


class Look(NamedTuple):
    """One way to draw neurons: columns and lines that each takes, with the gap below it."""

    width: int
    lines: int
    draw: Draw


class Sheet(NamedTuple):
    """How many neurons are shown, how many side by side, and how they are drawn."""

    shown: int
    columns: int
    look: Look

    @classmethod
    def fitting(cls, W: Array, width: int, height: int) -> Sheet | None:
        """Choose the largest pictures of all neurons that fit, or else as many as do.

        Parameters
        ----------
        W : ndarray, shape (neurons, inputs)
        width, height : int
            Columns and lines.
        """
        looks = _looks(W.shape[1])
        for count in range(min(MOST, len(W)), 0, -1):
            for look in looks:
                # Neither below the last nor to the right of it is a gap.
                most, rows = (width + 1) // (look.width + 1), (height + 1) // look.lines
                if min(most, rows) > 0 and count <= most * rows:
                    # As many in each row, as far as they go.
                    return cls(count, math.ceil(count / math.ceil(count / most)), look)
        return None

    def lines(self, W: Array, *, plain: bool) -> list[Text]:
        """Draw the first neurons of W; plain: with signs instead of colours."""
        drawn = self.look.draw(W[: self.shown], plain)
        lines: list[Text] = []
        for first in range(0, self.shown, self.columns):
            row = drawn[first : first + self.columns]
            lines += [Text(" ").join(parts) for parts in zip(*row, strict=True)]
            lines += [Text()] * (self.look.lines - len(row[0]))
        while lines and not lines[-1]:
            lines.pop()
        return lines


def head(count: int, neurons: int, inputs: int, *, hidden: bool, plain: bool) -> str:
    """Say what the pictures are."""
    above, below = in_words(strokes=inputs == FEATURES, plain=plain)
    if not hidden:
        return f"Ink for each digit, 0 to {count - 1}: {above} for it, {below} against"
    of = f"{count}" if count == neurons else f"{count} of {neurons}"
    what = "Strokes" if inputs == FEATURES else "Ink"
    s = "" if plain else "s"  # a colour is one, signs are several
    return f"{what} for {of} neurons: {above} excite{s}, {below} calm{s}"


def drawn_alike(weights: Sequence[Array], *, plain: bool) -> list[list[Text]]:
    """Draw weights as large as they are, or strokes in three pixels a cell, all in one scale."""
    W = np.stack(weights)
    return _in_pixels(3 * CELLS if W.shape[1] == FEATURES else SIDE)(W, plain)


def strongest_of(pictures: Sequence[Array] | Array) -> float:
    """Return what is drawn brightest, the same for all neurons: so a weak one looks weak."""
    return float(np.percentile(np.abs(pictures), _PERCENTILE))


def _looks(inputs: int) -> list[Look]:
    """Ways to draw so many weights, the largest first."""
    if inputs == FEATURES:
        wide, narrow = 2 * CELLS - 1, CELLS
        cells = [Look(wide, CELLS + 1, _in_strokes(" ")), Look(narrow, CELLS + 1, _in_strokes(""))]
        return [*_pictures([4 * CELLS, 3 * CELLS]), *cells]
    return _pictures(range(SIDE, _LEAST_SIDE - 1, -1))


def _pictures(sides: Iterable[int]) -> list[Look]:
    return [Look(side, side // 2 + 1, _in_pixels(side)) for side in sides]


def _in_pixels(side: int) -> Draw:
    def draw(W: Array, plain: bool) -> list[list[Text]]:
        pictures = [_drawn(w, side) for w in W]
        strongest = strongest_of(pictures)
        return [signed_blocks(picture, strongest, plain=plain) for picture in pictures]

    return draw


def _in_strokes(gap: str) -> Draw:
    def draw(W: Array, plain: bool) -> list[list[Text]]:
        found = [strokes(w) for w in W]
        strongest = strongest_of([each.weight for each in found])
        return [signed_strokes(each, strongest, gap, plain=plain) for each in found]

    return draw


def _drawn(w: Array, side: int) -> NDArray[np.float32]:
    picture = weights_drawn(w, side // CELLS)
    if side == len(picture):
        return picture
    resized = Image.fromarray(picture).resize((side, side), Image.Resampling.BOX)
    return np.asarray(resized, np.float32)
