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
from digitnet.model.model import Model, bundled_model
from digitnet.nn.evaluation import evaluate
from digitnet.nn.network import Network
from tests.helpers.notebook import pixels, shown


@pytest.mark.parametrize("name", ["small", "large"])
def test_a_bundled_model_scores_on_raw_digits_what_it_scores(name: str) -> None:
    model, test = bundled_model(name), load_sample().test
    found = model.evaluate(test)
    assert found.accuracy > 0.985
    seen = Digits(model.prepare(test.images), test.labels)
    expected = evaluate(model.network, seen, model.shown)
    np.testing.assert_array_equal(found.outputs, expected.outputs)
    assert found.cost == expected.cost


def test_digits_that_are_prepared_are_not_prepared_again() -> None:
    model, test = bundled_model("small"), load_sample().test
    prepared = Digits(model.prepare(test.images), test.labels)
    found = model.evaluate(prepared, prepared=True)
    np.testing.assert_array_equal(found.outputs, model.evaluate(test).outputs)
    assert found.accuracy > model.evaluate(prepared).accuracy


def test_a_raw_model_sees_the_digits_as_they_are() -> None:
    network, test = Network([784, 10], rng=np.random.default_rng(0)), load_sample().test
    expected = evaluate(network, test)
    np.testing.assert_allclose(Model(network).evaluate(test).outputs, expected.outputs, atol=1e-6)


@pytest.mark.parametrize("name", ["small", "large"])
def test_what_is_predicted_is_what_is_evaluated(name: str) -> None:
    model, test = bundled_model(name), load_sample().test
    predicted = model.predict(test.images)
    assert (predicted.shape, predicted.dtype) == ((1000,), np.dtype(np.intp))
    assert float(np.mean(predicted == test.labels)) == model.evaluate(test).accuracy


def test_digits_that_do_not_fit_are_refused() -> None:
    with pytest.raises(TrainingError, match="There are no labelled digits"):
        bundled_model("small").evaluate(load_sample().test[:0])


def test_a_notebook_shows_the_confusion_matrix() -> None:
    found = bundled_model("small").evaluate(load_sample().test)
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
    assert found.said[count + 1 :] == ["240 weaker neurons are not drawn."] * (count == 60)
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
