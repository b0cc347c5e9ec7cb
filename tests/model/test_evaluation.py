"""A model is scored on digits as it was trained to see them."""

from __future__ import annotations

import numpy as np
import pytest

import digitnet
from digitnet.datasets.digits import Digits
from digitnet.datasets.mnist import load_sample
from digitnet.errors import TrainingError
from digitnet.images.colours import LIGHT, rgb
from digitnet.images.form.weights import weights_drawn
from digitnet.model.bundled import bundled_model
from digitnet.model.evaluation import evaluate
from digitnet.model.model import Model
from digitnet.nn.evaluation import evaluate as evaluate_network
from digitnet.nn.network import Network
from tests.helpers.notebook import pixels, shown


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


def test_a_notebook_shows_the_confusion_matrix() -> None:
    found = digitnet.evaluate(bundled_model("small"), load_sample().test)
    confusion = found.confusion
    numbers = [str(n) for d in range(10) for n in (d, *confusion[d][confusion[d] > 0])]
    head = [repr(found), "Rows: the digit. Columns: the answer.", *map(str, range(10))]
    assert shown(found).said == head + numbers
    assert isinstance(found, digitnet.Evaluation)


@pytest.mark.parametrize(("name", "count"), [("small", 15), ("large", 60)])
def test_a_notebook_shows_the_neurons_of_a_model(name: str, count: int) -> None:
    model = bundled_model(name)
    found = shown(model)
    numbers = [int(text) for text in found.said[1 : count + 1]]
    assert found.said[0] == repr(model)
    assert found.said[count + 1 :] == ["240 quieter neurons are not drawn."] * (count == 60)
    assert numbers == sorted(set(numbers))
    assert [picture["alt"] for picture in found.pictures] == [
        f"weights of neuron {n}" for n in numbers
    ]
    for n, picture in zip(numbers, found.pictures, strict=True):
        weights = weights_drawn(model.network.W[0][n], 12)
        strongest = np.unravel_index(np.abs(weights).argmax(), weights.shape)
        colour = rgb(LIGHT.blue if weights[strongest] > 0 else LIGHT.orange)
        assert tuple(pixels(picture)[strongest]) == colour


def test_a_notebook_shows_of_a_network_that_sees_no_digits_what_it_is() -> None:
    model = Model(Network([8, 3, 2]))
    assert shown(model).said == [repr(model)]
    assert len(shown(Model(Network([784, 10]))).pictures) == 10
