"""Answers to pictures as they come: for a person, as JSON, as CSV."""

from __future__ import annotations

import csv
import json
import sys
from typing import Any, Protocol

import typer

from digitnet.cli.show.console import out
from digitnet.cli.show.digits import show_drawn, show_number, show_reading, show_readings
from digitnet.errors import DigitnetError
from digitnet.images.way import Ink
from digitnet.reading.digit import Reading
from digitnet.reading.number import Number

_MANY = 3  # more pictures than this are a line each


class Answers(Protocol):
    """Where answers go, one at a time."""

    def add(self, file: str, ink: Ink, found: Reading | Number) -> None:
        """Take the answer to a picture."""

    def fail(self, file: str, error: DigitnetError) -> None:
        """Take note of a picture that could not be read."""

    def end(self) -> None:
        """Print what has waited for the last picture."""


class AsJson:
    """One object a line."""

    def add(self, file: str, ink: Ink, found: Reading | Number) -> None:  # noqa: ARG002
        """Print the answer."""
        if isinstance(found, Number):
            digits = [{**_as_json(digit), "box": digit.box} for digit in found.digits]
            answer = {"number": found.number, "sure": found.sure, "digits": digits}
        else:
            answer = _as_json(found)
        typer.echo(json.dumps({"file": file, **answer}))

    def fail(self, file: str, error: DigitnetError) -> None:
        """Print the error as one line."""
        typer.echo(json.dumps({"file": file, "error": _one_line(error)}))

    def end(self) -> None:
        """Do nothing: all is printed."""


def _as_json(reading: Reading) -> dict[str, Any]:
    return {
        "digit": reading.digit,
        "certainty": reading.certainty,
        "certainties": reading.certainties,
        "sure": reading.sure,
    }


def _one_line(error: DigitnetError) -> str:
    return " ".join(str(error).split("\n"))


class AsCsv:
    """A heading and a row a picture, as RFC 4180 has it; a number has no ten certainties."""

    def __init__(self) -> None:
        self.writer = csv.writer(sys.stdout, lineterminator="\n")
        self.writer.writerow(["file", "answer", "certainty", "sure", *range(10), "error"])

    def add(self, file: str, ink: Ink, found: Reading | Number) -> None:  # noqa: ARG002
        """Print the answer."""
        sure = "yes" if found.sure else "no"
        if isinstance(found, Number):
            least = min(digit.certainty for digit in found.digits)
            row = [found.number, f"{least:.4f}", sure, *[""] * 10]
        else:
            shares = [f"{share:.4f}" for share in found.certainties]
            row = [str(found.digit), f"{found.certainty:.4f}", sure, *shares]
        self.writer.writerow([file, *row, ""])

    def fail(self, file: str, error: DigitnetError) -> None:
        """Print the error in the last column."""
        self.writer.writerow([file, *[""] * 13, _one_line(error)])

    def end(self) -> None:
        """Do nothing: all is printed."""


class AsText:
    """For a person: a few pictures with their bars, many as a table."""

    def __init__(self, top: int, *, draw: bool) -> None:
        self.top, self.draw = top, draw
        self.found: list[tuple[str, Reading | Number]] = []

    def add(self, file: str, ink: Ink, found: Reading | Number) -> None:
        """Draw the answer now; else keep it: how it is shown depends on how many there are."""
        if not self.draw:
            self.found.append((file, found))
            return
        self._show(file, found)
        show_drawn(ink, found)

    def fail(self, file: str, error: DigitnetError) -> None:
        """Do nothing: the message on stderr says it."""

    def end(self) -> None:
        """Print all that was kept."""
        if len(self.found) > _MANY:
            show_readings(self.found)
            return
        for file, found in self.found:
            self._show(file, found)

    def _show(self, file: str, found: Reading | Number) -> None:
        if isinstance(found, Number):
            show_number(out, file, found)
        else:
            show_reading(out, file, found, self.top)
