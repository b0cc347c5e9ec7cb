"""Mistakes as pictures: the digit as the network saw it, what it shows and what was answered."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from digitnet.cli.show.console import grid
from digitnet.cli.show.pixels import digit
from digitnet.datasets.digits import Digits
from digitnet.images.colours import LIGHT
from digitnet.images.form.mnist import SIDE
from digitnet.images.png import save_png
from digitnet.nn.evaluation import Evaluation

_LEAST_SIDE: Final = 10
"""Pixels in which a digit can still be made out."""
_AT_LEAST: Final = 4
"""Mistakes to show, rather than fewer in more pixels."""
_MOST: Final = 12
"""As many as a large terminal has room for."""

# Of the picture that is saved, in pixels:
_SCALE: Final = 5  # for each of a digit's
_GAP: Final = 12
_LINE: Final = 20  # from one line of words to the next
_FONT: Final = 15
_ACROSS: Final = 8
"""Digits in a row of it, at most."""


class Mistake(NamedTuple):
    """A digit that was misread.

    Attributes
    ----------
    image : ndarray of uint8, shape (28, 28)
    label, answer : int
        The right answer and the given one.
    certainties : tuple of float, or None
        Of the given answer and of the right one; None while a network still learns.
    sure : bool
        Whether the answer was called sure.
    name : str
        What the digit is called.
    """

    image: NDArray[np.uint8]
    label: int
    answer: int
    certainties: tuple[float, float] | None = None
    sure: bool = True
    name: str = ""

    def __str__(self) -> str:
        return f"{self.label} read as {self.answer}"

    def words(self) -> list[str]:
        """What to write below the picture, a line each: certainties, and whether it was unsure."""
        words = [str(self)]
        if self.certainties is not None:
            given, right = self.certainties
            words.append(f"{self.answer}: {given:.0%}, {self.label}: {right:.0%}")
        return words if self.sure else [*words, "unsure"]


def worst(
    evaluation: Evaluation,
    certainties: NDArray[np.float64],
    sure: Sequence[bool],
    images: NDArray[np.uint8],
    name: Callable[[int], str],
) -> list[Mistake]:
    """Take the mistakes, those of the highest certainty first.

    Parameters
    ----------
    evaluation : Evaluation
        Of N digits.
    certainties : ndarray, shape (N, 10)
    sure : sequence of bool
        Whether each answer was called sure.
    images : ndarray of uint8, shape (N, 28, 28)
        What each looks like.
    name : callable
        What the i-th is called.
    """
    found = []
    for i in _wrong(evaluation, certainties.max(axis=1)):
        label, answer = int(evaluation.labels[i]), int(evaluation.answers[i])
        both = float(certainties[i, answer]), float(certainties[i, label])
        found.append(Mistake(images[i], label, answer, both, sure[i], name(i)))
    return found


def most_wrong(evaluation: Evaluation | None, digits: Digits) -> list[Mistake]:
    """Take the digits whose right answer was furthest below the given one, the worst first.

    Parameters
    ----------
    evaluation : Evaluation or None
        Of these digits.
    digits : Digits
        As the network saw them.
    """
    if evaluation is None:
        return []
    right = np.take_along_axis(evaluation.outputs, evaluation.labels[:, None].astype(int), axis=1)
    behind = evaluation.outputs.max(axis=1) - right[:, 0]
    return [
        Mistake(digits.images[i], int(evaluation.labels[i]), int(evaluation.answers[i]))
        for i in _wrong(evaluation, behind)[:_MOST]
    ]


def _wrong(evaluation: Evaluation, how_much: NDArray[np.floating]) -> list[int]:
    """Places of the mistakes, the largest first."""
    wrong = np.flatnonzero(evaluation.answers != evaluation.labels)
    order: list[int] = wrong[np.argsort(-how_much[wrong], kind="stable")].tolist()
    return order


def fitted(mistakes: Sequence[Mistake], width: int, height: int, *, plain: bool) -> RenderableType:
    """Draw as many as there is room for, below a head; without room for any, name them.

    Parameters
    ----------
    mistakes : sequence of Mistake
        The worst first.
    width, height : int
        Columns and lines.
    plain : bool
        Use ASCII shades.
    """
    if not mistakes or height < 1:
        return Group()
    for count in range(min(_AT_LEAST, len(mistakes)), 0, -1):
        for side in range(SIDE, _LEAST_SIDE - 1, -2):
            across = fit_beside(mistakes, side, width)
            down = (height - 1) // (side // 2 + 1)
            if across * down >= count:
                rows = drawn(mistakes[: across * down], across, side, plain=plain)
                return Group(Text("Most wrong now", style="bold"), rows)
    words = "Most wrong: "
    room = (width - len(words) + 2) // (len(str(mistakes[0])) + 2)
    return Text(words + ", ".join(map(str, mistakes[: max(1, room)])))


def fit_beside(mistakes: Sequence[Mistake], side: int, width: int) -> int:
    """How many of them fit beside each other: as wide as the picture, or as the words below it."""
    words = (len(line) for mistake in mistakes for line in mistake.words())
    return (width + 1) // (max(side, *words) + 1)


def drawn(mistakes: Sequence[Mistake], across: int, side: int, *, plain: bool) -> Table:
    """Draw the mistakes in rows of so many, each in so many pixels a side, an even number."""
    pictures = (digit(mistake.image, side, plain=plain) for mistake in mistakes)
    words = (Text("\n".join(mistake.words())) for mistake in mistakes)
    return grid([Group(*each) for each in zip(pictures, words, strict=True)], across)


def save_mistakes(path: Path, mistakes: Sequence[Mistake]) -> None:
    """Write them as one PNG, to print or to show to a class, each with its words below it.

    Raises
    ------
    PictureError
        If it cannot be written, or another picture has that name.
    """
    side = SIDE * _SCALE
    cell, high = side + _GAP, side + _GAP + 3 * _LINE
    # As near to a square as it gets, since a cell is higher than it is wide.
    across = min(_ACROSS, max(1, math.ceil(math.sqrt(len(mistakes) * high / cell))))
    down = max(1, math.ceil(len(mistakes) / across))
    sheet = Image.new("RGB", (across * cell + _GAP, down * high + _GAP), "white")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(_FONT)
    for n, mistake in enumerate(mistakes):
        x, y = _GAP + n % across * cell, _GAP + n // across * high
        image = Image.fromarray(mistake.image).resize((side, side), Image.Resampling.NEAREST)
        sheet.paste(image, (x, y))
        for row, words in enumerate(mistake.words()):
            colour = LIGHT.orange if words == "unsure" else "black"
            pen.text((x, y + side + 4 + row * _LINE), words, colour, font)
    save_png(path, sheet)
