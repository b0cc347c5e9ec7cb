"""A number on its picture: boxes around its digits, and above them what was read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digitnet.images.colours import EITHER, rgb
from digitnet.images.picture import open_picture
from digitnet.model.bundled import bundled_model
from digitnet.reading.boxes import boxed, numbered
from digitnet.reading.reader import Reader
from digitnet.reading.reading import Reading
from tests.helpers.pictures import page

SURE = rgb(EITHER.green)
PICTURE = open_picture(page(4, 0, 7))


@pytest.fixture(scope="module")
def reading() -> Reading:
    return Reader(bundled_model("large")).read(PICTURE, number=True)


def test_each_digit_has_a_box_around_its_ink_green_where_it_is_sure(reading: Reading) -> None:
    (line,) = reading.lines
    doubtful = replace(line[1], why="it may also be a 6")
    drawn = boxed(PICTURE, replace(reading, lines=((line[0], doubtful, line[2]),)))
    for digit, colour in zip(line, (SURE, rgb(EITHER.orange), SURE), strict=True):
        assert digit.box is not None
        left, top, right, bottom = digit.box
        for row, column in ((top - 1, left), (bottom, left), (top, left - 1), (top, right)):
            assert tuple(drawn[row, column]) == colour
        inside = drawn[top:bottom, left:right]
        assert (inside == PICTURE[top:bottom, left:right, np.newaxis]).all()


def test_of_a_smaller_picture_the_boxes_are_smaller(reading: Reading) -> None:
    half = PICTURE[::2, ::2]
    rows, columns = np.nonzero((boxed(half, reading, 0.5) == SURE).all(axis=2))
    boxes = np.array([digit.box for digit in reading.digits]) / 2
    assert (columns.min(), rows.min()) == pytest.approx(boxes[:, :2].min(axis=0), abs=1.5)
    assert (columns.max(), rows.max()) == pytest.approx(boxes[:, 2:].max(axis=0), abs=1.5)


def test_the_digits_stand_above_their_boxes_and_the_page_grows_for_them(reading: Reading) -> None:
    drawn = numbered(PICTURE, reading)
    room = len(drawn) - len(PICTURE)
    assert drawn.shape[1] == PICTURE.shape[1]
    for digit in reading.digits:
        assert digit.box is not None
        left, top, right, _ = digit.box
        above = drawn[: top + room - 2, left:right]
        assert (above == SURE).all(axis=2).any()
