"""Numbers on pictures, read by their pieces and by each line as a whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from digitnet.model.model import bundled_model
from digitnet.numbers.digit_boxes import NO_NUMBER
from digitnet.numbers.number_reader import NumberLimits
from digitnet.numbers.pieces import PieceLimits
from digitnet.numbers.sequence_model import SequenceModel
from digitnet.reading.pipeline import PIPELINE, ReadLimits
from digitnet.reading.reader import Reader
from tests.helpers.pictures import page
from tests.synthetic.numbers import numbers_of

LARGE = bundled_model("large")


class Blind(SequenceModel):
    """A sequence model that finds the blank everywhere."""

    def read(self, X: NDArray[Any]) -> NDArray[Any]:
        """0.9 for the blank at each place."""
        P = np.full((len(X), 11), 0.01, np.float32)
        P[:, 10] = 0.9
        return P


@pytest.mark.parametrize("kind", ["touching", "cheque", "slanting", "several lines"])
def test_boxes_are_in_the_picture_in_reading_order_each_with_ink(kind: str) -> None:
    file, text = numbers_of(kind, 3)
    reading = Reader(LARGE).read(file.getvalue(), number=True)
    height, width = (reading.ink.scale * side for side in reading.ink.pixels.shape)
    assert len(reading.lines) == text.count("\n") + 1
    for line in reading.lines:
        boxes = np.array([digit.box for digit in line])
        assert (boxes[:, :2] >= 0).all()
        assert (boxes[:, 2:] <= (width, height)).all()
        assert (np.diff(boxes[:, 0::2].sum(axis=1)) > 0).all()
        for left, top, right, bottom in boxes // reading.ink.scale:
            ink = reading.ink.pixels[top:bottom, left:right]
            assert ink.max() > PieceLimits.faintest


def test_a_model_that_is_weak_is_sure_of_no_number() -> None:
    weak = replace(LARGE, about={"scores": {"test_accuracy": 0.5}})
    reading = Reader(weak).read(page(4, 0, 7), number=True)
    assert {digit.why for digit in reading.digits} == {
        "the model is weak: it reads 50.0% of its test digits"
    }


def test_what_the_pieces_give_is_kept_where_the_sequence_model_finds_no_writing() -> None:
    reading = Reader(LARGE, Blind()).read(page(4, 0, 7), number=True)
    assert reading.text == "407"
    assert {digit.why for digit in reading.digits} == {NO_NUMBER}


def test_that_a_line_was_left_out_is_said() -> None:
    file, text = numbers_of("plain paper", 3)
    number = Image.open(file).convert("L")
    low = number.resize((number.width // 2, number.height // 2))
    both = Image.new("L", (number.width, number.height + low.height), number.getpixel((0, 0)))
    both.paste(number)
    both.paste(low, (0, number.height))
    hard = replace(NumberLimits(), small=0.8)
    hard = replace(hard, sure=replace(hard.sure, sure=1.1, agreed=1.1))
    pipeline = PIPELINE.with_limits(hypotheses=ReadLimits(number=hard))
    reading = Reader(LARGE, pipeline=pipeline).read(both, number=True)
    assert reading.text == text
    assert reading.why == "a much smaller line was left out, and may be writing"
