"""What was read, as it comes: for a person, as JSON, as CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import typer

from digitnet.cli.show.digits import show_reading
from digitnet.cli.show.rows import Rows
from digitnet.cli.show.stages import show_stages
from digitnet.errors import DigitnetError, printable
from digitnet.model.digit import Digit
from digitnet.reading.reading import Reading
from digitnet.reading.stages import Picture

Stages = Mapping[str, Picture]

_MANY = 3  # more pictures than this are a line each


class Format(Protocol):
    """Where readings go, one at a time."""

    def add(self, file: str, reading: Reading, stages: Stages) -> None:
        """Take what was read on a picture, and the stages that it went through."""

    def fail(self, file: str, error: DigitnetError) -> None:
        """Take note of a picture that could not be read."""


class AsJson:
    """One object a line."""

    def add(self, file: str, reading: Reading, stages: Stages) -> None:  # noqa: ARG002
        """Print one digit, or a number with its digits and their boxes."""
        digits = [_as_json(digit) for digit in reading.digits]
        answer = {"number": reading.text} if reading.several else digits[0]
        whole = {"file": file, **answer, **_sureness(reading)}
        typer.echo(json.dumps({**whole, "digits": digits} if reading.several else whole))

    def fail(self, file: str, error: DigitnetError) -> None:
        """Print the error as one line."""
        typer.echo(json.dumps({"file": file, "error": _one_line(error)}))


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


class AsCsv:
    """A heading and a row a picture, as RFC 4180 has it; a number has no ten certainties."""

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
        sys.stdout.flush()  # in a pipe it would wait for more


class AsText:
    """For a person: a few pictures with their bars, many as a line each.

    Parameters
    ----------
    names : sequence of str
        Of all the pictures that may come.
    top : int
        How many of the ten answers to show.
    draw : bool
        Draw every stage.
    number : bool
        Several digits are asked for: they have no ten answers.
    """

    def __init__(self, names: Sequence[str], top: int, *, draw: bool, number: bool) -> None:
        self.top, self.draw = top, draw
        names = [printable(name) for name in names]
        many = len(names) > _MANY and not draw
        self.rows = Rows(names, 0 if number else top) if many else None

    def add(self, file: str, reading: Reading, stages: Stages) -> None:
        """Print it."""
        file = printable(file)
        if self.rows:
            self.rows.add(file, reading)
            return
        show_reading(file, reading, self.top)
        if self.draw:
            show_stages(reading, stages)

    def fail(self, file: str, error: DigitnetError) -> None:
        """Do nothing: the message on stderr says it."""
