"""Mistakes as pictures: the digit as the network saw it, what it shows and what was answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.text import Text

from digitnet.cli.show.blocks import digit_lines
from digitnet.datasets.digits import Digits
from digitnet.images.form.mnist import SIDE
from digitnet.nn.evaluation import Evaluation

_LEAST_SIDE: Final = 10
"""Pixels in which a digit can still be made out."""
_AT_LEAST: Final = 4
"""Mistakes to show, rather than fewer in more pixels."""


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

    def told(self) -> str:
        """Certainties of the given answer and of the right one: ``7: 97%, 3: 2%``."""
        if self.certainties is None:
            return ""
        given, right = self.certainties
        return f"{self.answer}: {given:.0%}, {self.label}: {right:.0%}"

    def doubt(self) -> str:
        """``unsure``, where the answer was called that."""
        return "" if self.sure else "unsure"

    def words(self) -> list[str]:
        """What to write below the picture, a line each."""
        return [words for words in (str(self), self.told(), self.doubt()) if words]


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
    wrong = np.flatnonzero(evaluation.answers != evaluation.labels)
    order = np.argsort(-certainties[wrong].max(axis=1), kind="stable")
    found = []
    for i in wrong[order].tolist():
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
    rows = np.arange(len(evaluation.labels))
    behind = evaluation.outputs.max(axis=1) - evaluation.outputs[rows, evaluation.labels]
    wrong = np.flatnonzero(evaluation.answers != evaluation.labels)
    worst = wrong[np.argsort(-behind[wrong], kind="stable")]
    return [
        Mistake(digits.images[i], int(evaluation.labels[i]), int(evaluation.answers[i]))
        for i in worst[:_MOST]
    ]


_MOST: Final = 12
"""As many as a large terminal has room for."""


def mistake_lines(
    mistakes: Sequence[Mistake], width: int, height: int, *, plain: bool
) -> list[Text]:
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
        return []
    for wanted in range(min(_AT_LEAST, len(mistakes)), 0, -1):
        for side in range(SIDE, _LEAST_SIDE - 1, -2):
            across = (width + 1) // (cell_of(mistakes, side) + 1)
            down = (height - 1) // (side // 2 + 1)
            if across * down >= wanted:
                drawn = mistake_rows(mistakes[: across * down], across, side, plain=plain)
                return [Text("Most wrong now", style="bold"), *drawn]
    words = "Most wrong: "
    room = (width - len(words) + 2) // (len(str(mistakes[0])) + 2)
    return [Text(words + ", ".join(map(str, mistakes[: max(1, room)])))]


def mistake_rows(mistakes: Sequence[Mistake], across: int, side: int, *, plain: bool) -> list[Text]:
    """Draw the mistakes in rows of so many, each in so many pixels a side."""
    cell = cell_of(mistakes, side)
    lines: list[Text] = []
    for first in range(0, len(mistakes), across):
        row = mistakes[first : first + across]
        below = max(len(mistake.words()) for mistake in row)
        drawn = [_lines(mistake, side, cell, below, plain=plain) for mistake in row]
        lines += [Text(" ").join(parts) for parts in zip(*drawn, strict=True)]
    return lines


def cell_of(mistakes: Sequence[Mistake], side: int) -> int:
    """Columns that a mistake takes: its picture's, or those of the words below it."""
    return max(side, *(len(words) for mistake in mistakes for words in mistake.words()))


def _lines(mistake: Mistake, side: int, cell: int, below: int, *, plain: bool) -> list[Text]:
    """Return the picture and so many lines below it, all as wide as the cell."""
    lines = digit_lines(mistake.image, side, plain=plain)
    words = mistake.words()
    lines += [Text(line) for line in [*words, *[""] * (below - len(words))]]
    for line in lines:
        line.pad_right(cell - line.cell_len)
    return lines
