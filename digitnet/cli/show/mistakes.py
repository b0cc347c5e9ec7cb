"""Mistakes as pictures: the normalised digit, its label and the answer."""

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
from digitnet.errors import PictureError
from digitnet.files import check_ending, check_writable
from digitnet.images.colours import LIGHT
from digitnet.images.form.mnist import SIDE
from digitnet.images.png import PNG, save_png
from digitnet.nn.evaluation import Evaluation

_LEAST_SIDE: Final = 10
"""Least pixels of a digit's side."""
_AT_LEAST: Final = 4
"""Mistakes to show before the pictures are enlarged."""
_MOST: Final = 12
"""Most mistakes, in a large terminal."""

# Of the saved picture, in pixels:
_SCALE: Final = 5  # for each of a digit's
_GAP: Final = 12
_LINE: Final = 20  # height of a line of text
_FONT: Final = 15
_ACROSS: Final = 8
"""Most digits in a row of it."""


class Mistake(NamedTuple):
    """A digit that was misread.

    Attributes
    ----------
    image : ndarray of uint8, shape (28, 28)
    label, answer : int
        The right answer and the given one.
    certainties : tuple of float, or None
        Of the given and of the right answer; None during training.
    sure : bool
        Whether the answer was sure.
    name : str
        Name of the digit.
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
        """Lines below the picture: confidences, and whether the answer was unsure."""
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
    """The mistakes, the highest confidence first.

    Parameters
    ----------
    evaluation : Evaluation
        Of N digits.
    certainties : ndarray, shape (N, 10)
    sure : sequence of bool
        Whether each answer was sure.
    images : ndarray of uint8, shape (N, 28, 28)
        The normalised digits.
    name : callable
        Name of the i-th digit.
    """
    found = []
    for i in _wrong(evaluation, certainties.max(axis=1)):
        label, answer = int(evaluation.labels[i]), int(evaluation.answers[i])
        both = float(certainties[i, answer]), float(certainties[i, label])
        found.append(Mistake(images[i], label, answer, both, sure[i], name(i)))
    return found


def most_wrong(evaluation: Evaluation | None, digits: Digits) -> list[Mistake]:
    """The mistakes by the difference between the outputs of the given and the right answer.

    Parameters
    ----------
    evaluation : Evaluation or None
        Of these digits.
    digits : Digits
        Normalised.
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
    """Indices of the mistakes, the largest difference first."""
    wrong = np.flatnonzero(evaluation.answers != evaluation.labels)
    order: list[int] = wrong[np.argsort(-how_much[wrong], kind="stable")].tolist()
    return order


def fitted(mistakes: Sequence[Mistake], width: int, height: int, *, plain: bool) -> RenderableType:
    """Draw as many mistakes as fit below a heading; if none fits, list them.

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
    """Number of mistakes that fit side by side, by the width of the pictures and the text below."""
    words = (len(line) for mistake in mistakes for line in mistake.words())
    return (width + 1) // (max(side, *words) + 1)


def drawn(mistakes: Sequence[Mistake], across: int, side: int, *, plain: bool) -> Table:
    """Draw the mistakes in rows of so many, each with an even number of pixels a side."""
    pictures = (digit(mistake.image, side, plain=plain) for mistake in mistakes)
    words = (Text("\n".join(mistake.words())) for mistake in mistakes)
    return grid([Group(*each) for each in zip(pictures, words, strict=True)], across)


def check_picture(path: Path) -> None:
    """Refuse, before all the work, a name that no picture of the mistakes can be written to.

    Raises
    ------
    PictureError
        If it does not end in .png, or cannot be written.
    """
    check_ending(path, [".png"], "a picture of the mistakes", PictureError)
    check_writable(path, PictureError, PNG)


def save_mistakes(path: Path, mistakes: Sequence[Mistake]) -> None:
    """Write the mistakes as one PNG, each with its text below.

    Raises
    ------
    PictureError
        If it cannot be written, or the existing file is not digitnet's.
    """
    side = SIDE * _SCALE
    cell, high = side + _GAP, side + _GAP + 3 * _LINE
    # Nearly square: a cell is higher than wide.
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
