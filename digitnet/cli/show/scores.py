"""An evaluation: scores, the confusion matrix, the worst mistakes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from rich.table import Table
from rich.text import Text

from digitnet.cli.show.console import out, plain
from digitnet.cli.show.table import fits, show_indented, show_table
from digitnet.nn.evaluation import Evaluation


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
    """Print the confusion matrix, mistakes the redder the more there are; or a list of it."""
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
    return f"white on rgb({60 + 150 * count // worst},20,20)"


def show_mistakes(
    evaluation: Evaluation,
    certainties: NDArray[np.float64],
    name: Callable[[int], str],
    most: int = 5,
) -> None:
    """Print the wrong answers of the highest certainty."""
    wrong = np.flatnonzero(evaluation.answers != evaluation.labels)
    if not len(wrong):
        return
    certainty = certainties.max(axis=1)[wrong]
    out.print("The worst mistakes", style="bold")
    for i in wrong[np.argsort(-certainty, kind="stable")][:most].tolist():
        label = evaluation.labels[i]
        line = f"{name(i)}: {_article(label)} {label} answered as {evaluation.answers[i]}"
        show_indented(f"{line}, {certainties[i].max():.1%} certain".split(" "), "  ")


def _article(digit: int) -> str:
    return "an" if digit == 8 else "a"
