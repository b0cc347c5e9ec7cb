"""Many readings, a line each, printed as they come."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from digitnet.cli.show.bars import ten_bars
from digitnet.cli.show.console import out, plain
from digitnet.cli.show.digits import best, style
from digitnet.cli.show.table import show_indented
from digitnet.reading.reading import Reading

_NUMBER = ["picture", "number", "certain", ""]
_DIGITS = 10  # characters; a longer number, or one of several lines, has its row to itself


class Rows:
    """A table that prints each row at once: only the names must be known before.

    Parameters
    ----------
    names : sequence of str
        Of all the pictures that may come.
    top : int
        How many of the ten answers to show; all ten are small bars. None for numbers.
    """

    def __init__(self, names: Sequence[str], top: int) -> None:
        self.top, self.begun = top, False
        answers = "0123456789" if top >= 10 else f"the {top} best"
        self.heads = ["picture", "answer", "certain", answers] if top else _NUMBER
        # "7 100.0%" is 8, and 2 more between two.
        shares = 10 if top >= 10 else max(10 * top - 2, cell_len(answers))
        others = [6, 7, shares] if top else [_DIGITS, 7, 0]
        room = out.width - sum(others) - 2 * len(others)
        lengths = (cell_len(name) for name in [*names, self.heads[0]])
        self.widths = [max((n for n in lengths if n <= room), default=0), *others]

    def add(self, file: str, reading: Reading) -> None:
        """Print a row, below the heads if it is the first."""
        if not self.begun:
            self._show(self.heads, ["dim"] * 4)
            self.begun = True
        answer = reading.text.replace("\n", " / ")
        shares = "" if reading.several else self._shares(reading)
        row = [file, answer, f"{reading.certainty:.1%}", shares]
        doubt = "" if reading.why is None else f"not sure: {reading.why}"
        self._show(row, ["", style(reading.sure), "", "cyan"], doubt)

    def _shares(self, reading: Reading) -> str:
        shares = reading.digits[0].certainties
        if self.top >= len(shares):
            return ten_bars(shares, plain=plain(out))
        return ", ".join(f"{answer} {shares[answer]:.1%}" for answer in best(shares, self.top))

    def _show(self, cells: Sequence[str], styles: Sequence[str], doubt: str = "") -> None:
        """Print the cells in their columns, or on as many lines as they need; then the doubt."""
        row = Text()
        for cell, width, look in zip(cells, self.widths, styles, strict=True):
            padded = set_cell_size(cell, max(width, cell_len(cell)))
            row.append(padded, style=look).append("  ")
        if row.cell_len + cell_len(doubt) <= out.width:
            row.append(doubt, style="yellow").rstrip()
            out.print(row)
            return
        row.rstrip()
        if row.cell_len <= out.width:
            out.print(row)
        else:
            show_indented([cell for cell in cells if cell])
        show_indented(doubt.split(), "  ", "yellow")
