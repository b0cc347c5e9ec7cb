"""What digitnet brings along is what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from digitnet import Digits, bundled_model, evaluate, load_mnist


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
