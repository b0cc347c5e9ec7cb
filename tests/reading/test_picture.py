"""Reading a picture: whatever it comes in, one digit or several."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from digitnet.errors import PictureError
from digitnet.model.model import bundled_model
from digitnet.reading.reader import Reader
from tests.helpers.pictures import page

MODEL = bundled_model("large")


def test_one_digit_is_read_whole_and_has_no_box() -> None:
    reading = Reader(MODEL).read(page(8))
    assert not reading.several
    assert reading.text == "8"
    assert [[digit.box for digit in line] for line in reading.lines] == [[None]]
    assert reading.sure
    assert reading.certainty == reading.digits[0].certainty
    assert repr(reading.digits[0]) == f"Digit(8, {reading.certainty:.1%} certain)"
    assert repr(reading) == f"Reading('8', {reading.certainty:.1%} certain)"


def test_several_digits_are_read_from_left_to_right_with_their_boxes_in_the_picture() -> None:
    reading = Reader(MODEL).read(page(4, 0, 7))
    assert reading.several
    assert reading.text == "407"
    for n, digit in enumerate(reading.digits):
        assert digit.box is not None
        left, top, right, bottom = digit.box
        assert 30 + n * 90 <= left < right <= 30 + n * 90 + 84
        assert 40 <= top < bottom <= 124


def test_two_lines_are_read_from_top_to_bottom() -> None:
    both = np.vstack([np.asarray(Image.open(page(*numbers))) for numbers in ((3, 1), (5, 2))])
    reading = Reader(MODEL).read(both)
    assert reading.text == "31\n52"
    assert [[digit.digit for digit in line] for line in reading.lines] == [[3, 1], [5, 2]]
    assert reading.certainty == min(digit.certainty for digit in reading.digits)


def test_asked_for_a_number_one_digit_is_cut_out_and_has_a_box() -> None:
    reading = Reader(MODEL).read(page(8), number=True)
    assert reading.several
    assert reading.text == "8"
    assert reading.digits[0].box is not None


def test_boxes_are_in_the_pixels_of_a_picture_that_was_made_smaller() -> None:
    large = Image.open(page(4, 0, 7)).resize((3300, 1600))
    small, found = Reader(MODEL).read(page(4, 0, 7)), Reader(MODEL).read(large)
    assert found.ink.scale == 3
    for one, other in zip(small.digits, found.digits, strict=True):
        assert one.box is not None
        assert other.box == pytest.approx(np.multiply(one.box, 10), abs=20)


def test_a_picture_without_a_digit_is_named() -> None:
    with pytest.raises(PictureError) as caught:
        Reader(MODEL).read(np.full((50, 50), 255, np.uint8), "blank.png")
    assert caught.value.what == "blank.png holds no digit."
    assert caught.value.found == "Expected ink on paper, found a blank picture."
    lines = Image.new("L", (400, 200), 255)
    ImageDraw.Draw(lines).line([(0, 100), (400, 100)], 0, 5)
    with pytest.raises(PictureError) as caught:
        Reader(MODEL).read(lines, number=True)
    assert caught.value.what == "The picture holds no digit."
    assert caught.value.found == (
        "Expected ink on paper, found none after these steps: 1 shade of the paper removed."
    )


def as_path(picture: Image.Image, folder: Path) -> Path:
    picture.save(folder / "picture.png")
    return folder / "picture.png"


def as_bytes(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


SOURCES: dict[str, Callable[[Image.Image, Path], Any]] = {
    "path": as_path,
    "text": lambda picture, folder: str(as_path(picture, folder)),
    "bytes": lambda picture, _: as_bytes(picture),
    "file": lambda picture, _: io.BytesIO(as_bytes(picture)),
    "open file": lambda picture, folder: as_path(picture, folder).open("rb"),
    "PIL image": lambda picture, _: picture,
    "PIL file": lambda picture, folder: Image.open(as_path(picture, folder)),
    "grey array": lambda picture, _: np.asarray(picture),
    "colour array": lambda picture, _: np.asarray(picture.convert("RGB")),
    "array with alpha": lambda picture, _: np.asarray(picture.convert("RGBA")),
    "floats": lambda picture, _: np.asarray(picture, np.float32) / np.float32(255),
    "float colours": lambda picture, _: np.asarray(picture.convert("RGB")) / 255,
    "turned array": lambda picture, _: np.asarray(picture).T.copy().T,
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_every_source_gives_the_same_reading(
    source: Callable[[Image.Image, Path], Any], tmp_path: Path
) -> None:
    given = source(Image.open(page(7)), tmp_path)
    digit = Reader(MODEL).read(given).digits[0]
    if hasattr(given, "close"):
        given.close()
    expected = Reader(MODEL).read(page(7)).digits[0]
    assert digit.certainties == expected.certainties
    np.testing.assert_array_equal(digit.seen, expected.seen)
