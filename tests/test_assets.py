"""What digitnet brings along is what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from digitnet import Digits, bundled_model, evaluate, load_mnist
from digitnet.reading import prepare


def test_the_bundled_model_is_the_essays_network_and_says_where_it_comes_from() -> None:
    model = bundled_model()
    assert model.network.sizes == (784, 15, 10)
    assert model.about["dataset"] == "mnist"
    assert model.about["seed"] == 1
    assert model.about["scores"]["test_count"] == 10_000


@pytest.mark.mnist
def test_the_bundled_model_scores_what_its_metadata_says(mnist_dir: Path) -> None:
    model, digits = bundled_model(), load_mnist(mnist_dir)
    test = Digits(prepare(model, digits.test.images), digits.test.labels)
    scores = model.about["scores"]
    assert evaluate(model.network, test).accuracy == pytest.approx(scores["test_accuracy"])
    assert model.about["dataset_sha256"] == digits.sha256
