"""Results as tables: a training run, an evaluation, answers to pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from rich import box
from rich.table import Table
from rich.text import Text

from digitnet.cli.display import out, plain
from digitnet.cli.drawing import bar, half_blocks, ten_bars
from digitnet.nn.evaluation import Evaluation
from digitnet.reading import Reading

_BAR = 24  # characters of a full bar: with its digit and number it fits 40 columns


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
    worst = max(1, int((confusion - np.diag(np.diag(confusion))).max()))
    for digit, row in enumerate(confusion.tolist()):
        cells = [Text(f"{digit} ", style="bold")]
        for j, count in enumerate(row):
            cells.append(
                Text(str(count or "·").rjust(width), style=_heat(count, worst, j == digit))
            )
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


def show_reading(file: str, reading: Reading, top: int, *, draw: bool) -> None:
    """Print one answer, a bar for each digit, and on request what the network saw."""
    ascii_only = plain(out)
    head = Text(f"{file}: ")
    head.append(str(reading.digit), style="bold green" if reading.sure else "bold yellow")
    head.append(f"  {reading.certainty:.1%} certain")
    if not reading.sure:
        head.append("  not sure", style="yellow")
    out.print(head, soft_wrap=True)
    if draw:
        out.print(
            half_blocks(reading.seen, plain=ascii_only or out.no_color or not out.is_terminal)
        )
    for digit in _best(reading.certainties, top):
        share = reading.certainties[digit]
        line = Text(f"  {digit} ")
        line.append(bar(share, _BAR, plain=ascii_only).ljust(_BAR), style="cyan")
        line.append(f" {share:6.1%}")
        out.print(line)


def _best(certainties: tuple[float, ...], top: int) -> list[int]:
    """Digits to show: all in their order, or the `top` best, the best first."""
    if top >= len(certainties):
        return list(range(len(certainties)))
    return sorted(range(len(certainties)), key=lambda d: -certainties[d])[:top]


def show_readings(readings: Sequence[tuple[str, Reading]]) -> None:
    """Print many answers, one a line."""
    table = Table("picture", "digit", "certain", "0123456789", "", box=box.SIMPLE_HEAD)
    table.columns[0].overflow = "fold"
    for file, reading in readings:
        style = "bold green" if reading.sure else "bold yellow"
        table.add_row(
            Text(file),
            Text(str(reading.digit), style=style),
            f"{reading.certainty:.1%}",
            Text(ten_bars(reading.certainties, plain=plain(out)), style="cyan"),
            "" if reading.sure else "not sure",
        )
    out.print(table)
