"""Scores of a model on everybody's digits and on one hand's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitnet.datasets.mnist import load_sample
from digitnet.images.form.moments import moment_normalise
from digitnet.learning.comparison import Scores, score
from digitnet.learning.training_digits import Handwriting
from digitnet.model.model import Model, bundled_model


def share_right(model: Model, hand: Handwriting) -> float:
    pixels = model.prepare(hand.held_out.images).reshape(-1, 784).astype(np.float32) / 255
    answers = model.network.forward(pixels.T).A[-1].argmax(axis=0)
    return float(np.mean(answers == hand.held_out.labels))


def test_a_model_is_scored_on_digits_that_teach_nothing(sample_model: Model) -> None:
    digits = load_sample()
    hand = Handwriting.of("mine", digits.train[:50])
    expected = sample_model.about["scores"]["test_accuracy"], 1000
    assert score(sample_model, digits) == Scores(*expected)
    found = score(sample_model, digits, hand)
    assert found == Scores(*expected, share_right(sample_model, hand), len(hand.held_out))


@pytest.mark.parametrize("name", ["small", "large"])
def test_kept_normalised_digits_give_the_same_scores(tmp_path: Path, name: str) -> None:
    digits, model = load_sample(), bundled_model(name)
    plain = score(model, digits)
    assert score(model, digits, cache=tmp_path) == plain
    kept = list(tmp_path.iterdir())
    assert len(kept) == 1
    assert kept[0].read_bytes().endswith(moment_normalise(digits.test.images).tobytes())
    assert score(model, digits, cache=tmp_path) == plain
