"""Tables in a terminal of any width: where one does not fit, its values stand one below another."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from rich import box
from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from digitnet.cli.show.console import out
from digitnet.errors import printable

_SPACE = "\0"  # stands for a space that no line ends at; no name of a file holds it
_ANY = 10_000  # columns: wider than any table, so that its own width is measured


def fits(table: Table) -> bool:
    """Whether the table fits the terminal with nothing cut or folded."""
    endless = out.options.update(width=_ANY)
    return out.measure(table, options=endless).maximum <= out.width


def grid(cells: Sequence[RenderableType], across: int, *, gap: int = 1, below: int = 0) -> Table:
    """Put cells in rows of so many, with columns between two and lines between two rows."""
    table = Table.grid(padding=(0, gap, below, 0), collapse_padding=False)
    for first in range(0, len(cells), across):
        table.add_row(*cells[first : first + across])
    return table


def show_facts(facts: Sequence[tuple[str, str]]) -> None:
    """Print a name and its value a line; a value that does not fit below its name."""
    rows = [(name, printable(value)) for name, value in facts]
    width = max(cell_len(name) for name, _ in rows)
    for name, value in rows:
        line = f"{name:<{width}}  {value}"
        if cell_len(line) <= out.width:
            out.print(Text(line))
            continue
        if name:
            out.print(Text(name), soft_wrap=True)
        show_indented(value.split(" "), "  ")


def show_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table of numbers; or each row as its first value and the others below it."""
    table = Table(*heads, box=box.SIMPLE_HEAD)
    for column in table.columns:
        column.justify = "right"
    for row in rows:
        table.add_row(*row)
    if fits(table):
        out.print(table)
        return
    wide = max(map(len, heads[1:])), max(len(value) for row in rows for value in row[1:])
    for first, *others in rows:
        # A row that has not all values, such as a sum, is not what the head says.
        out.print(Text(f"{heads[0]} {first}" if all(others) else first), soft_wrap=True)
        for head, value in zip(heads[1:], others, strict=True):
            if value:
                out.print(Text(f"  {head:<{wide[0]}} {value:>{wide[1]}}"), soft_wrap=True)


def show_indented(parts: Sequence[str], begin: str = "", style: str = "") -> None:
    """Print parts, a space between two, on as many lines as they need; no part is broken.

    A part that is wider than the terminal, such as a path, goes to it in one piece: so it can
    be copied as one.
    """
    kept = (part.replace(" ", _SPACE) for part in parts)
    for line in wrap(
        " ".join(kept),
        out.width,
        initial_indent=begin,
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    ):
        out.print(Text(line.replace(_SPACE, " "), style=style), soft_wrap=True)
