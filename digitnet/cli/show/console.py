"""Words and tables in a terminal of any width; a table that does not fit becomes a list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from textwrap import fill, wrap
from typing import Final

from rich import box
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from digitnet.errors import DigitnetError, printable

_AT_SPACES: Final = partial(fill, break_long_words=False, break_on_hyphens=False)

_ASCII: Final = {
    "∂": "d", "ŷ": "y^", "·": "*", "×": "x", "α": "alpha", "Σ": "sum", "²": "^2", "←": "<-",
    "…": "...", "≈": "~",
}  # fmt: skip
"""Replacements of the essay's letters in an ASCII terminal."""
_SPACE: Final = "\0"
"""Stands for a space at which no line ends; no name of a file holds it."""
_ANY: Final = 10_000
"""Columns: wider than any table, so that its own width is measured."""

out = Console(highlight=False, soft_wrap=False)
err = Console(stderr=True, highlight=False)


def plain(console: Console) -> bool:
    """Whether the terminal lacks block characters."""
    return not console.encoding.lower().startswith("utf")


def colourless(console: Console) -> bool:
    """Whether pictures must be drawn without colours or block characters."""
    return plain(console) or console.no_color or not console.is_terminal


def in_letters(text: str) -> str:
    """The text in the letters that the terminal has."""
    if not plain(out):
        return text
    return "".join(_ASCII.get(letter, letter) for letter in text)


def show_error(error: DigitnetError) -> None:
    """Print the three parts of an error.

    A parameter is named by its option: ``--learning-rate`` for ``learning_rate``.
    """
    option = error.parameter and f"--{error.parameter.replace('_', '-')}"
    what, found, advice = error.told(option)
    message = Text.assemble(("Error: ", "bold red"), f"{what}\n  {found}\n  {advice}")
    err.print(message, soft_wrap=True)


def note(*lines: str) -> None:
    """Print a note on stderr.

    In a terminal it is wrapped between words; a path is not broken.
    """
    shown = [printable(line) for line in lines]
    if err.is_terminal:
        shown = [_AT_SPACES(line, err.width) for line in shown]
    err.print(Text("\n".join(shown), style="yellow"), soft_wrap=True)


def say(text: str) -> None:
    """Print a line of the result on stdout, wrapped like a note, without markup."""
    shown = printable(text)
    if out.is_terminal:
        shown = _AT_SPACES(shown, out.width)
    out.print(Text(shown), soft_wrap=True)


def fits(table: Table) -> bool:
    """Whether the table fits the terminal without truncation or wrapping."""
    endless = out.options.update(width=_ANY)
    return out.measure(table, options=endless).maximum <= out.width


def grid(cells: Sequence[RenderableType], across: int, *, gap: int = 1, below: int = 0) -> Table:
    """Arrange cells in rows of so many, with gaps between columns and rows."""
    table = Table.grid(padding=(0, gap, below, 0), collapse_padding=False)
    for first in range(0, len(cells), across):
        table.add_row(*cells[first : first + across])
    return table


def show_facts(facts: Sequence[tuple[str, str]]) -> None:
    """Print a name and its value a line; a value that does not fit is below its name."""
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
    """Print a table of numbers, or each row as its first value and the others below."""
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
        # A row with fewer values, such as a sum, does not match the header.
        out.print(Text(f"{heads[0]} {first}" if all(others) else first), soft_wrap=True)
        for head, value in zip(heads[1:], others, strict=True):
            if value:
                out.print(Text(f"  {head:<{wide[0]}} {value:>{wide[1]}}"), soft_wrap=True)


def show_indented(parts: Sequence[str], begin: str = "", style: str = "") -> None:
    """Print parts, separated by spaces, on several lines if needed; no part is broken.

    A part that is wider than the terminal, such as a path, is printed in one piece, so that it can
    be copied.
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
