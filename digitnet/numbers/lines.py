"""Which lines a picture has: what its pieces say of each, and what each says as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from digitnet.model.digit import Digit
from digitnet.numbers.hypotheses import LineAnswer
from digitnet.numbers.parts import joined
from digitnet.numbers.pieces import Line, Piece
from digitnet.numbers.place import Place
from digitnet.numbers.probabilities import SureLimits, is_sure

Digits = tuple[Digit, ...]


@dataclass(frozen=True)
class LineLimits:
    """Which lines are one, and which are none."""

    apart: float = 0.1
    """Heights of the smaller of two lines; lines that are farther apart are not one."""
    small: float = 0.5
    """Heights of the line that is read most clearly; a smaller one that is not sure is print, or
    the rest of a ruled line, and none of the number."""


@dataclass(frozen=True, eq=False)
class LineReading:
    """A line, and what it says.

    Attributes
    ----------
    line : list of Piece
    place : Place
        Where it is.
    pieces : tuple of Digit
        What its pieces say, each read alone; empty where they are too many.
    answer : LineAnswer
        What it says as a whole.
    """

    line: Line
    place: Place
    pieces: Digits
    answer: LineAnswer

    @property
    def agreed(self) -> bool:
        """Whether its pieces say the same number."""
        return self.answer.number == tuple(digit.digit for digit in self.pieces)

    @property
    def likelihood(self) -> float:
        """Of its number; 0 where it has none."""
        return self.answer.likelihood if self.answer.number else 0.0


def put_together(
    told: list[LineReading], tell: Callable[[Line], LineReading], limits: LineLimits = LineLimits()
) -> list[LineReading]:
    """Take neighbours for one line where its number is likelier than both of theirs together.

    Parameters
    ----------
    told : list of Told
        From top to bottom.
    tell : callable
        Tells what a line says.
    limits : LineLimits
    """
    found: list[LineReading] = []
    for lower in told:
        line = lower
        while found and (both := _both(found[-1], line, tell, limits)):
            line = both
            found.pop()
        found.append(line)
    return found


def _both(
    upper: LineReading, lower: LineReading, tell: Callable[[Line], LineReading], limits: LineLimits
) -> LineReading | None:
    """The line that two are together; None where they are two."""
    if _gap(upper.line, lower.line) > limits.apart:
        return None
    both = tell(_stacked(upper.line + lower.line))
    each = upper.answer.likelihood * lower.answer.likelihood
    return both if both.likelihood > each else None


def _gap(upper: Line, lower: Line) -> float:
    """Rows between two lines, in heights of the smaller one; below 0 where they overlap."""
    edges = np.array([_rows(upper), _rows(lower)])
    gap = edges[:, 0].max() - edges[:, 1].min()
    return float(gap / np.diff(edges).min())


def _rows(line: Line) -> tuple[float, float]:
    """Median of the first rows of a line's pieces, and of the last."""
    boxes = np.array([piece.box for piece in line])
    return float(np.median(boxes[:, 1])), float(np.median(boxes[:, 3]))


def _stacked(pieces: Sequence[Piece]) -> Line:
    """Pieces from left to right, those that are above one another joined."""
    line: Line = []
    for piece in sorted(pieces, key=lambda piece: piece.box[0] + piece.box[2]):
        if line and _above(line[-1], piece):
            line[-1] = joined([line[-1], piece])
        else:
            line.append(piece)
    return line


def _above(one: Piece, other: Piece) -> bool:
    """Whether the middle of the narrower one is among the columns of the wider one."""
    narrow, wide = sorted((one, other), key=lambda piece: piece.width)
    return wide.box[0] < (narrow.box[0] + narrow.box[2]) / 2 < wide.box[2]


def without_print(
    told: list[LineReading], sure: SureLimits, limits: LineLimits = LineLimits()
) -> list[LineReading]:
    """Leave out what is no line of the number: much smaller than the clearest, and not sure.

    A line of writing that is merely hard to read is about as high as the others.
    """
    clearest = max(told, key=lambda line: line.likelihood, default=None)
    if clearest is None or clearest.likelihood < sure.legible:
        return told
    least = limits.small * clearest.place.height
    return [line for line in told if line.place.height >= least or is_sure(line.answer, sure)]
