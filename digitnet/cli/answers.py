"""Answers to pictures as they come: for a person, as JSON, as CSV."""

from __future__ import annotations

import csv
import json
import sys
from typing import Protocol

import typer

from digitnet.cli.results import show_reading, show_readings
from digitnet.errors import DigitnetError
from digitnet.reading import Reading

_MANY = 3  # more pictures than this are a line each


class Answers(Protocol):
    """Where answers go, one at a time."""

    def add(self, file: str, reading: Reading) -> None:
        """Take the answer to a picture."""

    def fail(self, file: str, error: DigitnetError) -> None:
        """Take note of a picture that could not be read."""

    def end(self) -> None:
        """Print what has waited for the last picture."""


class AsJson:
    """One object a line."""

    def add(self, file: str, reading: Reading) -> None:
        """Print the answer."""
        answer = {
            "file": file,
            "digit": reading.digit,
            "certainty": reading.certainty,
            "certainties": reading.certainties,
            "sure": reading.sure,
        }
        typer.echo(json.dumps(answer))

    def fail(self, file: str, error: DigitnetError) -> None:
        """Print the error as one line."""
        typer.echo(json.dumps({"file": file, "error": " ".join(str(error).split("\n"))}))

    def end(self) -> None:
        """Do nothing: all is printed."""


class AsCsv:
    """A heading and a row a picture, as RFC 4180 has it."""

    def __init__(self) -> None:
        self.writer = csv.writer(sys.stdout, lineterminator="\n")
        self.writer.writerow(["file", "digit", "certainty", "sure", *range(10), "error"])

    def add(self, file: str, reading: Reading) -> None:
        """Print the answer."""
        shares = [f"{share:.4f}" for share in reading.certainties]
        sure = "yes" if reading.sure else "no"
        self.writer.writerow([file, reading.digit, f"{reading.certainty:.4f}", sure, *shares, ""])

    def fail(self, file: str, error: DigitnetError) -> None:
        """Print the error in the last column."""
        self.writer.writerow([file, *[""] * 13, " ".join(str(error).split("\n"))])

    def end(self) -> None:
        """Do nothing: all is printed."""


class AsText:
    """For a person: a few pictures with their bars, many as a table."""

    def __init__(self, top: int, *, draw: bool) -> None:
        self.top, self.draw = top, draw
        self.readings: list[tuple[str, Reading]] = []

    def add(self, file: str, reading: Reading) -> None:
        """Keep the answer: how it is shown depends on how many there are."""
        self.readings.append((file, reading))

    def fail(self, file: str, error: DigitnetError) -> None:
        """Do nothing: the message on stderr says it."""

    def end(self) -> None:
        """Print all."""
        if len(self.readings) > _MANY and not self.draw:
            show_readings(self.readings)
            return
        for file, reading in self.readings:
            show_reading(file, reading, self.top, draw=self.draw)
