"""Where the digits of a line are that was looked along, and what is there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitnet.images.form.mnist import SIDE, to_mnist
from digitnet.images.pipeline import Ink
from digitnet.numbers.hypotheses import LineAnswer
from digitnet.numbers.pieces import Box
from digitnet.numbers.place import Place


@dataclass(frozen=True)
class BoxLimits:
    """How far a digit reaches from its middle."""

    reach: float = 0.75
    """Heights of the line from a digit's middle to its edges, at most."""
    faintest: float = 0.3
    """Share of full ink; a fainter pixel is not of a digit."""


def located(ink: Ink, answer: LineAnswer, limits: BoxLimits = BoxLimits()) -> list[Box]:
    """Box of each digit that the line says: left, top, right, bottom in pixels of the ink.

    Parameters
    ----------
    ink : Ink
    answer : LineAnswer
        Of at least one digit.
    limits : BoxLimits
    """
    middles = answer.look.middles(answer.number)
    between = (middles[1:] + middles[:-1]) / 2
    edges = np.concatenate([[-np.inf], between, [np.inf]])
    place = answer.look.place
    return [
        _box(ink, place, middle, (left, right), limits)
        for middle, left, right in zip(middles, edges[:-1], edges[1:], strict=True)
    ]


def _box(
    ink: Ink, place: Place, middle: float, sides: tuple[float, float], limits: BoxLimits
) -> Box:
    """The box around the ink of a digit, or as large as a digit where there is none."""
    height, width = ink.pixels.shape
    row, reach = place.middle + place.slope * middle, limits.reach * place.height
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


def form_of(ink: Ink, box: Box) -> NDArray[np.uint8]:
    """What is in a box, in MNIST's form: the ink, or the contrast where no ink was found."""
    left, top, right, bottom = box
    for picture in (ink.pixels, ink.contrast):
        if (part := picture[top:bottom, left:right]).any():
            return to_mnist(part)
    return np.zeros((SIDE, SIDE), np.uint8)
