"""What digitnet brings along is what it says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitnet import Digits, Network, bundled_model, load_mnist, load_sample
from digitnet.model.history_file import bundled_history
from digitnet.nn.evaluation import evaluate


@pytest.mark.parametrize(("name", "hidden", "seed"), [("small", 15, 1), ("large", 300, 1)])
def test_a_bundled_model_says_where_it_comes_from(name: str, hidden: int, seed: int) -> None:
    model = bundled_model(name)
    assert model.network.sizes == (392, hidden, 10)
    assert model.about["dataset"] == "mnist"
    assert model.about["seed"] == seed
    assert model.about["scores"]["test_count"] == 10_000


@pytest.mark.mnist
@pytest.mark.parametrize("name", ["small", "large"])
def test_a_bundled_model_scores_what_its_metadata_says(mnist_dir: Path, name: str) -> None:
    model, digits = bundled_model(name), load_mnist(mnist_dir)
    test = Digits(model.prepare(digits.test.images), digits.test.labels)
    scores = model.about["scores"]
    found = evaluate(model.network, test, model.shown).accuracy
    assert found == pytest.approx(scores["test_accuracy"])
    assert model.about["dataset_sha256"] == digits.train.sha256


def test_the_history_of_the_small_model_leads_from_guesses_to_its_weights() -> None:
    model, history = bundled_model("small"), bundled_history("small")
    assert history is not None
    assert history.fits(model)
    assert [moment.epoch for moment in history.reports[:6]] == [0, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1]
    assert history.vectors is not None
    vector = model.network.parameters.vector
    np.testing.assert_array_equal(history.vectors[-1], vector.astype(np.float16))
    test = load_sample().test
    digits = Digits(model.prepare(test.images), test.labels)
    network = Network(history.layers, history.activation, model.network.cost.name)
    for n, expected in ((0, 0.2), (1, 0.9), (-1, 0.98)):
        network.parameters.vector[:] = history.vectors[n]
        accuracy = evaluate(network, digits, model.shown).accuracy
        assert accuracy <= expected if n == 0 else accuracy >= expected


def test_of_the_large_model_there_is_no_history() -> None:
    assert bundled_history("large") is None
