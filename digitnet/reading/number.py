"""Reading a picture that may hold one digit or several."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import PictureError
from digitnet.images.digits.pieces import Box
from digitnet.images.digits.segment import find_digits
from digitnet.images.digits.several import holds_several, may_hold_several
from digitnet.images.form.mnist import to_mnist
from digitnet.images.way import Ink
from digitnet.model.model import Model
from digitnet.reading.digit import Reading, answer, open_ink, read_digit

_LEAST = 1e-9  # a certainty of 0 still has a logarithm
_STRANGE = 2.0  # nats that the least familiar of digits is less likely to be one


@dataclass(frozen=True)
class Number:
    """A model's answer to a written number.

    Attributes
    ----------
    lines : tuple of tuple of Reading
        Its digits in reading order, each with its box.
    """

    lines: tuple[tuple[Reading, ...], ...]

    @property
    def digits(self) -> tuple[Reading, ...]:
        """All digits in reading order."""
        return tuple(digit for line in self.lines for digit in line)

    @property
    def number(self) -> str:
        """The digits as text, a newline between two lines."""
        return "\n".join("".join(str(digit.digit) for digit in line) for line in self.lines)

    @property
    def sure(self) -> bool:
        """Whether every digit is."""
        return all(digit.sure for digit in self.digits)


def read_number(model: Model, ink: Ink, name: str = "the picture") -> Number:
    """Find the digits, line by line, and read each.

    The network's certainty chooses between the ways to cut the ink into digits.

    Raises
    ------
    PictureError
        If there is nothing but specks.
    """
    lines = find_digits(ink.pixels, lambda images: _surprise(model, images))
    found = [digit for line in lines for digit in line]
    if not found:
        raise PictureError(
            f"{name}: The picture holds no digit.",
            "Expected digits, found specks.",
            "Give a picture of digits that are larger.",
        )
    readings = iter(answer(model, np.stack([to_mnist(digit.ink) for digit in found])))
    return Number(
        tuple(
            tuple(replace(next(readings), box=_in_picture(digit.box, ink.scale)) for digit in line)
            for line in lines
        )
    )


def _surprise(model: Model, images: NDArray[np.uint8]) -> NDArray[np.float64]:
    """-ln p and, where the model knows how digits look, what the answered digit leaves unsaid."""
    readings = answer(model, images)
    surprise = -np.log([max(reading.certainty, _LEAST) for reading in readings])
    if model.familiarity is not None:
        seen = np.stack([reading.seen for reading in readings])
        digits = np.array([reading.digit for reading in readings])
        surprise += _STRANGE * model.familiarity.strangeness(seen, digits)
    return surprise


def _in_picture(box: Box, scale: int) -> Box:
    left, top, right, bottom = (edge * scale for edge in box)
    return left, top, right, bottom


def read_picture(
    model: Model, source: Path | BinaryIO, name: str | None = None
) -> Reading | Number:
    """Read a picture: one digit, or a number where it plainly holds several.

    Parameters
    ----------
    model : Model
    source, name
        As for `open_ink`.

    Raises
    ------
    PictureError
        If it cannot be read or holds no ink.
    """
    ink = open_ink(source, name)
    if plainly_several(model, ink):
        return read_number(model, ink, str(name or source))
    return read_digit(model, ink)


def plainly_several(model: Model, ink: Ink) -> bool:
    """Whether pieces are side by side, or touch, and all together do not look like one digit.

    The second keeps a broken 0 or 4 one digit. Pieces that are close together have to be read
    as digits, each for sure, and to be likelier so than as one.
    """
    if not may_hold_several(ink.pixels) or (whole := read_digit(model, ink)).sure:
        return False
    if holds_several(ink.pixels):
        return True
    number = read_number(model, ink)
    if len(number.digits) < 2 or not number.sure:
        return False
    *parts, one = _surprise(model, np.stack([digit.form for digit in (*number.digits, whole)]))
    return bool(sum(parts) < one)
