"""The stages from a picture to what the network saw."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitnet.datasets.mnist import load_sample
from digitnet.errors import PictureError
from digitnet.model.bundled import bundled_model
from digitnet.reading.digit import Reading, open_ink, read_digit
from digitnet.reading.number import Number, read_number, read_picture
from digitnet.reading.stages import in_words, save_stages

MODEL = bundled_model("large")
DIGITS = load_sample().test


def page(*numbers: int, gap: int = 90) -> io.BytesIO:
    """Sample digits in dark ink, side by side on light paper."""
    paper = np.full((160, gap * len(numbers) + 60), 230, np.uint8)
    for n, number in enumerate(numbers):
        digit = DIGITS.images[np.flatnonzero(DIGITS.labels == number)[0]]
        large = np.asarray(Image.fromarray(digit).resize((84, 84), Image.Resampling.BICUBIC))
        left = 30 + n * gap
        paper[40:124, left : left + 84] -= (large * 0.8).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(paper).save(file, "PNG")
    file.seek(0)
    return file


def test_a_number_is_read_from_left_to_right_with_its_boxes_in_the_picture() -> None:
    found = read_picture(MODEL, page(4, 0, 7), "page")
    assert isinstance(found, Number)
    assert found.number == "407"
    lefts = [digit.box[0] for digit in found.digits if digit.box]
    assert lefts == sorted(lefts)
    for n, digit in enumerate(found.digits):
        assert digit.box is not None
        left, top, right, bottom = digit.box
        assert 30 + n * 90 <= left < right <= 30 + n * 90 + 84
        assert 40 <= top < bottom <= 124


def test_two_lines_are_read_from_top_to_bottom() -> None:
    upper, lower = Image.open(page(3, 1)), Image.open(page(5, 2))
    both = Image.fromarray(np.vstack([np.asarray(upper), np.asarray(lower)]))
    file = io.BytesIO()
    both.save(file, "PNG")
    assert read_number(MODEL, open_ink(file, "page")).number == "31\n52"


def test_one_digit_is_no_number() -> None:
    assert isinstance(read_picture(MODEL, page(8), "page"), Reading)


def test_what_was_mended_is_said_in_a_line() -> None:
    digit = DIGITS.images[np.flatnonzero(DIGITS.labels == 1)[0]]
    leaning = Image.fromarray(digit).resize((280, 280)).rotate(-25)
    file = io.BytesIO()
    leaning.save(file, "PNG")
    ink = open_ink(file, "one")
    said = in_words(ink, read_digit(MODEL, ink))
    assert said.startswith("light ink on dark paper")
    assert "to the right, straightened" in said


def test_the_stages_of_a_number_are_saved_digit_by_digit(tmp_path: Path) -> None:
    ink = open_ink(page(2, 6), "page")
    found = read_number(MODEL, ink)
    paths = save_stages(tmp_path / "stages", "page", ink, found)
    names = ["page-ink", "page-1-form", "page-1-seen", "page-2-form", "page-2-seen"]
    assert [path.name for path in paths] == [f"{name}.png" for name in names]
    np.testing.assert_array_equal(np.asarray(Image.open(paths[2])), found.digits[0].seen)
    np.testing.assert_array_equal(np.asarray(Image.open(paths[3])), found.digits[1].form)


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    ink = open_ink(page(2), "page")
    with pytest.raises(PictureError, match="cannot be written"):
        save_stages(tmp_path / "file", "page", ink, read_digit(MODEL, ink))
