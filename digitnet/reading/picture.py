"""Reading a picture: one digit, or several line by line."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import PictureError, printable
from digitnet.images.digits.pieces import Box, Line, PieceLimits, find_lines
from digitnet.images.digits.segment import SegmentLimits, find_digits
from digitnet.images.digits.several import (
    SeveralLimits,
    are_too_many,
    holds_several,
    may_hold_several,
)
from digitnet.images.form.mnist import to_mnist
from digitnet.images.picture import open_picture
from digitnet.images.source import Source, name_of
from digitnet.images.way import Ink, Watch, find_ink, unwatched
from digitnet.model.model import Model
from digitnet.reading.digit import read_forms
from digitnet.reading.reading import Reading
from digitnet.reading.whole import WholeLimits, quarter_turned, total_surprise, whole_doubt
from digitnet.sheet.marks import is_sheet


@dataclass(frozen=True)
class ReadingLimits:
    """What decides which ink is one digit."""

    whole: WholeLimits = field(default_factory=WholeLimits)
    """What makes the answers to a whole picture doubtful."""
    pieces: PieceLimits = field(default_factory=PieceLimits)
    """What a piece of ink is."""
    several: SeveralLimits = field(default_factory=SeveralLimits)
    """What tells several digits from one that is broken."""
    segment: SegmentLimits = field(default_factory=SegmentLimits)
    """What each way to put pieces together costs."""


def read_picture(
    model: Model,
    source: Source,
    name: str | None = None,
    *,
    number: bool = False,
    watch: Watch = unwatched,
) -> Reading:
    """Read a picture: one digit, or several where it plainly holds several.

    Parameters
    ----------
    model : Model
    source : str, Path, bytes, binary file, PIL image or ndarray
        The picture, as :func:`digitnet.images.picture.open_picture` takes it.
    name : str, optional
        What to call it in messages.
    number : bool
        Read it digit by digit, also where it seems to hold a single one.
    watch : callable
        Called after each stage of :func:`digitnet.images.way.find_ink`.

    Raises
    ------
    PictureError
        If it cannot be read or holds no digit.
    """
    name = name or name_of(source)
    grey = open_picture(source, name)
    ink = find_ink(grey, watch=watch)
    if not ink.pixels.any():
        raise PictureError(
            f"{name} holds no digit.",
            "Expected ink on paper, found an even ground.",
            "Give a picture of a digit that can be told from its paper.",
        )
    reading = read_ink(model, ink, name, number=number)
    if reading.several and is_sheet(grey):
        command = f"digitnet sheet --read {printable(shlex.quote(name))} --into my-digits"
        return replace(reading, doubt=f"it is digitnet's own sheet, which is read by: {command}")
    return reading


def read_ink(
    model: Model,
    ink: Ink,
    name: str = "The picture",
    *,
    number: bool = False,
    limits: ReadingLimits = ReadingLimits(),
) -> Reading:
    """Read the writing that was found on a picture.

    It is read as one digit if that digit is sure, which keeps a broken 0 or 4 whole; else digit
    by digit if pieces are plainly apart, or if the digits are sure and likelier than
    the one.

    Parameters
    ----------
    model : Model
    ink : Ink
        Not empty.
    name, number
        As for `read_picture`.
    limits : ReadingLimits

    Raises
    ------
    PictureError
        If it is to be read digit by digit, and it is a pattern.
    """
    lines = find_lines(ink.pixels, limits.pieces)
    digits = _digit_by_digit if number else _one_or_several
    reading = digits(model, ink, lines, name, limits)
    doubt = whole_doubt(model, ink, lines, reading.digits, limits.whole)
    return replace(reading, doubt=doubt)


def _one_or_several(
    model: Model, ink: Ink, lines: list[Line], name: str, limits: ReadingLimits
) -> Reading:
    """Read all the ink as one digit, and digit by digit where that may be better.

    A wide piece may be digits that touch, or a single one that is turned.
    """
    (whole,) = read_forms(model, to_mnist(ink.pixels)[np.newaxis])
    one = Reading(((whole,),), several=False, ink=ink)
    sure = one.sure and not are_too_many(lines, limits.several)
    if sure or not may_hold_several(lines, limits.several):
        return one
    several = _digit_by_digit(model, ink, lines, name, limits)
    parts = total_surprise(several.digits)
    (turned,) = quarter_turned(model, [whole])
    alone = sum(map(len, lines)) == 1
    if alone and turned.sure and parts > turned.surprise:
        return one
    likelier = len(several.digits) > 1 and several.sure and parts < whole.surprise
    return several if holds_several(lines, limits.several) or likelier else one


def _digit_by_digit(
    model: Model, ink: Ink, lines: list[Line], name: str, limits: ReadingLimits
) -> Reading:
    """Find the digits of each line and read each.

    The network's certainty chooses between the ways to cut the ink into digits.
    """

    def cost(forms: NDArray[np.uint8]) -> NDArray[np.float64]:
        return np.array([digit.surprise for digit in read_forms(model, forms)])

    found = find_digits(lines, cost, limits.segment)
    if not found:
        raise PictureError(
            f"{name} holds no digits that can be told apart.",
            "Expected up to some hundred digits, found a pattern of too many pieces.",
            "Cut the writing out of the picture, a few lines at a time.",
        )
    digits = iter(read_forms(model, np.stack([piece.form for line in found for piece in line])))
    read = (
        tuple(replace(next(digits), box=_in_picture(piece.box, ink.scale)) for piece in line)
        for line in found
    )
    return Reading(tuple(read), several=True, ink=ink)


def _in_picture(box: Box, scale: int) -> Box:
    left, top, right, bottom = (edge * scale for edge in box)
    return left, top, right, bottom
