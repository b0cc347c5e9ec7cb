"""What is not sure says why, and what learned nothing is sure of nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from digitnet import bundled_model
from digitnet.datasets.mnist import load_sample
from digitnet.images.page import Page
from digitnet.model.certainty import Certainty
from digitnet.model.digit import Digit, read_forms
from digitnet.model.model import Model
from digitnet.nn.network import Network
from digitnet.reading.reading import Reading

IMAGES = load_sample().test.images


def answering(shares: Mapping[int, float], threshold: float = 0.0, **about: Any) -> Model:
    """A model that gives every picture these certainties, and the other digits the rest alike."""
    rest = (1 - sum(shares.values())) / (10 - len(shares)) if len(shares) < 10 else 0.0
    network = Network((784, 10), cost="softmax-cross-entropy")
    for W in network.W:
        W[:] = 0
    for digit in range(10):
        network.B[0][digit] = np.log(max(shares.get(digit, rest), 1e-9))
    return Model(network, certainty=Certainty(1.0, threshold), about=about)


def why(model: Model) -> str | None:
    (digit,) = read_forms(model, IMAGES[:1])
    assert digit.sure == (digit.why is None)
    return digit.why


@pytest.mark.parametrize(
    ("shares", "threshold", "reason"),
    [
        ({9: 0.6}, 0.0, None),
        ({9: 0.51}, 0.0, None),
        ({}, 0.0, "no digit stands out"),
        ({9: 0.396}, 0.0, "no digit stands out"),
        ({9: 0.4, 5: 0.34}, 0.0, "two digits are close: 9 or 5"),
        ({5: 0.49, 9: 0.48}, 0.0, "two digits are close: 5 or 9"),
        ({9: 0.48, 5: 0.2}, 0.0, "it may also be a 5"),
        ({3: 0.8, 8: 0.15}, 0.9, "it may also be an 8"),
        ({9: 0.55, 5: 0.44}, 0.6, "two digits are close: 9 or 5"),
        ({9: 0.5, 5: 0.3}, 0.6, "two digits are close: 9 or 5"),
        ({3: 0.9, 8: 0.06}, 0.95, "it may also be an 8"),
        ({3: 0.9, 8: 0.04}, 0.95, "it does not look like a usual 3"),
    ],
)
def test_an_answer_is_sure_if_it_is_likelier_than_all_others_and_reaches_its_models_bound(
    shares: dict[int, float], threshold: float, reason: str | None
) -> None:
    assert why(answering(shares, threshold)) == reason


@pytest.mark.parametrize(
    ("scores", "reason"),
    [
        ({"test_accuracy": 0.1}, "the model is weak: it reads 10.0% of its test digits"),
        ({"test_accuracy": 0.799}, "the model is weak: it reads 79.9% of its test digits"),
        ({"validation_accuracy": 0.5}, "the model is weak: it reads 50.0% of its test digits"),
        ({"test_accuracy": 0.8, "validation_accuracy": 0.5}, None),
        ({"test_accuracy": None}, None),
        ("none", None),
    ],
)
def test_a_weak_model_is_sure_of_nothing(scores: object, reason: str | None) -> None:
    assert why(answering({3: 0.99}, scores=scores)) == reason


def test_what_does_not_look_like_its_answer_is_called_so() -> None:
    network = Network((784, 10), cost="cross-entropy")
    network.W[0][:] = 0
    network.B[0][:] = -9
    network.B[0][7] = -1  # an output of 0.27: low, and yet far above the others
    model = Model(network, certainty=Certainty(lead=0.5))
    assert why(model) == "it does not look like a usual 7"
    assert why(replace(model, certainty=Certainty(lead=0.2))) is None


def test_the_large_model_is_sure_of_digits_and_not_of_noise() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (20, 28, 28), dtype=np.uint8)
    model = bundled_model("large")
    assert not any(digit.sure for digit in read_forms(model, noise))
    assert all(digit.output < 0.5 for digit in read_forms(model, noise))
    assert [digit.why for digit in read_forms(model, IMAGES[:3])] == [None] * 3


def reading(*reasons: str | None, doubt: str | None = None) -> Reading:
    form = IMAGES[0]
    ink = Page(form)
    digits = (Digit(1, (0.0, 1.0, *[0.0] * 8), form, form, reason) for reason in reasons)
    return Reading((tuple(digits),), several=len(reasons) > 1, ink=ink, doubt=doubt)


@pytest.mark.parametrize(
    ("read", "reason"),
    [
        (reading(None, None), None),
        (reading(None, "a", "b"), "a"),
        (reading(None, doubt="the picture is turned"), "the picture is turned"),
        (reading("a", doubt="the picture is turned"), "the picture is turned"),
    ],
)
def test_a_reading_gives_the_pictures_reason_or_that_of_its_first_digit(
    read: Reading, reason: str | None
) -> None:
    assert (read.why, read.sure) == (reason, reason is None)


def test_reprs_say_why() -> None:
    assert repr(reading("a")) == "Reading('1', 100.0% certain, not sure: a)"
    assert repr(reading("a").digits[0]) == "Digit(1, 100.0% certain, not sure: a)"
