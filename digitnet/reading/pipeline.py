"""The pipeline from grey levels to an answer: every stage, in order, once.

Read `PIPELINE` from top to bottom; its first stages, up to the ink, are `digitnet.images.pipeline`.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from digitnet.errors import PictureError, printable
from digitnet.images.page import Page
from digitnet.images.pipeline import INK, Pipeline
from digitnet.images.stage import Picture, Stage
from digitnet.model.model import Model
from digitnet.numbers.digit_boxes import DigitBoxLimits, line_digits
from digitnet.numbers.hypotheses import Hypothesis, HypothesisLimits, hypotheses
from digitnet.numbers.line_reading import Digits
from digitnet.numbers.number_reader import NumberLimits, NumberReader
from digitnet.numbers.pieces import Line, PieceLimits, find_lines
from digitnet.numbers.sequence_model import SequenceModel
from digitnet.reading.picture_doubt import PictureDoubtLimits, picture_doubt
from digitnet.sheet.marks import is_sheet


@dataclass(frozen=True, eq=False, kw_only=True)
class Work(Page):
    """A picture in the pipeline, with the parts that the stages after the ink replace.

    Attributes
    ----------
    model : Model
        Reads single digits.
    sequence_model : SequenceModel
        Reads lines.
    picture : ndarray of uint8, shape (height, width)
        Grey levels of the opened picture.
    name : str
        Its name in messages.
    number : bool
        Whether to read it digit by digit, even if it seems to show only one.
    lines : tuple of list of Piece
    hypotheses : tuple of Hypothesis
        The most probable first.
    digits : tuple of tuple of Digit
        Those of the most probable hypothesis, line by line.
    doubt : str or None
        Why no answer to the picture is sure.
    """

    model: Model
    sequence_model: SequenceModel
    picture: Picture
    name: str = "The picture"
    number: bool = False
    lines: tuple[Line, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    digits: tuple[Digits, ...] = ()
    doubt: str | None = None

    @property
    def several(self) -> bool:
        """Whether it is read digit by digit."""
        return self.number or sum(map(len, self.digits)) > 1


@dataclass(frozen=True)
class ReadLimits:
    """Limits of proposing and scoring hypotheses."""

    hypothesis: HypothesisLimits = field(default_factory=HypothesisLimits)
    """Limits and prior scores of the hypotheses."""
    number: NumberLimits = field(default_factory=NumberLimits)
    """How lines are read."""


def _without_ink(work: Work) -> str:
    """What there is instead of ink; only a picture from which nothing was removed is blank."""
    removing = INK.without("size", "surroundings", "polarity", "contrast", "ink").stages
    messages = [stage.says(work.found[stage.name]) for stage in removing]
    removed = ", ".join(message for message in messages if message)
    return f"none after these steps: {removed}" if removed else "a blank picture"


def _pieces(work: Work, limits: PieceLimits) -> tuple[Work, int]:
    if not work.pixels.any():
        raise PictureError(
            f"{work.name} holds no digit.",
            f"Expected ink on paper, found {_without_ink(work)}.",
            "Give a picture of a digit that can be told from its paper.",
        )
    lines = tuple(find_lines(work.pixels, limits))
    return replace(work, lines=lines), sum(map(len, lines))


def _hypotheses(work: Work, limits: ReadLimits) -> tuple[Work, int]:
    reader = NumberReader(work.model, work.sequence_model, work, limits.number)
    found = hypotheses(reader, work.lines, number=work.number, limits=limits.hypothesis)
    if not found:
        raise PictureError(
            f"{work.name} holds no digits that can be told apart.",
            "Expected up to some hundred digits, found a pattern of too many pieces.",
            "Cut the writing out of the picture, a few lines at a time.",
        )
    return replace(work, hypotheses=found), len(found)


def _digits(work: Work, limits: DigitBoxLimits) -> tuple[Work, int]:
    best = work.hypotheses[0]
    if best.whole is not None:
        return replace(work, digits=((best.whole,),)), 1
    read = (line_digits(work.model, work, line, limits) for line in best.lines)
    digits = tuple(line for line in read if line)
    count = sum(map(len, digits))
    if count == 1 and not work.number:
        digits = ((replace(digits[0][0], box=None),),)
    return replace(work, digits=digits), count


def _certainty(work: Work, limits: PictureDoubtLimits) -> tuple[Work, int]:
    doubt = picture_doubt(work, work.lines, work.hypotheses, limits)
    if work.several and is_sheet(work.picture):
        command = f"digitnet sheet --read {printable(shlex.quote(work.name))} --into my-digits"
        doubt = f"it is digitnet's own sheet, which is read by: {command}"
    return replace(work, doubt=doubt), int(doubt is not None)


def _pieces_picture(work: Work) -> Picture:
    """The ink, each piece as bright as its position in reading order."""
    picture = np.zeros(work.pixels.shape, np.uint8)
    pieces = [piece for line in work.lines for piece in line]
    for n, piece in enumerate(pieces, 1):
        left, top, right, bottom = piece.box
        there = picture[top:bottom, left:right]
        there[piece.ink > 0] = 255 * n // len(pieces)
    return picture


def _scores_picture(work: Work) -> Picture:
    """A row with the probability of each hypothesis about the picture."""
    return np.array([[one.probability for one in work.hypotheses]], np.float32)


def _seen_picture(work: Work) -> Picture:
    """The forms of the digits side by side, and below each the network's input."""
    digits = [digit for line in work.digits for digit in line]
    return np.vstack([np.hstack([d.form for d in digits]), np.hstack([d.drawn for d in digits])])


def _certainty_picture(work: Work) -> Picture:
    """A row of ten confidences for each digit."""
    return np.array([d.certainties for line in work.digits for d in line], np.float32)


PIPELINE: Final = Pipeline(
    (
        *INK.stages,
        Stage("pieces", _pieces, PieceLimits(), _pieces_picture),
        Stage("hypotheses", _hypotheses, ReadLimits(), _scores_picture),
        Stage("digits", _digits, DigitBoxLimits(), _seen_picture),
        Stage("certainty", _certainty, PictureDoubtLimits(), _certainty_picture),
    )
)
"""The stages from grey levels to certainty, sure and why."""
