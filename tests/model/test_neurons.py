"""What neurons are for: found in networks of which it is known."""

from __future__ import annotations

import numpy as np
import pytest

from digitnet.datasets.mnist import load_sample
from digitnet.model.model import Model, bundled_model
from digitnet.model.neurons import neurons
from digitnet.nn.network import Network


@pytest.fixture
def images() -> np.ndarray:
    """Of picture n, pixel n is lit."""
    images = np.zeros((6, 28, 28), np.uint8)
    for n in range(6):
        images[n, 0, n] = 255
    return images


def test_a_neuron_speaks_for_what_it_raises_and_is_excited_by_its_pixels(
    images: np.ndarray,
) -> None:
    network = Network((784, 2, 10), "relu")
    network.parameters.vector[:] = 0
    network.W[0][0, :3] = [1, 3, 2]
    network.W[0][1, 4] = 1
    network.W[1][:, 0] = [0, 4, 3, 1, 0, -2, -4, -1, 0, 0]
    network.W[1][7, 1] = -1
    first, second = neurons(Model(network), images)
    assert first.speaks() == ([1, 2], [6, 5])
    assert first.excited_by(3) == [1, 2, 0]
    assert second.speaks() == ([], [7])
    assert second.excited_by(1) == [4]
    assert not any(neuron.dead or neuron.like for neuron in (first, second))
    A = np.array([1.0, 3, 2, 0, 0, 0])
    np.testing.assert_allclose(first.activations, A)
    assert first.strength == pytest.approx(4 * A.std())


def test_dead_neurons_and_those_that_do_what_another_does_are_found(images: np.ndarray) -> None:
    network = Network((784, 6, 10), "leaky-relu")
    network.parameters.vector[:] = 0
    network.B[0][:] = 9  # none falls below 0, where its slope is another
    for n, row in enumerate([[1, 2, 3], [0, 0, 0], [2, 4, 6], [-1, -2, -3], [3, 0, -3], [1, 0, 0]]):
        network.W[0][n, :3] = row
        network.W[1][n, n] = 1
    network.W[1][5, 5] = 0.001  # it is excited, and nobody listens
    found = neurons(Model(network), images)
    assert [neuron.dead for neuron in found] == [False, True, False, False, False, True]
    assert [neuron.like and neuron.like[0] for neuron in found] == [None, None, 0, 0, None, None]
    assert found[2].like is not None
    assert found[3].like is not None
    assert found[2].like[1] == pytest.approx(1)
    assert found[3].like[1] == pytest.approx(-1)


def test_without_hidden_layers_each_output_speaks_for_its_own_digit(images: np.ndarray) -> None:
    network = Network((784, 10), rng=np.random.default_rng(1))
    found = neurons(Model(network), images)
    assert [neuron.speaks() for neuron in found] == [([d], []) for d in range(10)]


def test_behind_more_layers_the_ways_to_an_output_are_summed(images: np.ndarray) -> None:
    network = Network((784, 2, 2, 10), rng=np.random.default_rng(1))
    first, second = neurons(Model(network), images)
    np.testing.assert_allclose(
        np.stack([first.says, second.says], axis=1), network.W[2] @ network.W[1], rtol=1e-6
    )


def test_most_neurons_of_the_small_model_are_excited_by_what_they_speak_for() -> None:
    model, digits = bundled_model("small"), load_sample().train
    found = neurons(model, model.prepare(digits.images))
    agree = [
        digits.labels[neuron.excited_by(1)[0]] in neuron.speaks()[0]
        for neuron in found
        if neuron.speaks()[0]
    ]
    assert sum(agree) >= len(agree) - 1
    assert not any(neuron.dead for neuron in found)
