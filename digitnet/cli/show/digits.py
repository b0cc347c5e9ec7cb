"""What was read, as a person sees it: bars, or a table."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from digitnet.cli.show.bars import bar, ten_bars
from digitnet.cli.show.console import out, plain
from digitnet.reading.picture import Reading

_BAR = 24  # characters of a full bar: with its digit and number it fits 40 columns


def show_reading(file: str, reading: Reading, top: int) -> None:
    """Print what was read: of one digit a bar for each answer, of several a bar for each digit."""
    head = Text(f"{file}: ")
    for n, line in enumerate(reading.lines):
        head.append(" / " if n else "")
        for digit in line:
            head.append(str(digit.digit), style=_style(digit.sure))
    if not reading.several:
        head.append(f"  {reading.certainty:.1%} certain")
    if reading.why is not None:
        head.append(f"  not sure: {reading.why}", style="yellow")
    out.print(head, soft_wrap=True)
    for digit in reading.digits:
        if reading.several:
            _show_bar(digit.digit, digit.certainty, "" if digit.why is None else f"  {digit.why}")
            continue
        for answer in _best(digit.certainties, top):
            _show_bar(answer, digit.certainties[answer])


def _show_bar(digit: int, share: float, doubt: str = "") -> None:
    line = Text(f"  {digit} ")
    line.append(bar(share, _BAR, plain=plain(out)).ljust(_BAR), style="cyan")
    line.append(f" {share:6.1%}{doubt}")
    out.print(line, soft_wrap=True)


def show_table(readings: Sequence[tuple[str, Reading]]) -> None:
    """Print many readings, one a line."""
    table = Table("picture", "answer", "certain", "0123456789", "not sure", box=box.SIMPLE_HEAD)
    table.columns[0].overflow = "fold"
    for file, reading in readings:
        bars = ten_bars(reading.digits[0].certainties, plain=plain(out))
        table.add_row(
            Text(file),
            Text(reading.text.replace("\n", " / "), style=_style(reading.sure)),
            f"{reading.certainty:.1%}",
            Text("" if reading.several else bars, style="cyan"),
            reading.why or "",
        )
    out.print(table)


def _style(sure: bool) -> str:
    return "bold green" if sure else "bold yellow"


def _best(certainties: tuple[float, ...], top: int) -> list[int]:
    """Digits to show: all in their order, or the `top` best, the best first."""
    if top >= len(certainties):
        return list(range(len(certainties)))
    return sorted(range(len(certainties)), key=lambda d: -certainties[d])[:top]
