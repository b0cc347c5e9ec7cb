"""What is wrong with a picture as a whole: then no answer of it is sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digitnet.images.pipeline import Ink
from digitnet.model.digit import Digit, read_forms
from digitnet.model.model import Model
from digitnet.numbers.pieces import Line


@dataclass(frozen=True)
class PictureDoubtLimits:
    """What makes the answers to a whole picture doubtful."""

    lowest: int = 7
    """Pixels; of lower writing too little is there to tell a 3 from an 8."""
    left_out: float = 0.5
    """Strokes that were left out by those that were read."""
    turned: float = 0.5
    """Nats by which a picture is less likely as it is than turned by a quarter."""


def picture_doubt(
    model: Model,
    ink: Ink,
    lines: Sequence[Line],
    digits: Sequence[Digit],
    limits: PictureDoubtLimits = PictureDoubtLimits(),
) -> str | None:
    """Say why no answer to the picture is sure, as one short sentence: None where nothing is wrong.

    Parameters
    ----------
    model : Model
    ink : Ink
    lines : sequence of list of Piece
        All the pieces of the ink.
    digits : sequence of Digit
        What was read of it.
    limits : PictureDoubtLimits
    """
    height = max((_height(line) for line in lines), default=limits.lowest)
    if height < limits.lowest:
        return f"the writing is {height} pixels high, too small to tell"
    if ink.left_out > limits.left_out:
        return "much of the ink was left out, and may be writing"
    upright = total_surprise(digits)
    if upright <= limits.turned:
        return None
    turned = quarter_turned(model, digits)
    gain = upright - total_surprise(turned)
    same = [digit.digit for digit in turned] == [digit.digit for digit in digits]  # as a 0 may be
    if gain > limits.turned and not same:
        return "the picture may be turned"
    return None


def _height(line: Line) -> int:
    """Rows from the first with ink to the last."""
    return max(piece.box[3] for piece in line) - min(piece.box[1] for piece in line)


def total_surprise(digits: Sequence[Digit]) -> float:
    """How unlikely it is that they are the digits that were answered, in nats."""
    return sum(digit.surprise for digit in digits)


def quarter_turned(model: Model, digits: Sequence[Digit]) -> list[Digit]:
    """Read all digits turned by a quarter, to the side where they are likelier."""
    forms = np.stack([digit.form for digit in digits])
    sides = (read_forms(model, np.rot90(forms, quarters, axes=(1, 2))) for quarters in (1, 3))
    return min(sides, key=total_surprise)
