"""Reading a number: by its pieces, each read alone, and by each line as a whole.

Two readers that see differently: the pieces of the ink, put together to digits that a model of
single digits knows, and a network that looks along the line (`digitnet.lines`). What the pieces
say is one of the numbers that the line is weighed for; where the two agree, the answer is sure.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import PictureError
from digitnet.images.digits.pieces import Box, Line
from digitnet.images.digits.segment import SegmentLimits, find_digits
from digitnet.images.form.mnist import SIDE, to_mnist
from digitnet.images.way import Ink
from digitnet.lines.paths import Number
from digitnet.lines.place import Place, place_by_rows, place_of
from digitnet.lines.reader import LineAnswer, line_reader
from digitnet.model.model import Model
from digitnet.reading.digit import Digit, read_forms
from digitnet.reading.doubt import weakness
from digitnet.reading.reading import Reading

Digits = tuple[Digit, ...]


@dataclass(frozen=True)
class NumberLimits:
    """When a number is sure, and where its digits are."""

    sure: float = 0.7
    """Share of all the numbers that a line may be; one with less is not sure."""
    legible: float = 0.05
    """Likelihood of a number; a line that says it less clearly is not sure, and is none where
    the pieces are too many to be read alone."""
    one: int = 4
    """Lines at most that may be pieces of a single one."""
    many: int = 40
    """Lines at most that are looked along without their pieces."""
    digit: float = 0.75
    """Heights of the line from a digit's middle to its edges, at most."""
    faintest: float = 0.3
    """Share of full ink; a fainter pixel is not of a digit."""
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
    read = [line for line in read if line] or pieces
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
    if len(lines) == 1 or len(lines) > limits.one:
        return answers
    whole = _looked_along(ink, place_by_rows(ink.pixels))
    some = [answer for answer in answers if answer.number]
    least = min((answer.likelihood for answer in some), default=limits.legible)
    longest = max((len(answer.number) for answer in some), default=1)
    is_one = whole.likelihood > least and len(whole.number) >= longest
    return [whole] if is_one else answers


def _line_by_line(
    ink: Ink, lines: list[Line], pieces: list[Digits], limits: NumberLimits
) -> list[LineAnswer]:
    """What each line says, weighed with what its pieces say where those could be read."""
    if pieces:
        return [
            _looked_along(ink, place_of(line), tuple(digit.digit for digit in found))
            for line, found in zip(lines, pieces, strict=True)
        ]
    if len(lines) > limits.many:
        return []
    answers = [_looked_along(ink, place_of(line)) for line in lines]
    return [answer for answer in answers if answer.likelihood >= limits.legible]


def _looked_along(ink: Ink, place: Place, proposed: Number | None = None) -> LineAnswer:
    reader = line_reader()
    return reader.answer(reader.looks(ink.contrast, place), proposed)


def _digits(
    model: Model, ink: Ink, answer: LineAnswer, pieces: Digits, limits: NumberLimits
) -> Digits:
    """The digits of a line's answer, as the pieces have them or else where the look saw them."""
    if not answer.number:
        return ()
    same = answer.number == tuple(digit.digit for digit in pieces)
    digits = pieces if same else _located(model, ink, answer, limits)
    certainties = _certainties(answer)
    doubts = _doubts(model, answer, certainties, limits)
    return tuple(
        replace(digit, digit=said, certainties=shares, why=why)
        for digit, said, shares, why in zip(digits, answer.number, certainties, doubts, strict=True)
    )


def _doubts(
    model: Model, answer: LineAnswer, certainties: list[tuple[float, ...]], limits: NumberLimits
) -> list[str | None]:
    """Say of each digit why it is not sure: None where it is."""
    own = [shares[said] for said, shares in zip(answer.number, certainties, strict=True)]
    weak = weakness(model)
    if weak is not None:
        return [weak] * len(own)
    if answer.shares[0] >= limits.sure and answer.likelihood >= limits.legible:
        return [None] * len(own)
    others = [number for number in answer.numbers[1:] if number]
    why = "it is not clear where one digit ends"
    if others:
        why = f"the number may also be {''.join(map(str, others[0]))}"
    least = max(limits.sure, min(own, default=0.0))
    return [why if share <= least else None for share in own]


def _located(model: Model, ink: Ink, answer: LineAnswer, limits: NumberLimits) -> list[Digit]:
    """The ink at the place of each digit that the line says."""
    middles = answer.look.middles(answer.number)
    between = (middles[1:] + middles[:-1]) / 2
    edges = np.concatenate([[-np.inf], between, [np.inf]])
    place = answer.look.place
    boxes = [
        _box(ink, place, middle, (left, right), limits)
        for middle, left, right in zip(middles, edges[:-1], edges[1:], strict=True)
    ]
    forms = np.stack([_form(ink, box) for box in boxes])
    return [
        replace(digit, box=_in_picture(box, ink.scale))
        for digit, box in zip(read_forms(model, forms), boxes, strict=True)
    ]


def _box(
    ink: Ink, place: Place, middle: float, sides: tuple[float, float], limits: NumberLimits
) -> Box:
    """The box around the ink of a digit, or as large as a digit where there is none."""
    height, width = ink.pixels.shape
    row, reach = place.middle + place.slope * middle, limits.digit * place.height
    left, right = max(0, sides[0], middle - reach), min(width, sides[1], middle + reach)
    top, bottom = max(0, row - reach), min(height, row + reach)
    left, top, right, bottom = int(left), int(top), int(np.ceil(right)), int(np.ceil(bottom))
    rows, columns = np.nonzero(ink.pixels[top:bottom, left:right] > limits.faintest)
    if not len(rows):
        return left, top, max(right, left + 1), max(bottom, top + 1)
    return (
        left + int(columns.min()),
        top + int(rows.min()),
        left + int(columns.max()) + 1,
        top + int(rows.max()) + 1,
    )


def _form(ink: Ink, box: Box) -> NDArray[np.uint8]:
    """What is in a box, in MNIST's form: the ink, or the contrast where no ink was found."""
    left, top, right, bottom = box
    for picture in (ink.pixels, ink.contrast):
        if (part := picture[top:bottom, left:right]).any():
            return to_mnist(part)
    return np.zeros((SIDE, SIDE), np.uint8)


def _certainties(answer: LineAnswer) -> list[tuple[float, ...]]:
    """How the numbers that a line may be share out each of its digits: ten shares, in sum 1.

    A number of another length says of some places that there is no digit, or one more: that
    speaks against each digit there, and for no other one.
    """
    shares = np.zeros((len(answer.number), 10))
    for number, share in zip(answer.numbers, answer.shares, strict=True):
        for i, said in _matched(answer.number, number):
            shares[i, said] += share
    shares += (1 - shares.sum(axis=1, keepdims=True)) / 10
    return [tuple(row) for row in shares.tolist()]


def _matched(number: Number, other: Number) -> list[tuple[int, int]]:
    """Places of a number and what another number says there, where it has a digit for it."""
    if len(number) == len(other):
        return list(enumerate(other))
    steps = SequenceMatcher(None, number, other, autojunk=False).get_opcodes()
    return [
        (i, other[j])
        for kind, first, last, begin, end in steps
        if kind == "equal" or last - first == end - begin
        for i, j in zip(range(first, last), range(begin, end), strict=True)
    ]


def _in_picture(box: Box, scale: int) -> Box:
    left, top, right, bottom = (edge * scale for edge in box)
    return left, top, right, bottom
