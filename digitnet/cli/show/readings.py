"""Print readings as they are made: as text, JSON or CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

import typer
from rich.cells import cell_len, set_cell_size
from rich.text import Text

from digitnet.cli.show.console import out, plain, show_indented
from digitnet.cli.show.pixels import bar, ten_bars
from digitnet.cli.show.stages import answer_style, show_stages
from digitnet.errors import DigitnetError, printable
from digitnet.images.stage import Picture
from digitnet.model.digit import Digit
from digitnet.reading.reading import Reading

Stages = Mapping[str, Picture]

_MANY: Final = 3
"""Most pictures that are printed with bars; more are a line each."""
_BAR: Final = 24
"""Characters of a full bar: with its digit and number it fits 40 columns."""
_BESIDE: Final = 11
"""Characters of a bar's digit and number."""
_NUMBER: Final = 10
"""Most characters of a number in a table; a longer one, or one of several lines, has a row."""


class AsJson:
    """JSON: one object a line."""

    def add(self, file: str, reading: Reading, stages: Stages) -> None:  # noqa: ARG002
        """Print one digit, or a number with its digits and their boxes."""
        digits = [_as_json(digit) for digit in reading.digits]
        answer = {"number": reading.text} if reading.several else digits[0]
        whole = {"file": file, **answer, **_sureness(reading)}
        typer.echo(json.dumps({**whole, "digits": digits} if reading.several else whole))

    def fail(self, file: str, error: DigitnetError) -> None:
        """Print the error as one line."""
        typer.echo(json.dumps({"file": file, "error": _one_line(error)}))


class AsCsv:
    """CSV (RFC 4180): a header and a row a picture; a number has no ten certainties."""

    def __init__(self) -> None:
        self.writer = csv.writer(sys.stdout, lineterminator="\n")
        self._write(["file", "answer", "certainty", "sure", *range(10), "error", "why"])

    def add(self, file: str, reading: Reading, stages: Stages) -> None:  # noqa: ARG002
        """Print the row."""
        sure = "yes" if reading.sure else "no"
        shares = [f"{share:.4f}" for share in reading.digits[0].certainties]
        ten = [""] * 10 if reading.several else shares
        file, certainty = printable(file), f"{reading.certainty:.4f}"
        self._write([file, reading.text, certainty, sure, *ten, "", reading.why or ""])

    def fail(self, file: str, error: DigitnetError) -> None:
        """Print the error in its column."""
        self._write([printable(file), *[""] * 13, _one_line(error), ""])

    def _write(self, row: Sequence[object]) -> None:
        self.writer.writerow(row)
        sys.stdout.flush()  # otherwise it would wait in a pipe


class AsText:
    """Text: a few pictures with bars; many as a line each, below a header.

    Parameters
    ----------
    names : sequence of str
        Names of all pictures.
    top : int
        Number of answers to show, of ten.
    draw : bool
        Draw every stage.
    number : bool
        Whether several digits are read, which have no ten answers.
    """

    def __init__(self, names: Sequence[str], top: int, *, draw: bool, number: bool) -> None:
        self.top, self.draw = top, draw
        self.many, self.begun = len(names) > _MANY and not draw, False
        best = "0123456789" if top >= 10 else f"the {top} best"
        self.heads = [
            "picture",
            *(["number", "confidence", ""] if number else ["answer", "confidence", best]),
        ]
        # "7 100.0%" is 8, and 2 more between two.
        shares = 10 if top >= 10 else max(10 * top - 2, cell_len(best))
        others = [_NUMBER, 10, 0] if number else [6, 10, shares]
        room = out.width - sum(others) - 2 * len(others)
        lengths = (cell_len(name) for name in [*map(printable, names), self.heads[0]])
        self.widths = [max((n for n in lengths if n <= room), default=0), *others]

    def add(self, file: str, reading: Reading, stages: Stages) -> None:
        """Print the reading."""
        if self.many:
            self._show_row(printable(file), reading)
            return
        show_reading(printable(file), reading, self.top)
        if self.draw:
            show_stages(reading, stages)

    def fail(self, file: str, error: DigitnetError) -> None:
        """Do nothing: the error is on stderr."""

    def _show_row(self, file: str, reading: Reading) -> None:
        if not self.begun:
            self._show(self.heads, ["dim"] * 4)
            self.begun = True
        answer = reading.text.replace("\n", " / ")
        shares = "" if reading.several else self._shares(reading.digits[0].certainties)
        doubt = "" if reading.why is None else f"not sure: {reading.why}"
        row = [file, answer, f"{reading.certainty:.1%}", shares]
        self._show(row, ["", answer_style(reading.sure), "", "cyan"], doubt)

    def _shares(self, certainties: tuple[float, ...]) -> str:
        if self.top >= len(certainties):
            return ten_bars(certainties, plain=plain(out))
        return ", ".join(f"{d} {certainties[d]:.1%}" for d in _best(certainties, self.top))

    def _show(self, cells: Sequence[str], styles: Sequence[str], doubt: str = "") -> None:
        """Print the cells in their columns, or on several lines; then why it is not sure."""
        row = Text()
        for cell, width, style in zip(cells, self.widths, styles, strict=True):
            row.append(set_cell_size(cell, max(width, cell_len(cell))), style).append("  ")
        if row.cell_len + cell_len(doubt) <= out.width:
            row.append(doubt, style="yellow")
            doubt = ""
        row.rstrip()
        if row.cell_len <= out.width:
            out.print(row)
        else:
            show_indented([cell for cell in cells if cell])
        show_indented(doubt.split(), "  ", "yellow")


def show_reading(file: str, reading: Reading, top: int) -> None:
    """Print a reading: for one digit a bar for each answer, for several a bar for each digit."""
    head = Text(f"{file}: ")
    for n, line in enumerate(reading.lines):
        head.append(" / " if n else "")
        for digit in line:
            head.append(str(digit.digit), style=answer_style(digit.sure))
    if not reading.several:
        head.append(f"  {reading.certainty:.1%} confidence")
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
    width = min(_BAR, out.width - _BESIDE)
    line = Text(f"  {digit} ")
    line.append(bar(share, width, plain=plain(out)).ljust(width), style="cyan")
    line.append(f" {share:6.1%}{doubt}")
    out.print(line, soft_wrap=True)


def _best(certainties: tuple[float, ...], top: int) -> list[int]:
    """Digits to show: all in their order, or the `top` best, the best first."""
    if top >= len(certainties):
        return list(range(len(certainties)))
    return sorted(range(len(certainties)), key=lambda d: -certainties[d])[:top]


def _as_json(digit: Digit) -> dict[str, Any]:
    box = {} if digit.box is None else {"box": digit.box}
    return {
        "digit": digit.digit,
        "certainty": digit.certainty,
        "certainties": digit.certainties,
        **_sureness(digit),
        **box,
    }


def _sureness(answer: Digit | Reading) -> dict[str, Any]:
    return {"sure": answer.sure} if answer.why is None else {"sure": False, "why": answer.why}


def _one_line(error: DigitnetError) -> str:
    return " ".join(str(error).split("\n"))


Output = AsJson | AsCsv | AsText
"""How readings are printed."""
