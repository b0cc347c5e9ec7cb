"""A number on its picture: boxes around its digits, and above them what was read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digitnet.images.colours import EITHER, rgb
from digitnet.images.measure.components import Box
from digitnet.images.picture import open_picture
from digitnet.model.model import bundled_model
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


@pytest.mark.parametrize(
    ("box", "size", "room"),
    [
        ((40, 50, 60, 80), 18, 12),  # six tenths of 30 rows; there is room above the box
        ((40, 5, 60, 65), 36, 36 - 5 + 12),
        ((40, 8, 46, 18), 12, 12 - 8 + 12),  # no lower than 12 pixels
    ],
)
def test_a_digit_stands_a_sixth_of_its_height_above_its_box(
    reading: Reading, box: Box, size: int, room: int
) -> None:
    digit = replace(reading.digits[0], box=box, why=None)
    drawn = numbered(np.full((100, 90), 255, np.uint8), replace(reading, lines=((digit,),)))
    assert drawn.shape == (100 + room, 90, 3)
    rows, columns = np.nonzero((drawn != 255).any(axis=2))
    of_box = rows >= box[1] + room - 1  # with its line of one pixel
    assert (rows[of_box].min(), rows[of_box].max()) == (box[1] + room - 1, box[3] + room)
    assert rows[~of_box].max() < box[1] + room - size / 6
    assert rows[~of_box].min() > box[1] + room - size / 6 - size
    assert columns[~of_box].mean() == pytest.approx((box[0] + box[2]) / 2, abs=2)
