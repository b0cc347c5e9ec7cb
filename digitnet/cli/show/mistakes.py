"""Mistakes as pictures: the digit as the network saw it, what it shows and what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
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
    """A digit that was misread: what the network saw, the right answer, and the given one."""

    image: NDArray[np.uint8]
    label: int
    answer: int

    def __str__(self) -> str:
        return f"{self.label} read as {self.answer}"


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
            cell = max(side, len(str(mistakes[0]))) + 1
            across, down = (width + 1) // cell, (height - 1) // (side // 2 + 1)
            if across * down >= wanted:
                return _grid(mistakes, across, down, side, plain=plain)
    words = "Most wrong: "
    room = (width - len(words) + 2) // (len(str(mistakes[0])) + 2)
    return [Text(words + ", ".join(map(str, mistakes[: max(1, room)])))]


def _grid(
    mistakes: Sequence[Mistake], across: int, down: int, side: int, *, plain: bool
) -> list[Text]:
    cell = max(side, len(str(mistakes[0])))
    lines = [Text("Most wrong now", style="bold")]
    left = iter(mistakes)
    for _ in range(down):
        row = list(islice(left, across))
        drawn = [_lines(mistake, side, cell, plain=plain) for mistake in row]
        lines += [Text(" ").join(parts) for parts in zip(*drawn, strict=True)]
    return lines


def _lines(mistake: Mistake, side: int, cell: int, *, plain: bool) -> list[Text]:
    """Return the picture and the words below it, each line as wide as the cell."""
    lines = digit_lines(mistake.image, side, plain=plain)
    lines.append(Text(str(mistake)))
    for line in lines:
        line.pad_right(cell - line.cell_len)
    return lines
