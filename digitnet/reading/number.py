"""Reading a number: by its pieces, each read alone, and by each line as a whole.

Two readers that see differently: the pieces of the ink, put together to digits that a model of
single digits knows, and a network that looks along the line (`digitnet.lines`). What the pieces
say is one of the numbers that the line is weighed for; an answer that both give is likelier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import PictureError
from digitnet.images.pipeline import Ink
from digitnet.model.digit import read_forms
from digitnet.model.model import Model
from digitnet.numbers.by_pieces import SegmentLimits, find_digits
from digitnet.numbers.ctc import Number
from digitnet.numbers.digit_boxes import BoxLimits, form_of, located
from digitnet.numbers.hypotheses import LineAnswer, weighed
from digitnet.numbers.lines import Digits, LineLimits, LineReading, put_together, without_print
from digitnet.numbers.pieces import Box, Line
from digitnet.numbers.place import Place, PlaceLimits, place_of
from digitnet.numbers.probabilities import SureLimits, certainties_of, doubts_of
from digitnet.numbers.sequence_weights import bundled_sequence_model
from digitnet.numbers.views import ViewLimits, read_views
from digitnet.reading.reading import Reading

NO_NUMBER: Final = "read as a whole, the line holds no number"
"""Why the digits that the pieces say are not sure."""


@dataclass(frozen=True)
class NumberLimits:
    """Which lines there are, when a number is sure, and where its digits are."""

    few: int = 8
    """Lines; so few may be pieces of a single one, and are looked along also where their pieces
    are too many to be read alone."""
    agreed: float = 1.5
    """Nats in favour of the number that the pieces say, where a line is weighed."""
    confirmed: float = 2.0
    """Nats in favour of the answer, where the pieces say it, too, each sure of its digit."""
    place: PlaceLimits = field(default_factory=PlaceLimits)
    """What tells where a line is."""
    line: LineLimits = field(default_factory=LineLimits)
    """Which lines are one, and which are none."""
    look: ViewLimits = field(default_factory=ViewLimits)
    """At which heights it is looked at."""
    sure: SureLimits = field(default_factory=SureLimits)
    """When it is sure."""
    box: BoxLimits = field(default_factory=BoxLimits)
    """Where the digits of a line are that was looked along."""
    segment: SegmentLimits = field(default_factory=SegmentLimits)
    """What each way to put pieces together costs."""


def read_number(
    model: Model, ink: Ink, lines: list[Line], name: str, limits: NumberLimits = NumberLimits()
) -> Reading:
    """Read the digits of each line.

    Parameters
    ----------
    model : Model
    ink : Ink
        Not empty.
    lines : list of list of Piece
        As :func:`digitnet.numbers.pieces.find_lines` gives them.
    name : str
        What to call the picture in messages.
    limits : NumberLimits

    Raises
    ------
    PictureError
        If neither reader finds a digit.
    """
    all_told = _told(model, ink, lines, limits)
    told = without_print(all_told, limits.sure, limits.line)
    read = [_digits(model, ink, line, limits) for line in told]
    read = [line for line in read if line]
    if not read:
        raise PictureError(
            f"{name} holds no digits that can be told apart.",
            "Expected up to some hundred digits, found a pattern of too many pieces.",
            "Cut the writing out of the picture, a few lines at a time.",
        )
    return Reading(tuple(read), several=True, ink=ink, doubt=_left_out(len(all_told) - len(told)))


def read_pieces(model: Model, ink: Ink, lines: list[Line], limits: NumberLimits) -> list[Digits]:
    """Put the pieces of each line together to the likeliest digits, and read each alone.

    The model's certainty chooses between the ways to cut the ink into digits. Nothing is found
    in a pattern.
    """

    def cost(forms: NDArray[np.uint8]) -> NDArray[np.float64]:
        return np.array([digit.surprise for digit in read_forms(model, forms)])

    found = find_digits(lines, cost, limits.segment)
    if not found:
        return []
    digits = iter(read_forms(model, np.stack([piece.form for line in found for piece in line])))
    return [
        tuple(replace(next(digits), box=_in_picture(piece.box, ink.scale)) for piece in line)
        for line in found
    ]


def _told(model: Model, ink: Ink, lines: list[Line], limits: NumberLimits) -> list[LineReading]:
    """What each line says, those put together that are one; none of a pattern."""
    pieces: Sequence[Digits | None] = read_pieces(model, ink, lines, limits)
    if not pieces and len(lines) > limits.few:
        return []
    each = pieces or [None] * len(lines)
    told = [_tell(ink, line, found, limits) for line, found in zip(lines, each, strict=True)]
    # A pattern has no line that can be read; of writing every line is told, sure or not.
    if not pieces and max((line.likelihood for line in told), default=0.0) < limits.sure.legible:
        return []
    if len(lines) > limits.few:
        return told

    def tell(line: Line) -> LineReading:
        found = read_pieces(model, ink, [line], limits)
        return _tell(ink, line, found[0] if found else None, limits)

    return put_together(told, tell, limits.line)


def _tell(ink: Ink, line: Line, pieces: Digits | None, limits: NumberLimits) -> LineReading:
    """What a line says, weighed with what its pieces say where those could be read."""
    place = place_of(line, limits.place)
    proposed = None if pieces is None else tuple(digit.digit for digit in pieces)
    answer = _looked_along(ink, place, limits, proposed)
    if answer.number == proposed and all(digit.sure for digit in pieces or ()):
        answer = answer.confirmed(limits.confirmed)
    return LineReading(line, place, pieces or (), answer)


def _looked_along(
    ink: Ink, place: Place, limits: NumberLimits, proposed: Number | None = None
) -> LineAnswer:
    looks = read_views(bundled_sequence_model(), ink.contrast, place, limits.look)
    return weighed(looks, proposed, limits.agreed)


def _left_out(lines: int) -> str | None:
    """Say that lines were left out, as one short sentence."""
    if not lines:
        return None
    them = "a much smaller line was" if lines == 1 else f"{lines} much smaller lines were"
    return f"{them} left out, and may be writing"


def _digits(model: Model, ink: Ink, line: LineReading, limits: NumberLimits) -> Digits:
    """The digits of a line's answer, as the pieces have them or else where the look saw them.

    What the pieces say is told, too, where the look says that nothing is written; it is not sure.
    """
    answer, pieces = line.answer, line.pieces
    if not answer.number:
        return tuple(replace(digit, why=digit.why or NO_NUMBER) for digit in pieces)
    digits = pieces if line.agreed else _cut_out(model, ink, located(ink, answer, limits.box))
    certainties = certainties_of(answer)
    doubts = doubts_of(model, answer, certainties, limits.sure)
    return tuple(
        replace(digit, digit=said, certainties=shares, why=why)
        for digit, said, shares, why in zip(digits, answer.number, certainties, doubts, strict=True)
    )


def _cut_out(model: Model, ink: Ink, boxes: list[Box]) -> Digits:
    """What is in each box, read alone."""
    digits = read_forms(model, np.stack([form_of(ink, box) for box in boxes]))
    return tuple(
        replace(digit, box=_in_picture(box, ink.scale))
        for digit, box in zip(digits, boxes, strict=True)
    )


def _in_picture(box: Box, scale: int) -> Box:
    left, top, right, bottom = (edge * scale for edge in box)
    return left, top, right, bottom
