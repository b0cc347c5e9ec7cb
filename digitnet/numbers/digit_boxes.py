"""The digits of a line that was read as a whole: a box around each, and its content."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digitnet.images.form.mnist import SIDE, to_mnist
from digitnet.images.measure.components import Box
from digitnet.images.page import Page
from digitnet.model.digit import read_forms
from digitnet.model.model import Model
from digitnet.numbers.line_reading import Digits, LineReading
from digitnet.numbers.lines import Place
from digitnet.numbers.pieces import PieceLimits, in_picture
from digitnet.numbers.probabilities import certainties_of, doubts_of
from digitnet.numbers.views import View

NO_NUMBER: Final = "read as a whole, the line holds no number"
"""Reason for digits of pieces where the sequence model reads none."""


@dataclass(frozen=True)
class DigitBoxLimits:
    """Size of a digit's box."""

    reach: float = 0.75
    """Most distance from a digit's middle to its edges, in heights of the line."""


def line_digits(model: Model, page: Page, line: LineReading, limits: DigitBoxLimits) -> Digits:
    """Digits of a line's number, from its pieces or else from the view.

    If the sequence model finds no writing, the digits of the pieces are kept, and are not sure.

    Parameters
    ----------
    model : Model
    page : Page
    line : LineReading
    limits : DigitBoxLimits
    """
    if not line.number or line.view is None:
        return tuple(replace(digit, why=digit.why or NO_NUMBER) for digit in line.pieces)
    digits = line.pieces
    if not line.agreed:
        digits = _cut_out(model, page, digit_boxes(page, line.view, line.number, limits))
    certainties = certainties_of(line)
    doubts = doubts_of(model, line, certainties)
    return tuple(
        replace(digit, digit=answer, certainties=ten, why=why)
        for digit, answer, ten, why in zip(digits, line.number, certainties, doubts, strict=True)
    )


def digit_boxes(
    page: Page,
    view: View,
    number: tuple[int, ...],
    limits: DigitBoxLimits = DigitBoxLimits(),
) -> list[Box]:
    """Box of each digit of a number: left, top, right, bottom in pixels of the ink.

    Parameters
    ----------
    page : Page
    view : View
        Of the line.
    number : tuple of int
        At least one digit.
    limits : DigitBoxLimits
    """
    middles = view.middles(number)
    between = (middles[1:] + middles[:-1]) / 2
    edges = np.concatenate([[-np.inf], between, [np.inf]])
    return [
        _box(page, view.place, middle, (left, right), limits)
        for middle, left, right in zip(middles, edges[:-1], edges[1:], strict=True)
    ]


def _cut_out(model: Model, page: Page, boxes: list[Box]) -> Digits:
    """The content of each box, read alone."""
    digits = read_forms(model, np.stack([_form(page, box) for box in boxes]))
    return tuple(
        replace(digit, box=in_picture(box, page.scale))
        for digit, box in zip(digits, boxes, strict=True)
    )


def _box(
    page: Page, place: Place, middle: float, sides: tuple[float, float], limits: DigitBoxLimits
) -> Box:
    """The box around the ink of a digit, or as large as a digit without ink."""
    height, width = page.pixels.shape
    row, reach = place.middle + place.slope * middle, limits.reach * place.height
    left, right = max(0, sides[0], middle - reach), min(width, sides[1], middle + reach)
    top, bottom = max(0, row - reach), min(height, row + reach)
    left, top, right, bottom = int(left), int(top), int(np.ceil(right)), int(np.ceil(bottom))
    rows, columns = np.nonzero(page.pixels[top:bottom, left:right] > PieceLimits.faintest)
    if not len(rows):
        return left, top, max(right, left + 1), max(bottom, top + 1)
    return (
        left + int(columns.min()),
        top + int(rows.min()),
        left + int(columns.max()) + 1,
        top + int(rows.max()) + 1,
    )


def _form(page: Page, box: Box) -> NDArray[np.uint8]:
    """The content of a box in MNIST's form: the ink, or the contrast if there is no ink."""
    left, top, right, bottom = box
    for picture in (page.pixels, page.contrast):
        if (part := picture[top:bottom, left:right]).any():
            return to_mnist(part)
    return np.zeros((SIDE, SIDE), np.uint8)
