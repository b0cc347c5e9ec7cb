"""One's own digits among the others."""

from __future__ import annotations

import numpy as np
import pytest

from digitnet.datasets.digits import Digits
from digitnet.errors import DataError
from digitnet.learning.training_digits import Handwriting, mixed


def digits(labels: list[int]) -> Digits:
    """Pictures that tell their place: each is grey all over, the lighter the later."""
    images = np.empty((len(labels), 28, 28), np.uint8)
    images[:] = np.arange(len(labels), dtype=np.uint8).reshape(-1, 1, 1)
    return Digits(images, np.array(labels, np.uint8))


def test_two_of_ten_of_each_kind_are_held_out() -> None:
    hand = Handwriting.of("mine", digits(list(range(10)) * 10))
    assert np.bincount(hand.learned.labels).tolist() == [8] * 10
    assert np.bincount(hand.held_out.labels).tolist() == [2] * 10


def test_every_digit_is_either_learned_or_held_out() -> None:
    hand = Handwriting.of("mine", digits([5, 3, 3, 5, 9, 3, 1]))
    assert hand.learned.images[:, 0, 0].tolist() == [1, 2, 3, 4, 5, 6]
    assert hand.held_out.images[:, 0, 0].tolist() == [0]
    assert hand.held_out.labels.tolist() == [5]


def test_a_hand_says_in_one_line_how_many_digits_it_has() -> None:
    hand = Handwriting.of("mine", digits(list(range(10)) * 10))
    assert repr(hand) == "Handwriting(mine, 80 to learn, 20 held out)"


@pytest.mark.parametrize("count", [2, 3, 4])
def test_of_a_few_digits_one_is_held_out(count: int) -> None:
    hand = Handwriting.of("mine", digits([7] * count))
    assert (len(hand.learned), len(hand.held_out)) == (count - 1, 1)


def test_a_single_digit_is_too_little() -> None:
    with pytest.raises(DataError) as caught:
        Handwriting.of("mine", digits([7]))
    assert (caught.value.what, caught.value.found, caught.value.advice) == (
        "mine: too little handwriting to learn from and to score with.",
        "Expected two labelled pictures or more, found 1.",
        "Write more digits: digitnet sheet prints a page to fill in.",
    )


@pytest.mark.parametrize(("own", "times"), [(4, 5), (8, 2), (500, 1)])
def test_own_digits_are_repeated_to_a_tenth_of_the_others(
    own: int, times: int, rng: np.random.Generator
) -> None:
    others, mine = digits([0] * 200), digits([1] * own)
    both = mixed(others, mine, rng)
    np.testing.assert_array_equal(both.images[: 200 + own], [*others.images, *mine.images])
    assert both.labels.tolist() == [0] * 200 + [1] * (own * times)


def test_each_repetition_is_distorted_in_its_own_way(rng: np.random.Generator) -> None:
    bar = np.zeros((1, 28, 28), np.uint8)
    bar[0, 6:22, 12:16] = 255
    own = Digits(bar, np.array([1], np.uint8))
    both = mixed(digits([0] * 5000), own, rng)
    copies = both.images[5001:].reshape(499, -1).astype(float)
    similar = np.corrcoef(copies, bar.reshape(1, -1))[-1, :-1]
    assert similar.min() > 0.8
    assert similar.max() < 1
    assert len(np.unique(copies, axis=0)) > 3
