"""A model is scored on digits as it was trained to see them."""

from __future__ import annotations

import numpy as np
import pytest

import digitnet
from digitnet.datasets.digits import Digits
from digitnet.datasets.mnist import load_sample
from digitnet.errors import TrainingError
from digitnet.model.bundled import bundled_model
from digitnet.model.evaluation import evaluate
from digitnet.model.model import Model
from digitnet.nn.evaluation import evaluate as evaluate_network
from digitnet.nn.network import Network


@pytest.mark.parametrize("name", ["small", "large"])
def test_a_bundled_model_scores_on_raw_digits_what_it_scores(name: str) -> None:
    model, test = bundled_model(name), load_sample().test
    found = digitnet.evaluate(model, test)
    assert found.accuracy > 0.985
    seen = Digits(model.prepare(test.images), test.labels)
    wanted = evaluate_network(model.network, seen, model.shown)
    np.testing.assert_array_equal(found.outputs, wanted.outputs)
    assert found.cost == wanted.cost


def test_a_network_is_shown_the_digits_as_they_are() -> None:
    network, test = Network([784, 10], rng=np.random.default_rng(0)), load_sample().test
    found, wanted = evaluate(network, test), evaluate_network(network, test)
    np.testing.assert_array_equal(found.outputs, wanted.outputs)
    raw = evaluate(Model(network), test)
    np.testing.assert_allclose(raw.outputs, wanted.outputs, atol=1e-6)


def test_a_model_takes_no_other_inputs_than_its_own() -> None:
    model, test = bundled_model("small"), load_sample().test
    with pytest.raises(TrainingError, match="A model knows what it sees of a digit"):
        evaluate(model, test, model.shown)
