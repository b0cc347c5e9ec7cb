"""Training: the same as scikit-learn's, the same every time, and clear when it cannot go on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.typing import DTypeLike, NDArray
from sklearn.neural_network import MLPClassifier

from digitnet.errors import TrainingError
from digitnet.learning.engine import Training
from digitnet.model.history import EpochReport
from digitnet.model.recipe import Recipe
from digitnet.nn.evaluation import evaluate
from digitnet.nn.functions import Array
from digitnet.nn.network import Network
from tests.helpers.labelled import Labelled, blobs
from tests.helpers.runs import plain


def new_network(seed: int = 1, dtype: DTypeLike = np.float32) -> Network:
    return Network((12, 7, 10), rng=np.random.default_rng(seed), dtype=dtype)


def train(
    network: Network, examples: Labelled, recipe: Recipe | None = None, **how: Any
) -> Iterator[EpochReport]:
    yield from Training(network, examples, recipe or plain(), **how).epochs()


def trained(
    recipe: Recipe, *, seed: int = 5, validation: Labelled | None = None
) -> tuple[Network, list[EpochReport]]:
    network, rng = new_network(), np.random.default_rng(seed)
    return network, list(train(network, blobs(300), recipe, rng=rng, validation=validation))


@pytest.mark.parametrize("ours", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize(
    ("optimizer", "momentum", "nesterov"),
    [("sgd", 0.0, False), ("momentum", 0.9, False), ("nesterov", 0.9, True)],
)
@pytest.mark.parametrize("cost", ["softmax-cross-entropy", "cross-entropy"])
def test_a_whole_run_gives_the_weights_and_costs_of_scikit_learn(
    ours: str, optimizer: str, momentum: float, nesterov: bool, cost: str
) -> None:
    examples, epochs, seed = blobs(100), 4, 5
    rng = np.random.default_rng(1)
    network = Network((12, 7, 10), ours, cost, rng=rng, dtype=np.float64)
    theirs = MLPClassifier(
        (7,),
        activation={"sigmoid": "logistic"}.get(ours, ours),
        solver="sgd",
        alpha=0,
        batch_size=32,
        learning_rate_init=0.05,
        momentum=momentum,
        nesterovs_momentum=nesterov,
        shuffle=False,
    )
    X = examples.images / 255
    # Digits make scikit-learn choose a softmax, ten yes-or-no columns ten sigmoids.
    digits = np.eye(10, dtype=int)[examples.labels]
    y = examples.labels if cost == "softmax-cross-entropy" else digits
    theirs.partial_fit(X, y, classes=range(10))
    theirs.coefs_ = [W.T.copy() for W in network.W]
    theirs.intercepts_ = [B[:, 0].copy() for B in network.B]
    del theirs._optimizer  # forgets the step that made the arrays

    recipe = plain(optimizer=optimizer, learning_rate=0.05, epochs=epochs, batch_size=32)
    reports = list(train(network, examples, recipe, rng=np.random.default_rng(seed)))
    orders = np.random.default_rng(seed)
    for report in reports:
        order = orders.permutation(100)
        theirs.partial_fit(X[order], y[order])
        assert report.cost == pytest.approx(theirs.loss_, rel=1e-9)
    for W, B, coefs, intercepts in zip(
        network.W, network.B, theirs.coefs_, theirs.intercepts_, strict=True
    ):
        np.testing.assert_allclose(W.T, coefs, rtol=1e-8, atol=1e-11)
        np.testing.assert_allclose(B[:, 0], intercepts, rtol=1e-8, atol=1e-11)


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov", "adam"])
def test_training_learns_what_it_has_not_seen(optimizer: str) -> None:
    rate = {"sgd": 1.0, "momentum": 0.2, "nesterov": 0.2, "adam": 0.01}[optimizer]
    recipe = plain(optimizer=optimizer, learning_rate=rate, epochs=60, batch_size=10)
    network, reports = trained(recipe)
    assert evaluate(network, blobs(500, seed=9)).accuracy > 0.99
    assert reports[-1].cost < reports[0].cost / 5


def test_a_report_says_what_the_epoch_did() -> None:
    validation = blobs(40, seed=2)
    network, rng = new_network(), np.random.default_rng(5)
    # 10 steps: reports after 1, 2, 3 and 5 of them, each asking for the time twice.
    ticks = iter([0.0, 0.5, 1.0, 1.5, 7.0, 7.25, 8.0, 8.25, 9.0, 9.5, 10.0, 13.0])
    run = Training(
        network,
        blobs(300),
        plain(epochs=2, learning_rate=0.5),
        rng=rng,
        validation=validation,
        clock=lambda: next(ticks),
    ).epochs()
    for epoch, seconds in ((1, 2.0), (2, 3.0)):
        report = next(run)
        accuracy = evaluate(network, validation).accuracy
        assert report == EpochReport(epoch, report.cost, accuracy, seconds)
    assert next(run, None) is None
    assert next(ticks, None) is None


def test_the_cost_is_the_mean_over_the_examples_before_their_steps() -> None:
    # The learning rate is too small to move a weight: every cost is that of the first network.
    network = new_network(dtype=np.float64)
    expected = evaluate(network, blobs(300)).cost
    recipe = plain(learning_rate=1e-300, epochs=1, batch_size=32)
    (report,) = train(network, blobs(300), recipe, rng=np.random.default_rng(1))
    assert report.cost == pytest.approx(expected, rel=1e-12)
    assert report.validation_accuracy is None


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov", "adam"])
def test_the_same_seed_gives_the_same_weights_bit_for_bit(optimizer: str) -> None:
    recipe = plain(optimizer=optimizer, learning_rate=0.05, epochs=3, l2=1e-3, schedule="cosine")
    (one, first), (same, second) = trained(recipe), trained(recipe)
    np.testing.assert_array_equal(one.parameters.vector, same.parameters.vector)
    assert [r.cost for r in first] == [r.cost for r in second]
    other, _ = trained(recipe, seed=6)
    assert not np.array_equal(one.parameters.vector, other.parameters.vector)


def test_validation_teaches_nothing() -> None:
    recipe = plain(epochs=3)
    (without, first), (with_it, second) = trained(recipe), trained(recipe, validation=blobs(50, 3))
    np.testing.assert_array_equal(without.parameters.vector, with_it.parameters.vector)
    assert [r.cost for r in first] == [r.cost for r in second]
    assert [r.validation_accuracy for r in first] == [None] * 3
    assert all(r.validation_accuracy is not None for r in second)


def test_nothing_happens_until_a_report_is_asked_for() -> None:
    network, rng = new_network(), np.random.default_rng(5)
    before, state = network.parameters.vector.copy(), rng.bit_generator.state
    run = train(network, blobs(300), plain(epochs=3), rng=rng)
    np.testing.assert_array_equal(network.parameters.vector, before)
    assert rng.bit_generator.state == state
    next(run)
    assert not np.array_equal(network.parameters.vector, before)


def test_who_stops_asking_has_the_weights_of_the_epoch_reported_last() -> None:
    network = new_network()
    run = train(network, blobs(300), plain(epochs=9), rng=np.random.default_rng(5))
    next(run)
    next(run)
    two_epochs, _ = trained(plain(epochs=2))
    np.testing.assert_array_equal(network.parameters.vector, two_epochs.parameters.vector)


def test_a_schedule_lowers_the_learning_rate_step_by_step_to_the_last() -> None:
    # With one example a plain step is its gradient times α: the moves tell the rates.
    examples = Labelled(np.full((1, 12), 255, np.uint8), np.array([3], np.uint8))
    network = new_network(dtype=np.float64)
    recipe = plain(schedule="linear", learning_rate=0.5, epochs=4, batch_size=1)
    run = train(network, examples, recipe, rng=np.random.default_rng(0))
    X, y = np.ones((12, 1)), np.eye(10)[:, [3]]
    for epoch in range(4):
        gradient = network.backward(network.forward(X), y).vector.copy()
        before: Array = network.parameters.vector.copy()
        next(run)
        move = before - network.parameters.vector
        np.testing.assert_allclose(move, 0.5 * (1 - epoch / 4) * gradient, rtol=1e-9, atol=1e-15)


def test_weight_decay_shrinks_w_at_every_step_by_the_learning_rate_times_l2() -> None:
    examples = Labelled(np.full((1, 12), 255, np.uint8), np.array([3], np.uint8))
    without, decayed = new_network(dtype=np.float64), new_network(dtype=np.float64)
    first = [W.copy() for W in without.W]
    for network, l2 in ((without, 0.0), (decayed, 0.2)):
        recipe = plain(learning_rate=0.5, l2=l2, epochs=1)
        next(train(network, examples, recipe, rng=np.random.default_rng(0)))
    for W, moved, shrunk in zip(first, without.W, decayed.W, strict=True):
        np.testing.assert_allclose(shrunk, moved - 0.5 * 0.2 * W, rtol=1e-12, atol=1e-15)
    for moved, shrunk in zip(without.B, decayed.B, strict=True):
        np.testing.assert_array_equal(shrunk, moved)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_weights_keep_their_dtype(dtype: DTypeLike) -> None:
    network = new_network(dtype=dtype)
    for optimizer in ("sgd", "momentum", "nesterov", "adam"):
        recipe = plain(optimizer=optimizer, epochs=1, learning_rate=0.01, l2=1e-4)
        list(train(network, blobs(50), recipe, rng=np.random.default_rng(1)))
        assert network.parameters.vector.dtype == dtype
        assert {a.dtype for a in network.W + network.B} == {np.dtype(dtype)}


def test_float32_and_float64_learn_the_same_within_the_rounding_of_float32() -> None:
    networks = [new_network(dtype=dtype) for dtype in (np.float32, np.float64)]
    for network in networks:
        list(train(network, blobs(300), plain(epochs=2), rng=np.random.default_rng(5)))
    single, double = (network.parameters.vector for network in networks)
    np.testing.assert_allclose(single, double, atol=1e-4)


def test_pictures_of_rows_and_columns_train_like_rows_of_pixels() -> None:
    flat = blobs(100)
    square = Labelled(flat.images.reshape(100, 3, 4), flat.labels)
    networks = [new_network(), new_network()]
    for network, examples in zip(networks, (flat, square), strict=True):
        list(train(network, examples, plain(epochs=1), rng=np.random.default_rng(5)))
    one, same = (network.parameters.vector for network in networks)
    np.testing.assert_array_equal(one, same)


def test_a_run_that_diverges_at_once_keeps_the_first_weights_and_gives_advice() -> None:
    network = Network((12, 7, 10), "relu", rng=np.random.default_rng(1))
    before = network.parameters.vector.copy()
    run = train(network, blobs(300), plain(learning_rate=1e30), rng=np.random.default_rng(5))
    with pytest.raises(TrainingError) as caught:
        next(run)
    assert str(caught.value) == (
        "The training diverged in epoch 1.\n"
        "Expected the cost to fall, found nan with learning rate 1e+30.\n"
        "Lower it: try learning_rate 1e+29."
    )
    np.testing.assert_array_equal(network.parameters.vector, before)


@pytest.mark.parametrize(("rate", "diverges"), [(1.35, False), (1.38, True)])
def test_a_run_whose_cost_is_twice_that_of_before_it_has_diverged(
    rate: float, diverges: bool
) -> None:
    # z = b of a ReLU is to be 1. From b = 1/2, of cost 1/4, the first step goes to 1/2 + α: the
    # mean cost of both steps is (1/4 + (α - 1/2)²) / 2, and 1/2 for α = 1.366.
    network = Network((1, 1), "relu", rng=np.random.default_rng(0), dtype=np.float64)
    network.parameters.vector[:] = [0.0, 0.5]
    examples = Labelled(np.zeros((2, 1)), np.array([0, 0]))
    recipe = plain(learning_rate=rate, batch_size=1, epochs=1)
    run = train(network, examples, recipe, rng=np.random.default_rng(0))
    if diverges:
        with pytest.raises(TrainingError, match="diverged in epoch 1"):
            next(run)
    else:
        assert next(run).cost == pytest.approx((0.25 + 0.85**2) / 2)


def test_a_run_that_diverges_later_keeps_the_weights_of_the_last_good_epoch() -> None:
    network = Network((12, 7, 10), "leaky-relu", rng=np.random.default_rng(1))
    recipe = plain(activation="leaky-relu", learning_rate=3.0, epochs=50, batch_size=300)
    run = train(network, blobs(300), recipe, rng=np.random.default_rng(5))
    good: list[Array] = []
    with pytest.raises(TrainingError, match=r"diverged in epoch \d+") as caught:
        good.extend(network.parameters.vector.copy() for _ in run)
    assert caught.value.what == f"The training diverged in epoch {len(good) + 1}."
    assert len(good) >= 1
    assert np.isfinite(good[-1]).all()
    np.testing.assert_array_equal(network.parameters.vector, good[-1])
    assert not any(np.array_equal(a, b) for a, b in pairwise(good))


def test_weights_that_are_not_finite_are_not_kept_though_the_cost_before_them_is() -> None:
    network = new_network()
    before = network.parameters.vector.copy()
    # One step, whose decay of W is above all float32.
    recipe = plain(learning_rate=1e30, l2=1e30, batch_size=300)
    with pytest.raises(TrainingError, match="diverged in epoch 1"):
        next(train(network, blobs(300), recipe, rng=np.random.default_rng(5)))
    np.testing.assert_array_equal(network.parameters.vector, before)


def refusal(network: Network, examples: Labelled) -> str:
    before = network.parameters.vector.copy()
    with pytest.raises(TrainingError) as caught:
        next(train(network, examples, rng=np.random.default_rng(0)))
    np.testing.assert_array_equal(network.parameters.vector, before)
    return str(caught.value)


def test_training_on_nothing_is_refused() -> None:
    assert refusal(new_network(), blobs(0)) == (
        "There are no labelled digits to train on or to score.\n"
        "Expected one labelled digit or more, found none.\n"
        "Hold fewer digits out for validation, or give more digits."
    )


def test_pictures_of_another_size_are_refused_with_both_sizes() -> None:
    assert refusal(new_network(), blobs(5, pixels=784)) == (
        "The pictures do not fit the network.\n"
        "Expected 12 pixels a picture, found 784.\n"
        "Make the network with 784 inputs."
    )


def test_training_a_network_of_steps_is_refused_with_the_reason() -> None:
    assert refusal(Network((12, 7, 10), "step"), blobs(5)) == (
        "A network of binary steps cannot be trained by gradient descent.\n"
        "Gradient descent needs a slope; the step's is 0 on both sides and undefined between.\n"
        "Choose sigmoid, tanh, relu or leaky-relu; the step can still run forward."
    )


@pytest.mark.parametrize(
    "misfit",
    [
        pytest.param(Labelled(blobs(9).images, blobs(10).labels), id="a label too many"),
        pytest.param(Labelled(blobs(10).images, blobs(9).labels), id="a picture too many"),
        pytest.param(Labelled(blobs(3).images, np.array([1, 11, 2], np.uint8)), id="label 11"),
    ],
)
def test_pictures_and_labels_that_do_not_fit_are_refused(misfit: Labelled) -> None:
    refusal(new_network(), misfit)


@pytest.mark.parametrize(
    "misfit",
    [
        blobs(0),
        blobs(5, pixels=784),
        Labelled(blobs(3).images, np.array([1, 10, 2], np.uint8)),
    ],
)
def test_validation_digits_that_do_not_fit_are_refused_before_any_training(
    misfit: Labelled,
) -> None:
    network = new_network()
    before = network.parameters.vector.copy()
    with pytest.raises(TrainingError):
        next(train(network, blobs(50), rng=np.random.default_rng(0), validation=misfit))
    np.testing.assert_array_equal(network.parameters.vector, before)


def test_validation_of_weights_about_to_overflow_does_not_warn() -> None:
    network = Network((12, 7, 10), "relu", rng=np.random.default_rng(1))
    recipe = plain(learning_rate=1e30, batch_size=300)
    run = train(network, blobs(300), recipe, rng=np.random.default_rng(0), validation=blobs(50))
    with pytest.raises(TrainingError, match="diverged"):
        list(run)


def test_a_batch_size_above_the_number_of_examples_is_all_of_them() -> None:
    network, rng = new_network(), np.random.default_rng(0)
    (report,) = train(network, blobs(50), plain(batch_size=10**12, epochs=1), rng=rng)
    assert report.epoch == 1


@pytest.mark.parametrize("augment", [True, False])
def test_distortions_weaken_evenly_from_epoch_to_epoch_where_the_recipe_asks_for_them(
    augment: bool,
) -> None:
    seen: list[float] = []

    def distort(
        images: NDArray[np.uint8], _rng: np.random.Generator, strength: float
    ) -> NDArray[np.uint8]:
        seen.append(strength)
        return images

    recipe = plain(hidden=(7,), epochs=4, augment=augment)
    rng = np.random.default_rng(5)
    for _ in train(new_network(), blobs(300), recipe, rng=rng, distort=distort):
        pass
    assert seen == pytest.approx([1.0, 0.8, 0.6, 0.4] if augment else [])
