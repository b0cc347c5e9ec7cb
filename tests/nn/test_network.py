"""The network against the essay's worked numbers, hand arithmetic and central differences."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product
from typing import Final

import numpy as np
import pytest
from numpy.typing import DTypeLike

from digitnet.errors import TrainingError
from digitnet.nn.costs import COSTS
from digitnet.nn.descent import SCHEDULES, Adam, GradientDescent
from digitnet.nn.functions import ACTIVATIONS, Array
from digitnet.nn.network import Network, Parameters
from digitnet.nn.worked import central_differences, cost_of

DEPTHS: Final[dict[int, tuple[int, ...]]] = {1: (5, 4, 3), 2: (5, 4, 6, 3), 3: (5, 4, 6, 4, 3)}


def test_the_relu_network_of_the_essay_gives_its_numbers() -> None:
    network = Network((1, 2, 1), "relu", dtype=np.float64)
    network.W[0][:] = [[1], [-1]]
    network.B[0][:] = [[0.5], [1.0]]
    network.W[1][:] = [[1.0, 0.5]]
    passed = network.forward(np.array([[1.0]]))
    assert passed.Z[0].tolist() == [[1.5], [0.0]]
    assert passed.A[0].tolist() == [[1.5], [0.0]]
    assert passed.A[1].tolist() == [[1.5]]


def test_the_sigmoid_network_of_the_essay_gives_its_numbers_before_and_after_a_step() -> None:
    network = Network((1, 1, 1), "sigmoid", "quadratic", dtype=np.float64)
    network.W[0][:], network.B[0][:] = 0.5, 1
    network.W[1][:], network.B[1][:] = 1, 0
    X, y = np.array([[1.0]]), np.array([[0.0]])

    def cost() -> float:
        passed = network.forward(X)
        return network.cost.c(passed.Z[-1], passed.A[-1], y).item()

    passed = network.forward(X)
    # The essay rounds as it goes: its printed digits, ± 1 in the last.
    assert passed.Z[0].item() == 1.5
    assert passed.A[0].item() == pytest.approx(0.818, abs=1e-3)
    assert passed.Z[1].item() == pytest.approx(0.818, abs=1e-3)
    assert passed.A[1].item() == pytest.approx(0.694, abs=1e-3)
    assert cost() == pytest.approx(0.481, abs=1e-3)

    gradient = network.backward(passed, y)
    assert gradient.W[1].item() == pytest.approx(0.241, abs=1e-3)
    assert gradient.B[1].item() == pytest.approx(0.295, abs=1e-3)
    assert gradient.W[0].item() == pytest.approx(0.0440, abs=1e-4)
    assert gradient.B[0].item() == pytest.approx(0.0440, abs=1e-4)
    assert network.W[0].item() == 0.5, "backward moves no weight"

    GradientDescent(network.parameters).step(gradient, learning_rate=1)
    assert network.W[0].item() == pytest.approx(0.456, abs=1e-3)
    assert network.B[0].item() == pytest.approx(0.956, abs=1e-3)
    assert network.W[1].item() == pytest.approx(0.759, abs=1e-3)
    assert network.B[1].item() == pytest.approx(-0.295, abs=1e-3)
    assert network.forward(X).A[-1].item() == pytest.approx(0.578, abs=1e-3)
    assert cost() == pytest.approx(0.334, abs=1e-3)


def test_v0_of_a_1_2_2_network_sums_the_paths_as_done_by_hand() -> None:
    def sigmoid(z: float) -> float:
        return 1 / (1 + math.exp(-z))

    network = Network((1, 2, 2), "sigmoid", "quadratic", dtype=np.float64)
    network.W[0][:] = [[0.5], [-1.0]]
    network.B[0][:] = [[0.1], [0.2]]
    network.W[1][:] = [[1.0, -2.0], [0.5, 3.0]]
    network.B[1][:] = [[-0.3], [0.4]]
    x, y_0, y_1 = 2.0, 1.0, 0.0

    a_0, a_1 = sigmoid(0.5 * x + 0.1), sigmoid(-1.0 * x + 0.2)
    out_0, out_1 = sigmoid(1.0 * a_0 - 2.0 * a_1 - 0.3), sigmoid(0.5 * a_0 + 3.0 * a_1 + 0.4)
    v1_0 = out_0 * (1 - out_0) * 2 * (out_0 - y_0)
    v1_1 = out_1 * (1 - out_1) * 2 * (out_1 - y_1)
    v0_0 = a_0 * (1 - a_0) * (1.0 * v1_0 + 0.5 * v1_1)
    v0_1 = a_1 * (1 - a_1) * (-2.0 * v1_0 + 3.0 * v1_1)

    passed = network.forward(np.array([[x]]))
    gradient = network.backward(passed, np.array([[y_0], [y_1]]))
    np.testing.assert_allclose(passed.v[1], [[v1_0], [v1_1]], rtol=1e-14)
    np.testing.assert_allclose(passed.v[0], [[v0_0], [v0_1]], rtol=1e-14)
    np.testing.assert_allclose(gradient.W[0], [[v0_0 * x], [v0_1 * x]], rtol=1e-14)
    np.testing.assert_allclose(gradient.B[0], [[v0_0], [v0_1]], rtol=1e-14)
    np.testing.assert_allclose(
        gradient.W[1], [[v1_0 * a_0, v1_0 * a_1], [v1_1 * a_0, v1_1 * a_1]], rtol=1e-14
    )


def power_of_two(x: Array) -> Array:
    return np.exp2(x)


def quadratic(x: Array) -> Array:
    return x**2 - 2 * x + 1.5


@pytest.mark.parametrize(
    ("curve", "low", "high"), [(power_of_two, -2.0, 2.0), (quadratic, -1.0, 3.0)]
)
@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
def test_a_small_network_approximates_the_curve_within_0_1(
    curve: Callable[[Array], Array], low: float, high: float, activation: str
) -> None:
    # Both curves run from above 0 to below 5; an eighth of them fits an output.
    network = Network((1, 8, 1), activation, rng=np.random.default_rng(2), dtype=np.float64)
    adam, steps = Adam(network.parameters), 3000
    X = np.linspace(low, high, 41).reshape(1, -1)
    for i in range(steps):
        gradient = network.backward(network.forward(X), curve(X) / 8)
        adam.step(gradient, learning_rate=0.1 * SCHEDULES["cosine"](i / steps))
    between = np.linspace(low, high, 401).reshape(1, -1)
    error = np.abs(8 * network.forward(between).A[-1] - curve(between))
    assert error.max() < 0.1


@pytest.mark.parametrize("cost", list(COSTS))
@pytest.mark.parametrize("activation", [name for name in ACTIVATIONS if name != "step"])
def test_the_gradient_equals_central_differences(activation: str, cost: str) -> None:
    for depth, batch in product(DEPTHS, (1, 3, 10)):
        rng = np.random.default_rng([depth, batch])
        network = Network(DEPTHS[depth], activation, cost, rng=rng, dtype=np.float64)
        for B in network.B:
            # Above 0, so that no network of ReLUs is wholly dead and its gradient nothing.
            B[:] = rng.uniform(0.1, 0.5, B.shape)
        X = rng.uniform(0, 1, (5, batch))
        y = np.eye(3)[:, rng.integers(0, 3, batch)]
        gradient = network.backward(network.forward(X), y)
        differences = Parameters(network.shapes, np.float64)
        differences.vector[:] = central_differences(network, X, y)
        for n in range(depth + 1):
            for exact, by_difference in (
                (gradient.W[n], differences.W[n]),
                (gradient.B[n], differences.B[n]),
            ):
                scale = np.linalg.norm(exact) + np.linalg.norm(by_difference)
                assert scale > 0, (depth, batch, n)
                error = np.linalg.norm(exact - by_difference) / scale
                assert error < 1e-6, (depth, batch, n)


@pytest.mark.parametrize("cost", list(COSTS))
def test_the_total_cost_is_the_sum_over_the_examples(cost: str) -> None:
    rng = np.random.default_rng(3)
    network = Network((5, 4, 3), "sigmoid", cost, rng=rng, dtype=np.float64)
    X, y = rng.uniform(0, 1, (5, 6)), np.eye(3)[:, rng.integers(0, 3, 6)]
    passed = network.forward(X)
    each = network.cost.c(passed.Z[-1], passed.A[-1], y)
    assert each.shape == (6,)
    assert network.cost.total(passed.Z[-1], passed.A[-1], y) == pytest.approx(sum(each.tolist()))
    assert cost_of(network, X, y) == pytest.approx(sum(each.tolist()) / 6)


def test_a_network_of_steps_runs_forward_as_a_logic_gate() -> None:
    network = Network((2, 2, 1), "step")
    # XOR: one or the other, and not both.
    network.W[0][:] = [[1, 1], [1, 1]]
    network.B[0][:] = [[-0.5], [-1.5]]
    network.W[1][:] = [[1, -1]]
    network.B[1][:] = -0.5
    X = np.array([[0, 0, 1, 1], [0, 1, 0, 1]], np.float32)
    assert network.forward(X).A[-1].tolist() == [[0, 1, 1, 0]]


def test_a_network_of_steps_refuses_to_go_backward() -> None:
    network = Network((2, 2, 1), "step")
    passed = network.forward(np.ones((2, 1), np.float32))
    with pytest.raises(TrainingError, match="binary steps cannot be trained"):
        network.backward(passed, np.ones((1, 1), np.float32))


def test_the_gradient_of_a_batch_is_the_mean_of_its_examples_gradients() -> None:
    rng = np.random.default_rng(5)
    network = Network((4, 3, 2), rng=rng, dtype=np.float64)
    X, y = rng.uniform(0, 1, (4, 6)), np.eye(2)[:, rng.integers(0, 2, 6)]
    whole = network.backward(network.forward(X), y).vector.copy()
    single = [
        network.backward(network.forward(X[:, [i]]), y[:, [i]]).vector.copy() for i in range(6)
    ]
    np.testing.assert_allclose(whole, np.mean(single, axis=0), rtol=1e-12)


def test_a_pass_used_again_gives_the_same_numbers_as_a_new_one() -> None:
    rng = np.random.default_rng(6)
    network = Network((4, 3, 3, 2), "tanh", rng=rng)
    first, second = rng.uniform(0, 1, (2, 4, 5)).astype(np.float32)
    y = np.eye(2, dtype=np.float32)[:, [0, 1, 1, 0, 1]]
    expected = network.backward(network.forward(second), y).vector
    used = network.forward(first)
    network.backward(used, y)
    again = network.forward(second, into=used)
    assert again is used
    np.testing.assert_array_equal(network.backward(again, y).vector, expected)


@pytest.mark.parametrize(("dtype"), [np.float32, np.float64])
def test_every_array_of_a_pass_has_the_dtype_and_shape_of_the_network(dtype: DTypeLike) -> None:
    network = Network((4, 3, 2), rng=np.random.default_rng(0), dtype=dtype)
    passed = network.forward(np.ones((4, 7), dtype))
    gradient = network.backward(passed, np.ones((2, 7), dtype))
    assert network.dtype == dtype
    for arrays in (passed.Z, passed.A, passed.v):
        assert [(a.shape, a.dtype) for a in arrays] == [((3, 7), dtype), ((2, 7), dtype)]
    for parameters in (network, gradient):
        assert [W.shape for W in parameters.W] == [(3, 4), (2, 3)]
        assert [B.shape for B in parameters.B] == [(3, 1), (2, 1)]
        assert {a.dtype for a in parameters.W + parameters.B} == {np.dtype(dtype)}


def test_float32_is_the_default() -> None:
    assert Network((2, 1)).dtype == np.float32


def test_the_numbers_lie_in_the_vector_layer_after_layer() -> None:
    parameters = Parameters([(2, 2), (1, 2)])
    parameters.vector[:] = np.arange(9)
    assert [W.tolist() for W in parameters.W] == [[[0, 1], [2, 3]], [[6, 7]]]
    assert [B.tolist() for B in parameters.B] == [[[4], [5]], [[8]]]


@pytest.mark.parametrize(
    ("activation", "cost", "gains"),
    [
        ("sigmoid", "quadratic", (1, 1)),
        ("tanh", "softmax-cross-entropy", (1, 1)),
        ("relu", "quadratic", (2, 2)),
        ("leaky-relu", "cross-entropy", (2 / 1.04, 1)),
    ],
)
def test_the_first_weights_have_the_variance_that_fits_their_layer(
    activation: str, cost: str, gains: tuple[int, int]
) -> None:
    network = Network((400, 200, 300), activation, cost, rng=np.random.default_rng(8))
    for W, B, gain in zip(network.W, network.B, gains, strict=True):
        assert W.var() == pytest.approx(gain / W.shape[1], rel=0.03)
        assert abs(W.mean()) < 4 * np.sqrt(gain / W.shape[1] / W.size)
        assert not B.any()


def test_the_same_seed_gives_the_same_first_weights_and_another_gives_others() -> None:
    one, same, other = (Network((9, 4, 2), rng=np.random.default_rng(s)) for s in (1, 1, 2))
    np.testing.assert_array_equal(one.parameters.vector, same.parameters.vector)
    assert not np.array_equal(one.parameters.vector, other.parameters.vector)


def test_a_network_says_in_one_line_what_it_is() -> None:
    network = Network((784, 15, 10), "relu", "softmax-cross-entropy")
    assert repr(network) == "Network(784-15-10, relu, softmax-cross-entropy)"


@pytest.mark.parametrize("sizes", [(), (784,), (784, 0, 10), (784, -15, 10), (0, 10)])
def test_sizes_that_make_no_network_are_refused(sizes: tuple[int, ...]) -> None:
    with pytest.raises(TrainingError) as caught:
        Network(sizes)
    assert str(caught.value) == (
        f"A network of layers {list(sizes)} cannot be built.\n"
        "Expected the inputs and at least one layer, each of 1 neuron or more.\n"
        "Give sizes such as 784, 15, 10."
    )


def test_more_than_ten_million_weights_are_refused_before_any_is_drawn() -> None:
    with pytest.raises(TrainingError, match="10,000,000 weights, found 10,000,010"):
        Network((9, 1_000_001))


def test_unknown_names_are_refused() -> None:
    with pytest.raises(TrainingError, match="no activation named 'selu'"):
        Network((2, 1), "selu")
    with pytest.raises(TrainingError, match="no cost named 'hinge'"):
        Network((2, 1), cost="hinge")
