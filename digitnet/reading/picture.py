"""Reading a picture: one digit, or several line by line."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field, replace

import numpy as np

from digitnet.errors import PictureError, printable
from digitnet.images.form.mnist import to_mnist
from digitnet.images.picture import open_picture
from digitnet.images.pipeline import Ink, Watch, find_ink, unwatched
from digitnet.images.source import Source, name_of
from digitnet.model.digit import read_forms
from digitnet.model.model import Model
from digitnet.numbers.pieces import Line, PieceLimits, find_lines
from digitnet.numbers.several import (
    SeveralLimits,
    are_too_many,
    holds_several,
    may_hold_several,
)
from digitnet.reading.number import NumberLimits, read_number, read_pieces
from digitnet.reading.picture_doubt import (
    PictureDoubtLimits,
    picture_doubt,
    quarter_turned,
    total_surprise,
)
from digitnet.reading.reading import Reading
from digitnet.reading.stages import PICTURE
from digitnet.sheet.marks import is_sheet


@dataclass(frozen=True)
class ReadingLimits:
    """What decides which ink is one digit."""

    whole: PictureDoubtLimits = field(default_factory=PictureDoubtLimits)
    """What makes the answers to a whole picture doubtful."""
    pieces: PieceLimits = field(default_factory=PieceLimits)
    """What a piece of ink is."""
    several: SeveralLimits = field(default_factory=SeveralLimits)
    """What tells several digits from one that is broken."""
    number: NumberLimits = field(default_factory=NumberLimits)
    """How several digits are read, and when they are sure."""


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
        Called with the grey levels, as ``picture``, and then after each stage of
        :func:`digitnet.images.pipeline.find_ink`.

    Raises
    ------
    PictureError
        If it cannot be read or holds no digit.
    """
    name = name or name_of(source)
    grey = open_picture(source, name)
    watch(PICTURE, grey)
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
    one = None if number else _single(model, ink, lines, limits)
    reading = one or read_number(model, ink, lines, name, limits.number)
    doubt = picture_doubt(model, ink, lines, reading.digits, limits.whole)
    return replace(reading, doubt=doubt or reading.doubt)


def _single(model: Model, ink: Ink, lines: list[Line], limits: ReadingLimits) -> Reading | None:
    """Read all the ink as one digit; None where it is better read digit by digit.

    A wide piece may be digits that touch, or a single one that is turned.
    """
    (whole,) = read_forms(model, to_mnist(ink.pixels)[np.newaxis])
    one = Reading(((whole,),), several=False, ink=ink)
    sure = one.sure and not are_too_many(lines, limits.several)
    if sure or not may_hold_several(lines, limits.several):
        return one
    found = read_pieces(model, ink, lines, limits.number)
    several = [digit for line in found for digit in line]
    parts = total_surprise(several) if several else np.inf
    (turned,) = quarter_turned(model, [whole])
    alone = sum(map(len, lines)) == 1
    if alone and turned.sure and parts > turned.surprise:
        return one
    certain = len(several) > 1 and all(digit.sure for digit in several)
    likelier = certain and parts < whole.surprise
    return None if holds_several(lines, limits.several) or likelier else one
