"""Gradient descent and its schedules against the essay, hand arithmetic and scikit-learn."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from sklearn.neural_network._stochastic_optimizers import SGDOptimizer

from digitnet.nn.descent import (
    OPTIMIZERS,
    SCHEDULES,
    Adam,
    GradientDescent,
    Momentum,
    Nesterov,
)
from digitnet.nn.functions import Array
from digitnet.nn.network import Parameters


def holding(*numbers: float) -> Parameters:
    """Parameters of a layer without inputs: these numbers are its B."""
    parameters = Parameters([(len(numbers), 0)], np.float64)
    parameters.vector[:] = numbers
    return parameters


def descend_the_quadratic(learning_rate: float, steps: int) -> list[float]:
    """Every x on the way down x² - 2x + 1.5, whose slope is 2x - 2, from x = -1."""
    x = holding(-1.0)
    descent = GradientDescent(x)
    path = [x.vector.item()]
    for _ in range(steps):
        descent.step(holding(2 * x.vector.item() - 2), learning_rate)
        path.append(x.vector.item())
    return path


def test_too_high_a_learning_rate_goes_to_and_fro_for_ever() -> None:
    assert descend_the_quadratic(1.0, 100) == [-1, 3] * 50 + [-1]


def test_a_lower_learning_rate_tends_to_the_lowest_point() -> None:
    path = descend_the_quadratic(0.1, 200)
    assert path[1] == pytest.approx(-0.6, abs=1e-15)
    assert all(before < after <= 1 for before, after in pairwise(path[:100]))
    assert path[-1] == pytest.approx(1, abs=1e-12)


GRADIENTS = np.random.default_rng(4).normal(0, 1, (5, 4))
START = [1.0, -2.0, 0.5, 0.0]


def after_each_step(descent: GradientDescent, learning_rate: float) -> Array:
    vectors = []
    for g in GRADIENTS:
        descent.step(holding(*g), learning_rate)
        vectors.append(descent.parameters.vector.copy())
    return np.array(vectors)


@pytest.mark.parametrize(
    ("optimizer", "momentum", "nesterov"),
    [(GradientDescent, 0.0, False), (Momentum, 0.9, False), (Nesterov, 0.9, True)],
)
def test_descent_with_and_without_momentum_agrees_with_scikit_learn(
    optimizer: type[GradientDescent], momentum: float, nesterov: bool
) -> None:
    weights = [np.array(START)]
    reference = SGDOptimizer(weights, 0.3, momentum=momentum, nesterov=nesterov)
    expected = []
    for g in GRADIENTS:
        reference.update_params(weights, [g])
        expected.append(weights[0].copy())
    ours = after_each_step(optimizer(holding(*START)), 0.3)
    np.testing.assert_allclose(ours, expected, rtol=0, atol=1e-14)


@pytest.mark.parametrize(
    ("clip", "expected"),
    [
        (None, [1 - 0.5 * 3, 2 - 0.5 * 4]),
        (5.0, [1 - 0.5 * 3, 2 - 0.5 * 4]),  # as long as it is
        (6.0, [1 - 0.5 * 3, 2 - 0.5 * 4]),
        (2.5, [1 - 0.5 * 1.5, 2 - 0.5 * 2]),
    ],
)
def test_a_gradient_longer_than_clip_is_shortened_to_it(
    clip: float | None, expected: list[float]
) -> None:
    w = holding(1.0, 2.0)
    GradientDescent(w).step(holding(3.0, 4.0), 0.5, clip=clip)  # of length 5
    np.testing.assert_allclose(w.vector, expected, rtol=1e-15)


def test_w_decays_by_the_learning_rate_times_l2_before_its_step_and_b_does_not() -> None:
    parameters, gradient = Parameters([(1, 2)], np.float64), Parameters([(1, 2)], np.float64)
    parameters.vector[:], gradient.vector[:] = [1.0, -2.0, 4.0], [0.5, 0.25, 1.0]
    GradientDescent(parameters).step(gradient, 0.1, l2=0.3)
    expected = [0.97 * 1 - 0.05, 0.97 * -2 - 0.025, 4 - 0.1]
    np.testing.assert_allclose(parameters.vector, expected, rtol=1e-15)


def test_adam_follows_algorithm_1_of_its_paper() -> None:
    w, m, s = np.array(START), np.zeros(4), np.zeros(4)
    expected = []
    for t, g in enumerate(GRADIENTS, start=1):
        m = 0.9 * m + 0.1 * g
        s = 0.999 * s + 0.001 * g**2
        m_hat, s_hat = m / (1 - 0.9**t), s / (1 - 0.999**t)
        w = w - 0.01 * m_hat / (np.sqrt(s_hat) + 1e-8)
        expected.append(w)
    ours = after_each_step(Adam(holding(*START)), 0.01)
    np.testing.assert_allclose(ours, expected, rtol=0, atol=1e-14)


def test_the_first_step_of_adam_is_the_learning_rate_whatever_the_size_of_the_slope() -> None:
    w = holding(0.0, 0.0, 0.0, 0.0)
    Adam(w).step(holding(1e-3, -1e-3, 1e3, 0.0), 0.01)
    np.testing.assert_allclose(w.vector, [-0.01, 0.01, -0.01, 0], rtol=2e-5)


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_a_step_takes_float32_weights_in_place_and_leaves_the_gradient_alone(name: str) -> None:
    w, g = Parameters([(1, 2)]), Parameters([(1, 2)])
    vector, g.vector[:] = w.vector, [1, -1, 2]
    descent = OPTIMIZERS[name](w)
    descent.step(g, 0.1)
    descent.step(g, 0.1)
    assert w.vector is vector
    assert w.vector.dtype == np.float32
    assert np.sign(w.vector).tolist() == [-1, 1, -1]
    assert g.vector.tolist() == [1, -1, 2]


def test_weight_decay_of_plain_descent_is_the_slope_of_the_l2_penalty_on_w_but_not_b() -> None:
    w, g = Parameters([(1, 2)], np.float64), Parameters([(1, 2)], np.float64)
    w.vector[:], g.vector[:] = [2, -4, 8], [1, 1, 1]
    GradientDescent(w).step(g, learning_rate=0.1, l2=0.5)
    # The slope of 0.5/2 Σ W² is 0.5 W: W - 0.1 (1 + 0.5 W).
    np.testing.assert_allclose(w.W[0], [[2 - 0.1 * 2, -4 - 0.1 * -1]], rtol=1e-15)
    np.testing.assert_allclose(w.B[0], [[8 - 0.1]], rtol=1e-15)


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_weight_decay_is_decoupled_from_what_the_optimizer_remembers(name: str) -> None:
    plain, decayed = (Parameters([(1, 2)], np.float64) for _ in range(2))
    plain.vector[:] = decayed.vector[:] = [2, -4, 8]
    with_decay, without = OPTIMIZERS[name](decayed), OPTIMIZERS[name](plain)
    for g in np.random.default_rng(3).normal(0, 1, (3, 3)):
        gradient = Parameters([(1, 2)], np.float64)
        gradient.vector[:] = g
        before, w_before = plain.vector.copy(), decayed.vector.copy()
        without.step(gradient, 0.1)
        with_decay.step(gradient, 0.1, l2=0.5)
        decay = np.array([0.95, 0.95, 1])
        expected = w_before * decay + (plain.vector - before)
        np.testing.assert_allclose(decayed.vector, expected, rtol=1e-13)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("constant", [1, 1, 1, 1]),
        ("linear", [1, 0.75, 0.5, 0]),
        ("cosine", [1, (1 + math.sqrt(0.5)) / 2, 0.5, 0]),
    ],
)
def test_each_schedule_gives_its_share_of_the_learning_rate(
    name: str, expected: list[float]
) -> None:
    shares = [SCHEDULES[name](t) for t in (0, 0.25, 0.5, 1)]
    assert shares == pytest.approx(expected, abs=1e-15)


def test_every_optimizer_and_schedule_is_known_by_its_name() -> None:
    assert list(OPTIMIZERS) == ["sgd", "momentum", "nesterov", "adam"]
    assert list(SCHEDULES) == ["constant", "linear", "cosine"]
