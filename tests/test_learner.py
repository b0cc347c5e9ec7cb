"""The network that learns in another's stead."""

from __future__ import annotations

import numpy as np

from digitnet.nn.batches import Labelled
from digitnet.nn.learner import Learner, mean_picture
from digitnet.nn.network import Network


def new_network(seed: int = 1) -> Network:
    return Network((6, 4, 3), rng=np.random.default_rng(seed), dtype=np.float64)


def test_the_kept_network_answers_pictures_as_the_learner_answers_centred_ones() -> None:
    rng = np.random.default_rng(2)
    kept, centre, X = new_network(), rng.random(6), rng.random((6, 5))
    learner = Learner(kept, centre)
    learner.network.parameters.vector[:] = rng.normal(size=43)
    learner.publish()
    expected = learner.network.forward(X - centre[:, None]).A[-1]
    np.testing.assert_allclose(kept.forward(X).A[-1], expected, rtol=1e-12)


def test_before_any_step_the_kept_network_is_what_it_was() -> None:
    kept, before = new_network(), new_network().parameters.vector
    Learner(kept, np.random.default_rng(2).random(6)).publish()
    np.testing.assert_allclose(kept.parameters.vector, before, atol=1e-15)


def test_the_kept_weights_are_the_running_mean_of_the_learners() -> None:
    kept = new_network()
    learner = Learner(kept, average=0.75)
    first = kept.parameters.vector.copy()
    for step in (1.0, 2.0):
        learner.network.parameters.vector[:] = first + step
        learner.remember()
    learner.publish()
    # 0 → 0.25 · 1 = 0.25 → 0.25 + 0.25 (2 - 0.25) = 0.6875
    np.testing.assert_allclose(kept.parameters.vector, first + 0.6875)


def test_without_centre_and_mean_the_network_learns_itself() -> None:
    kept = new_network()
    assert Learner(kept).network is kept


def test_the_mean_picture_is_the_mean_brightness_of_each_pixel() -> None:
    images = np.array([[[0, 255]], [[51, 255]]], np.uint8)
    examples = Labelled(images, np.zeros(2, np.uint8))
    np.testing.assert_allclose(mean_picture(examples), [0.1, 1.0])
