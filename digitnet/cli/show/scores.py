"""Results as tables: a training run, an evaluation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from rich import box
from rich.table import Table
from rich.text import Text

from digitnet.cli.show.console import out, plain
from digitnet.nn.evaluation import Evaluation


def show_facts(facts: Sequence[tuple[str, str]]) -> None:
    """Print name and value pairs, one a line."""
    table = Table.grid(padding=(0, 2))
    for name, value in facts:
        table.add_row(name, Text(value, overflow="fold"))
    out.print(table)


def show_scores(evaluation: Evaluation) -> None:
    """Print precision, recall, F1 and support of each digit."""
    table = Table("digit", "precision", "recall", "F1", "support", box=box.SIMPLE_HEAD)
    for column in table.columns:
        column.justify = "right"
    for score in evaluation.per_digit():
        shares = (f"{share:.2%}" for share in (score.precision, score.recall, score.f1))
        table.add_row(str(score.digit), *shares, f"{score.support:,}")
    out.print(table)


def show_confusion(confusion: NDArray[np.intp]) -> None:
    """Print the confusion matrix, mistakes the redder the more there are."""
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
    out.print("Rows: the digit shown. Columns: the answer.", style="dim")
    out.print(table)


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
        line = f"  {name(i)}: a {evaluation.labels[i]} answered as {evaluation.answers[i]}"
        out.print(Text(f"{line}, {certainties[i].max():.1%} certain"), soft_wrap=True)
