"""Read the lines of a page, each by its pieces and as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from digitnet.images.page import Page
from digitnet.model.digit import read_forms
from digitnet.model.model import Model
from digitnet.numbers.by_pieces import SegmentLimits, find_digits
from digitnet.numbers.line_reading import Digits, LineReading, ScoreLimits, SureLimits, read_line
from digitnet.numbers.lines import Place, PlaceLimits, gap_between, place_of, stacked
from digitnet.numbers.pieces import Line, in_picture
from digitnet.numbers.sequence_model import SequenceModel
from digitnet.numbers.views import View, ViewLimits, read_views


@dataclass(frozen=True)
class NumberLimits:
    """Limits of lines, their views, their scores and their sureness."""

    broken: int = 8
    """Most pieces of a broken digit, and most lines of pieces of one line of writing."""
    apart: float = 0.1
    """Most distance of two lines that may be one, in heights of the smaller one."""
    small: float = 0.5
    """Least height of an unsure line, by that of the clearest; a smaller one is print or the rest
    of a ruled line, and not part of the number."""
    segment: SegmentLimits = field(default_factory=SegmentLimits)
    """Costs of grouping pieces into digits."""
    place: PlaceLimits = field(default_factory=PlaceLimits)
    """Limits for locating a line."""
    view: ViewLimits = field(default_factory=ViewLimits)
    """Heights of the views."""
    score: ScoreLimits = field(default_factory=ScoreLimits)
    """Weights of the scores."""
    sure: SureLimits = field(default_factory=SureLimits)
    """When a number is sure."""


@dataclass(frozen=True, eq=False)
class NumberReader:
    """Both readers of a page's lines.

    Attributes
    ----------
    model : Model
        Reads single digits.
    sequence_model : SequenceModel
        Reads a line as a whole.
    page : Page
        With its ink.
    limits : NumberLimits
    """

    model: Model
    sequence_model: SequenceModel
    page: Page
    limits: NumberLimits

    def read(self, lines: Sequence[Line]) -> list[LineReading]:
        """Read each line, neighbours as one if that is more probable; empty for a pattern."""
        pieces: Sequence[Digits | None] = self.by_pieces(lines)
        if not pieces and len(lines) > self.limits.broken:
            return []
        each = pieces or [None] * len(lines)
        found = [self._line(line, digits) for line, digits in zip(lines, each, strict=True)]
        # A pattern has no legible line; of writing every line is returned, sure or not.
        if not pieces and max((_legible(line) for line in found), default=0.0) < (
            self.limits.sure.legible
        ):
            return []
        return found if len(lines) > self.limits.broken else self._joined(found)

    def by_pieces(self, lines: Sequence[Line]) -> list[Digits]:
        """Group the pieces of each line into the most probable digits, and read each alone.

        The model's probabilities choose between segmentations of the ink. A pattern has none.
        """

        def cost(forms: NDArray[np.uint8]) -> NDArray[np.float64]:
            return np.array([digit.surprise for digit in read_forms(self.model, forms)])

        found = find_digits(lines, cost, self.limits.segment)
        if not found:
            return []
        forms = np.stack([piece.form for line in found for piece in line])
        digits = iter(read_forms(self.model, forms))
        return [
            tuple(
                replace(next(digits), box=in_picture(piece.box, self.page.scale)) for piece in line
            )
            for line in found
        ]

    def views(self, place: Place) -> list[View]:
        """View a line at several heights."""
        return read_views(self.sequence_model, self.page.contrast, place, self.limits.view)

    def without_print(self, lines: list[LineReading]) -> list[LineReading]:
        """Leave out lines that are much smaller than the clearest one, and not sure.

        A line of writing that is only hard to read is about as high as the others.
        """
        clearest = max(lines, key=_legible)
        if _legible(clearest) < self.limits.sure.legible:
            return lines
        least = self.limits.small * clearest.place.height
        return [line for line in lines if line.place.height >= least or line.is_sure]

    def _line(self, line: Line, digits: Digits | None) -> LineReading:
        place = place_of(line, self.limits.place)
        return read_line(
            line, place, digits, self.views(place), self.limits.score, self.limits.sure
        )

    def _joined(self, found: list[LineReading]) -> list[LineReading]:
        """Join neighbours into one line if that scores higher than the two."""
        lines: list[LineReading] = []
        for lower in found:
            line = lower
            while lines and (both := self._both(lines[-1], line)):
                line = both
                lines.pop()
            lines.append(line)
        return lines

    def _both(self, upper: LineReading, lower: LineReading) -> LineReading | None:
        """Two lines as one; None if they score higher as two."""
        if gap_between(upper.line, lower.line) > self.limits.apart:
            return None
        pieces = stacked(upper.line + lower.line)
        digits = self.by_pieces([pieces])
        both = self._line(pieces, digits[0] if digits else None)
        return both if both.nats[0] > upper.nats[0] + lower.nats[0] else None


def _legible(line: LineReading) -> float:
    """Likelihood of a line's number; 0 without one."""
    return line.likelihood if line.number else 0.0
