"""Reading a number: by its pieces, each read alone, and by each line as a whole.

Two readers that see differently: the pieces of the ink, put together to digits that a model of
single digits knows, and a network that looks along the line (`digitnet.lines`). What the pieces
say is one of the numbers that the line is weighed for; where the two agree, the answer is sure.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import PictureError
from digitnet.images.digits.pieces import Box, Line
from digitnet.images.digits.segment import SegmentLimits, find_digits
from digitnet.images.way import Ink
from digitnet.lines.answer import LineAnswer, weighed
from digitnet.lines.looks import LookLimits, looks_along
from digitnet.lines.paths import Number
from digitnet.lines.place import Place, PlaceLimits, place_by_rows, place_of
from digitnet.lines.weights import bundled_line_network
from digitnet.model.model import Model
from digitnet.reading.digit import Digit, read_forms
from digitnet.reading.located import BoxLimits, form_of, located
from digitnet.reading.reading import Reading
from digitnet.reading.shares import SureLimits, certainties_of, doubts_of

Digits = tuple[Digit, ...]

NO_NUMBER: Final = "read as a whole, the line holds no number"
"""Why the digits that the pieces say are not sure."""


@dataclass(frozen=True)
class NumberLimits:
    """Which lines there are, when a number is sure, and where its digits are."""

    few: int = 8
    """Lines; so few may be pieces of a single one, and are looked along also where their pieces
    are too many to be read alone."""
    agreed: float = 2.0
    """Nats in favour of the number that the pieces say, where a line is weighed."""
    place: PlaceLimits = field(default_factory=PlaceLimits)
    """What tells where a line is."""
    look: LookLimits = field(default_factory=LookLimits)
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
        As :func:`digitnet.images.digits.pieces.find_lines` gives them.
    name : str
        What to call the picture in messages.
    limits : NumberLimits

    Raises
    ------
    PictureError
        If neither reader finds a digit.
    """
    pieces = read_pieces(model, ink, lines, limits)
    answers = _answers(ink, lines, pieces, limits)
    of_each = pieces if len(pieces) == len(answers) else [()] * len(answers)
    read = [
        _digits(model, ink, answer, found, limits)
        for answer, found in zip(answers, of_each, strict=True)
    ]
    read = [line for line in read if line]
    if not read:
        raise PictureError(
            f"{name} holds no digits that can be told apart.",
            "Expected up to some hundred digits, found a pattern of too many pieces.",
            "Cut the writing out of the picture, a few lines at a time.",
        )
    return Reading(tuple(read), several=True, ink=ink)


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


def _answers(
    ink: Ink, lines: list[Line], pieces: list[Digits], limits: NumberLimits
) -> list[LineAnswer]:
    """What each line says as a whole; one answer for all where they are pieces of one line."""
    answers = _line_by_line(ink, lines, pieces, limits)
    if len(lines) == 1 or len(lines) > limits.few:
        return answers
    whole = _looked_along(ink, place_by_rows(ink.pixels, limits.place), limits)
    some = [answer for answer in answers if answer.number]
    least = min((answer.likelihood for answer in some), default=limits.sure.legible)
    longest = max((len(answer.number) for answer in some), default=1)
    is_one = whole.likelihood > least and len(whole.number) >= longest
    return [whole] if is_one else answers


def _line_by_line(
    ink: Ink, lines: list[Line], pieces: list[Digits], limits: NumberLimits
) -> list[LineAnswer]:
    """What each line says, weighed with what its pieces say where those could be read."""
    if pieces:
        return [
            _looked_along(
                ink,
                place_of(line, limits.place),
                limits,
                tuple(digit.digit for digit in found),
            )
            for line, found in zip(lines, pieces, strict=True)
        ]
    if len(lines) > limits.few:
        return []
    answers = [_looked_along(ink, place_of(line, limits.place), limits) for line in lines]
    # A pattern has no line that can be read; of writing every line is told, sure or not.
    clearest = max((answer.likelihood for answer in answers if answer.number), default=0.0)
    return answers if clearest >= limits.sure.legible else []


def _looked_along(
    ink: Ink, place: Place, limits: NumberLimits, proposed: Number | None = None
) -> LineAnswer:
    looks = looks_along(bundled_line_network(), ink.contrast, place, limits.look)
    return weighed(looks, proposed, limits.agreed)


def _digits(
    model: Model, ink: Ink, answer: LineAnswer, pieces: Digits, limits: NumberLimits
) -> Digits:
    """The digits of a line's answer, as the pieces have them or else where the look saw them.

    What the pieces say is told, too, where the look says that nothing is written; it is not sure.
    """
    if not answer.number:
        return tuple(replace(digit, why=digit.why or NO_NUMBER) for digit in pieces)
    same = answer.number == tuple(digit.digit for digit in pieces)
    digits = pieces if same else _cut_out(model, ink, located(ink, answer, limits.box))
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
