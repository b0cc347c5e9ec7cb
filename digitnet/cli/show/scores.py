"""An evaluation: scores, the confusion matrix, the worst mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rich.table import Table
from rich.text import Text

from digitnet.cli.show.console import colourless, fits, out, plain, show_indented, show_table
from digitnet.cli.show.mistakes import Mistake, drawn, fit_beside
from digitnet.images.colours import LIGHT, rgb
from digitnet.images.form.mnist import SIDE
from digitnet.nn.evaluation import Evaluation

_DRAWN: Final = "The worst mistakes, with the confidence in both digits"
_SMALL: Final = 12
"""Least pixels of a mistake's side."""


def show_scores(evaluation: Evaluation) -> None:
    """Print precision, recall, F1 and support of each digit."""
    rows = [
        (
            str(score.digit),
            *(f"{share:.2%}" for share in (score.precision, score.recall, score.f1)),
            f"{score.support:,}",
        )
        for score in evaluation.per_digit()
    ]
    show_table(("digit", "precision", "recall", "F1", "support"), rows)


def show_confusion(confusion: NDArray[np.intp]) -> None:
    """Print the confusion matrix, more mistakes brighter; or a list if it does not fit."""
    width = max(4, len(str(confusion.max())) + 1)
    table = Table.grid()
    table.add_row("  ", *(Text(str(d).rjust(width), style="bold") for d in range(len(confusion))))
    none = "." if plain(out) else "·"
    worst = max(1, int((confusion - np.diag(np.diag(confusion))).max()))
    for digit, row in enumerate(confusion.tolist()):
        cells = [Text(f"{digit} ", style="bold")]
        for j, count in enumerate(row):
            shown = str(count or none).rjust(width)
            cells.append(Text(shown, style=_heat(count, worst, j == digit)))
        table.add_row(*cells)
    if fits(table):
        out.print("Rows: the digit shown. Columns: the answer.", style="dim")
        out.print(table)
        return
    out.print("The digit shown: its answers, and how often each.", style="dim")
    for digit, row in enumerate(confusion.tolist()):
        show_indented([f"{j} ({count:,})" for j, count in enumerate(row) if count], f"{digit}: ")


def _heat(count: int, worst: int, right: bool) -> str:
    if right:
        return "bold green"
    if not count:
        return "dim"
    share = 0.25 + 0.75 * count / worst
    red, green, blue = (round(share * part) for part in rgb(LIGHT.orange))
    return f"white on rgb({red},{green},{blue})"


def show_mistakes(mistakes: Sequence[Mistake], most: int = 5) -> None:
    """Print the wrong answers of the highest confidence, a line each."""
    if not mistakes:
        return
    out.print("The worst mistakes", style="bold")
    for mistake in mistakes[:most]:
        shown, certainty = mistake.label, (mistake.certainties or (0.0,))[0]
        line = f"{mistake.name}: {'an' if shown == 8 else 'a'} {mistake}"
        show_indented(f"{line}, {certainty:.1%} confidence".split(" "), "  ")


def draw_mistakes(mistakes: Sequence[Mistake]) -> None:
    """Draw the mistakes in full size if four fit side by side, or else smaller."""
    if not mistakes:
        return
    fourth = (out.width + 1) // 4 - 1
    side = min(SIDE, max(_SMALL, fourth - fourth % 2))
    across = max(1, fit_beside(mistakes, side, out.width))
    show_indented(_DRAWN.split(), style="bold")
    out.print(drawn(mistakes, across, side, plain=colourless(out)))
