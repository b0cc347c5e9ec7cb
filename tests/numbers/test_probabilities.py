"""How the numbers that a line may be share out each of its digits, by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from digitnet.model.certainty import Certainty
from digitnet.model.model import Model
from digitnet.nn.network import Network
from digitnet.numbers.ctc import Number
from digitnet.numbers.line_reading import LineReading, SureLimits
from digitnet.numbers.lines import Place
from digitnet.numbers.probabilities import certainties_of, doubts_of


def line(p: Sequence[float], *numbers: Number, likelihood: float = 0.5) -> LineReading:
    """A line that may be these numbers, with these probabilities."""
    return LineReading([], Place(0.0, 20.0), (), numbers, np.log(p), likelihood, None)


def ten(rest: float = 0.0, **digits: float) -> list[float]:
    """Ten numbers: `d4=0.6` for the digit 4, the same rest for each of the others besides."""
    return [digits.get(f"d{i}", 0.0) + rest for i in range(10)]


def test_numbers_of_the_same_length_share_each_digit() -> None:
    found = certainties_of(line([0.6, 0.3, 0.1], (4, 7), (4, 1), (9, 7)))
    np.testing.assert_allclose(found, [ten(d4=0.9, d9=0.1), ten(d7=0.7, d1=0.3)], atol=1e-12)


def test_what_a_longer_number_leaves_open_is_split_among_all_ten_digits() -> None:
    # 4 7 is likely by 0.6; 4 1 7 has its digits, and 1 between them that is at neither place.
    found = certainties_of(line([0.6, 0.4], (4, 7), (4, 1, 7)))
    np.testing.assert_allclose(found, [ten(d4=1.0), ten(d7=1.0)], atol=1e-12)
    # 7 alone has no digit at the place of the 4: 0.4 is split, 0.04 for each.
    found = certainties_of(line([0.6, 0.4], (4, 7), (7,)))
    np.testing.assert_allclose(found, [ten(0.04, d4=0.6), ten(d7=1.0)], atol=1e-12)
    # Of no digits nothing is matched; two for one neither.
    found = certainties_of(line([0.5, 0.3, 0.2], (4,), (), (8, 9)))
    np.testing.assert_allclose(found, [ten(0.05, d4=0.5)], atol=1e-12)


def test_digits_in_the_place_of_as_many_others_are_matched() -> None:
    # 1 2 3 4 5 and 1 8 9 5: 8 9 in the place of 2 3 4 are not as many, and are not matched.
    found = np.array(certainties_of(line([0.5, 0.5], (1, 2, 3, 4, 5), (1, 8, 9, 5))))
    np.testing.assert_allclose(found[[0, 4]], [ten(d1=1.0), ten(d5=1.0)], atol=1e-12)
    np.testing.assert_allclose(found[1], ten(0.05, d2=0.5), atol=1e-12)
    # 1 2 3 3 and 1 9 3: the 9 is in the place of the 2, one for one, and a 3 is missing.
    found = np.array(certainties_of(line([0.5, 0.5], (1, 2, 3, 3), (1, 9, 3))))
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-12)
    assert found[0].tolist() == pytest.approx(ten(d1=1.0))


MODEL = Model(Network((784, 1, 10)), certainty=Certainty(1.0, 0.5))


def doubts(reading: LineReading) -> list[str | None]:
    limited = replace(reading, limits=SureLimits(sure=0.9, legible=0.05))
    return doubts_of(MODEL, limited, certainties_of(limited))


def test_no_digit_of_a_sure_line_is_in_doubt() -> None:
    assert doubts(line([0.95, 0.05], (4, 7), (4, 1))) == [None, None]


def test_where_a_line_is_not_sure_the_other_number_is_named_at_the_digits_that_differ() -> None:
    also = "the number may also be 41"
    assert doubts(line([0.8, 0.2], (4, 7), (4, 1))) == [None, also]
    # Of both digits it is as unsure.
    assert doubts(line([0.8, 0.2], (4, 7), (1, 4))) == ["the number may also be 14"] * 2
    # A digit of 0.95 is surer than its number, of 0.85.
    reading = line([0.85, 0.10, 0.05], (4, 7), (4, 1), (5, 7))
    assert doubts(reading) == [None, also]


def test_where_the_other_number_has_no_digits_it_is_not_named() -> None:
    assert doubts(line([0.6, 0.4], (4, 7), ())) == ["it is not clear where one digit ends"] * 2
    named = doubts(line([0.6, 0.3, 0.1], (4, 7), (), (4, 1)))
    assert named == ["the number may also be 41"] * 2


def test_of_an_illegible_line_the_least_sure_digit_is_in_doubt() -> None:
    reading = line([0.99, 0.01], (4, 7), (4, 1), likelihood=0.01)
    assert doubts(reading) == [None, "the number may also be 41"]


def test_of_a_weak_model_no_digit_is_sure() -> None:
    weak = Model(Network((784, 1, 10)), about={"scores": {"test_accuracy": 0.5}})
    reading = line([0.99, 0.01], (4,), (5,))
    found = doubts_of(weak, reading, certainties_of(reading))
    assert found == ["the model is weak: it reads 50.0% of its test digits"]
