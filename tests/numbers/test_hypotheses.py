"""What a picture may show: one digit, one digit that is turned, or lines of digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from PIL import Image

from digitnet.datasets.mnist import load_sample
from digitnet.images.page import Page
from digitnet.model.model import bundled_model
from digitnet.numbers.ctc import Number
from digitnet.numbers.hypotheses import Hypothesis, HypothesisLimits, hypotheses
from digitnet.numbers.line_reading import LineReading, posterior
from digitnet.numbers.lines import place_of
from digitnet.numbers.number_reader import NumberLimits, NumberReader
from digitnet.numbers.pieces import Line, find_lines
from digitnet.numbers.sequence_model import bundled_sequence_model

TEST = load_sample().test
LIMITS, NUMBER = HypothesisLimits(), NumberLimits()


def digit(label: int, place: int = 0) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """A test digit, 84 × 84, as ink."""
    image = Image.fromarray(TEST.images[np.flatnonzero(TEST.labels == label)[place]])
    large = image.resize((84, 84), Image.Resampling.BICUBIC)
    return np.asarray(large, np.float32) / np.float32(255)


def found(
    ink: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
    *,
    number: bool = False,
    limits: NumberLimits = NUMBER,
) -> tuple[Hypothesis, ...]:
    """Hypotheses about some ink, by the small model."""
    page = Page(np.zeros(ink.shape, np.uint8), contrast=ink, pixels=ink)
    reader = NumberReader(bundled_model("small"), bundled_sequence_model(), page, limits)
    return hypotheses(reader, find_lines(ink), number=number, limits=LIMITS)


def test_one_plain_piece_is_one_digit_and_nothing_else() -> None:
    (only,) = found(np.pad(digit(7), 20))
    assert (only.text, only.turned, only.probability) == ("7", False, 1.0)
    assert only.nats == pytest.approx(NumberLimits().score.proposed + LIMITS.alone, abs=0.3)


def test_asked_for_a_number_the_ink_is_never_one_digit() -> None:
    (only,) = found(np.pad(digit(7), 20), number=True)
    assert only.whole is None
    assert only.text == "7"


def test_digits_side_by_side_are_lines_and_those_above_one_another_two() -> None:
    beside = np.hstack([digit(4), digit(7)])
    assert found(np.pad(beside, 20))[0].text == "47"
    stacked = np.vstack([digit(4), np.zeros((30, 84), np.float32), digit(7)])
    assert found(np.pad(stacked, 20))[0].text == "4\n7"


def test_the_probabilities_are_the_posterior_of_the_scores() -> None:
    each = found(np.pad(np.hstack([digit(1), digit(8)]), 20))
    assert len(each) > 1
    nats = np.array([one.nats for one in each])
    assert [one.probability for one in each] == pytest.approx(posterior(nats).tolist())
    assert (np.diff(nats) <= 0).all()


def test_a_digit_that_lies_is_likelier_turned_than_upright() -> None:
    lying = [found(np.pad(np.rot90(digit(5, n)), 20)) for n in range(6)]
    assert sum(best.turned for best, *_ in lying) >= 4
    turned = next(each for each in lying if each[0].turned)
    upright = next(one for one in turned if one.whole is not None and not one.turned)
    assert turned[0].whole is upright.whole


def test_no_digit_is_broken_into_more_pieces_than_the_limit() -> None:
    two = np.pad(np.hstack([digit(4), digit(7)]), 20)
    assert any(one.whole is not None for one in found(two))
    assert all(one.whole is None for one in found(two, limits=NumberLimits(broken=1)))


def test_lines_that_say_what_the_one_digit_says_are_no_other_hypothesis() -> None:
    ink = np.pad(digit(5), 20)
    rows = np.flatnonzero(ink.any(axis=1))
    ink[rows[0] + 8 : rows[0] + 14] = 0  # its bar stands apart
    each = found(ink)
    assert len({(one.text, one.turned) for one in each}) == len(each)


@dataclass(frozen=True, eq=False)
class Given(NumberReader):
    """Reads any lines as one number that was given."""

    number: Number = ()

    def read(self, lines: Sequence[Line]) -> list[LineReading]:
        place = place_of(lines[0])
        return [LineReading(lines[0], place, (), (self.number,), np.zeros(1), 0.5, None)]


@pytest.mark.parametrize(("number", "texts"), [((7,), ["7"]), ((1,), ["1", "7"])])
def test_a_line_of_the_digit_that_all_the_ink_is_counts_once(
    number: Number, texts: list[str]
) -> None:
    ink = np.pad(digit(7), 20)
    page = Page(np.zeros(ink.shape, np.uint8), contrast=ink, pixels=ink)
    reader = Given(bundled_model("small"), bundled_sequence_model(), page, NUMBER, number)
    (line,) = find_lines(ink)
    each = hypotheses(reader, [[*line, *line]], number=False, limits=LIMITS)
    assert sorted(one.text for one in each) == texts
    assert [one.whole is not None for one in each if one.text == "7"] == [True]
    assert sum(one.probability for one in each) == pytest.approx(1)
