"""A picture that is tiny, turned, or mostly left out is sure of nothing."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from digitnet import Reader, bundled_model
from digitnet.datasets.mnist import load_sample
from tests.helpers.filled_sheets import filled
from tests.helpers.pictures import png

LARGE = bundled_model("large")
TEST = load_sample().test
TURNED = "the picture may be turned"


def digits(label: int, count: int) -> NDArray[np.uint8]:
    found: NDArray[np.uint8] = TEST.images[TEST.labels == label][:count]
    return found


def reduced(side: int) -> NDArray[np.uint8]:
    """A 3 whose square has so many pixels."""
    return np.asarray(Image.fromarray(digits(3, 1)[0][4:24, 4:24]).resize((side, side)))


def test_writing_of_a_few_pixels_is_too_small_to_tell() -> None:
    assert Reader(LARGE).read(reduced(6)).why == ("the writing is 6 pixels high, too small to tell")
    assert Reader(LARGE).read(np.pad(reduced(6), 5)).why == (
        "the writing is 6 pixels high, too small to tell"
    )
    assert "small" not in (Reader(LARGE).read(reduced(9)).why or "")


@pytest.mark.parametrize("quarters", [1, 3])
def test_most_digits_that_are_turned_by_a_quarter_are_unsure(quarters: int) -> None:
    sure = 0
    for label in (2, 3, 4, 5, 6, 7, 9):  # a 0 and an 8 are hardly others when they lie
        for digit in digits(label, 2):
            reading = Reader(LARGE).read(png(np.rot90(digit, quarters).copy(), dark_ink=True))
            sure += reading.sure
    assert sure <= 1


def test_upright_digits_are_not_called_turned() -> None:
    readings = [Reader(LARGE).read(png(image, dark_ink=True)) for image in TEST.images[::25]]
    assert TURNED not in [reading.why for reading in readings]


def test_a_wide_piece_that_is_a_digit_turned_is_no_number() -> None:
    large = Image.fromarray(np.rot90(digits(6, 2)[1], 3)).resize(
        (140, 140), Image.Resampling.BICUBIC
    )
    reading = Reader(LARGE).read(255 - np.pad(np.asarray(large), 30))
    assert (reading.several, reading.why) == (False, TURNED)


def test_where_much_of_the_writing_is_left_out_the_rest_is_unsure() -> None:
    """Small digits beside a huge one are specks for it."""
    paper = np.full((1000, 1000), 230, np.uint8)
    huge = Image.fromarray(digits(7, 1)[0]).resize((900, 900), Image.Resampling.BICUBIC)
    paper[50:950, 50:950] -= (np.asarray(huge) * 0.8).astype(np.uint8)
    assert Reader(LARGE).read(paper).sure
    small = 230 - np.asarray(Image.fromarray(digits(8, 1)[0]).resize((70, 70))) * 0.8
    for top in range(0, 930, 50):
        for left in range(0, 930, 40):
            there = paper[top : top + 70, left : left + 70]
            if there.min() > 220:
                there[:] = small
    assert Reader(LARGE).read(paper).why == "much of the ink was left out, and may be writing"


def test_a_page_of_digits_is_no_single_digit_and_digitnets_own_sheet_is_named() -> None:
    sheet = filled(np.random.default_rng(0), share=0.02).page.clip(0, 255).astype(np.uint8)
    reading = Reader(LARGE).read(np.asarray(Image.fromarray(sheet).reduce(4)), "scan.png")
    assert len(reading.digits) > 8
    assert reading.why == (
        "it is digitnet's own sheet, which is read by: "
        "digitnet sheet --read scan.png --into my-digits"
    )
