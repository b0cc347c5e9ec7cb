"""Activation functions and costs against SciPy and scikit-learn, and where numbers are extreme."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import DTypeLike, NDArray
from sklearn.metrics import log_loss

from digitnet.errors import TrainingError
from digitnet.nn.costs import COSTS
from digitnet.nn.functions import ACTIVATIONS, Array, Softmax, named

LOUD = {"over": "raise", "divide": "raise", "invalid": "raise"}
"""What NumPy would warn of by default."""


def one_hot(labels: NDArray[np.intp], outputs: int) -> Array:
    return np.eye(outputs)[:, labels]


@pytest.fixture
def z() -> Array:
    return np.random.default_rng(1).normal(0, 3, (10, 50))


@pytest.fixture
def y() -> Array:
    return one_hot(np.random.default_rng(2).integers(0, 10, 50), 10)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sigmoid", [0.11920292, 0.37754067, 0.5, 0.88079708]),
        ("tanh", [-0.96402758, -0.46211716, 0.0, 0.96402758]),
        ("relu", [0.0, 0.0, 0.0, 2.0]),
        ("leaky-relu", [-0.4, -0.1, 0.0, 2.0]),
        ("step", [0.0, 0.0, 0.0, 1.0]),
    ],
)
def test_each_activation_gives_its_values(name: str, expected: list[float]) -> None:
    A = ACTIVATIONS[name].f(np.array([-2.0, -0.5, 0.0, 2.0]))
    np.testing.assert_allclose(A, expected, rtol=0, atol=1e-8)


@pytest.mark.parametrize(
    ("name", "at_minus_2", "at_2"),
    [
        ("sigmoid", 0.10499359, 0.10499359),
        ("tanh", 0.07065082, 0.07065082),
        ("relu", 0.0, 1.0),
        ("leaky-relu", 0.2, 1.0),
    ],
)
def test_each_activation_gives_its_slope(name: str, at_minus_2: float, at_2: float) -> None:
    f = ACTIVATIONS[name]
    slope = f.derivative(f.f(np.array([-2.0, 2.0])))
    np.testing.assert_allclose(slope, [at_minus_2, at_2], rtol=0, atol=1e-8)


@pytest.mark.parametrize("name", list(ACTIVATIONS))
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_f_fills_out_with_the_same_numbers_even_over_its_own_input(
    name: str, dtype: DTypeLike, z: Array
) -> None:
    f, Z = ACTIVATIONS[name], z.astype(dtype)
    untouched, buffer, own = Z.copy(), np.empty_like(Z), Z.copy()
    A = f.f(Z)
    assert A.dtype == dtype
    assert f.f(Z, out=buffer) is buffer
    assert f.f(own, out=own) is own
    np.testing.assert_array_equal(buffer, A)
    np.testing.assert_array_equal(own, A)
    np.testing.assert_array_equal(Z, untouched)


@pytest.mark.parametrize("name", [n for n in ACTIVATIONS if n != "step"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_derivative_fills_out_with_the_same_numbers_even_over_its_own_input(
    name: str, dtype: DTypeLike, z: Array
) -> None:
    f = ACTIVATIONS[name]
    A = f.f(z.astype(dtype))
    untouched, buffer, own = A.copy(), np.empty_like(A), A.copy()
    slope = f.derivative(A)
    assert slope.dtype == dtype
    assert f.derivative(A, out=buffer) is buffer
    assert f.derivative(own, out=own) is own
    np.testing.assert_array_equal(buffer, slope)
    np.testing.assert_array_equal(own, slope)
    np.testing.assert_array_equal(A, untouched)


def test_the_sigmoid_agrees_with_scipy() -> None:
    Z = np.linspace(-50, 50, 10_001)
    np.testing.assert_allclose(
        ACTIVATIONS["sigmoid"].f(Z), scipy.special.expit(Z), rtol=0, atol=2.3e-16
    )


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_sigmoid_of_any_finite_float64_neither_overflows_nor_warns(z: float) -> None:
    with np.errstate(**LOUD):  # type: ignore[arg-type]
        a = ACTIVATIONS["sigmoid"].f(np.array([z]))
    np.testing.assert_allclose(a, scipy.special.expit([z]), rtol=0, atol=2.3e-16)


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_the_sigmoid_of_any_finite_float32_neither_overflows_nor_warns(z: float) -> None:
    Z = np.array([z], np.float32)
    with np.errstate(**LOUD):  # type: ignore[arg-type]
        a = ACTIVATIONS["sigmoid"].f(Z)
    assert a.dtype == np.float32
    np.testing.assert_allclose(a, scipy.special.expit(Z), rtol=0, atol=1.2e-7)


@pytest.mark.parametrize(
    "Z",
    [
        np.array([-1e38, 1e38, -0.0], np.float32),
        np.array([np.finfo(np.float32).min, np.finfo(np.float32).max, 0], np.float32),
        np.array([np.finfo(np.float64).min, np.finfo(np.float64).max, 0], np.float64),
    ],
)
def test_the_sigmoid_is_0_and_1_at_the_ends_of_the_number_line(Z: Array) -> None:
    with np.errstate(**LOUD):  # type: ignore[arg-type]
        A = ACTIVATIONS["sigmoid"].f(Z)
        slope = ACTIVATIONS["sigmoid"].derivative(A)
    assert A.tolist() == [0, 1, 0.5]
    assert slope.tolist() == [0, 0, 0.25]


def test_the_softmax_agrees_with_scipy_and_every_column_sums_to_1(z: Array) -> None:
    A = Softmax().f(z)
    np.testing.assert_allclose(A, scipy.special.softmax(z, axis=0), rtol=1e-14)
    np.testing.assert_allclose(A.sum(axis=0), 1, rtol=1e-14)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_softmax_of_extreme_inputs_is_finite(dtype: DTypeLike) -> None:
    Z = np.array([[1e38, -1e38, 1e38, 1000], [-1e38, -1e38, 1e38, 999]], dtype)
    with np.errstate(**LOUD):  # type: ignore[arg-type]
        A = Softmax().f(Z)
    e = 1 / (1 + np.exp(-1))
    np.testing.assert_allclose(A, [[1, 0.5, 0.5, e], [0, 0.5, 0.5, 1 - e]], rtol=1e-6)


def test_the_quadratic_cost_is_a_sum_of_squares_without_a_half() -> None:
    A = np.array([[0.5, 1.0], [0.25, 0.0]])
    y = np.array([[1.0, 1.0], [0.0, 0.0]])
    assert COSTS["quadratic"].c(A, A, y).tolist() == [0.3125, 0.0]


def test_the_cross_entropy_agrees_with_scikit_learn_summed_over_the_outputs(
    z: Array, y: Array
) -> None:
    A = scipy.special.expit(z)
    # log_loss takes the mean over what it is given: here the 50 examples of one output.
    a_mean = sum(log_loss(t, a, labels=[0, 1]) for a, t in zip(A, y, strict=True))
    assert COSTS["cross-entropy"].c(z, A, y).mean() == pytest.approx(a_mean, rel=1e-12)


def test_the_softmax_cross_entropy_agrees_with_scikit_learn(z: Array, y: Array) -> None:
    A = scipy.special.softmax(z, axis=0)
    c = COSTS["softmax-cross-entropy"].c(z, A, y)
    assert c.mean() == pytest.approx(log_loss(y.argmax(axis=0), A.T, labels=range(10)), rel=1e-12)
    expected = -scipy.special.log_softmax(z, axis=0)[y == 1]
    np.testing.assert_allclose(np.sort(c), np.sort(expected), rtol=1e-12)


@pytest.mark.parametrize(
    ("cost", "expected"),
    [
        ("cross-entropy", [0.0, 2e38]),
        ("softmax-cross-entropy", [0.0, 2e38]),
    ],
)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_cross_entropies_of_extreme_inputs_are_finite_and_right(
    cost: str, expected: list[float], dtype: DTypeLike
) -> None:
    # A right and a wrong answer, each with all the confidence there is.
    Z = np.array([[1e38, -1e38], [-1e38, 1e38]], dtype)
    y = np.array([[1, 1], [0, 0]], dtype)
    with np.errstate(**LOUD):  # type: ignore[arg-type]
        output = COSTS[cost].output
        assert output is not None
        c = COSTS[cost].c(Z, output.f(Z), y)
    assert c.dtype == dtype
    np.testing.assert_allclose(c, expected, rtol=1e-6)


def test_the_softmax_cross_entropy_of_large_equal_inputs_keeps_its_digits() -> None:
    Z = np.full((2, 1), 1e4, np.float32)
    c = COSTS["softmax-cross-entropy"].c(Z, Z, np.array([[1], [0]], np.float32))
    np.testing.assert_allclose(c, np.log(2), rtol=1e-6)


@pytest.mark.parametrize("cost", list(COSTS))
def test_v_fills_out_with_the_same_numbers(cost: str, z: Array, y: Array) -> None:
    f = COSTS[cost].output or ACTIVATIONS["tanh"]
    A = f.f(z)
    buffer = np.empty_like(A)
    assert COSTS[cost].v(f, A, y, out=buffer) is buffer
    np.testing.assert_array_equal(buffer, COSTS[cost].v(f, A, y))


def test_the_step_has_no_slope_and_says_why() -> None:
    with pytest.raises(TrainingError) as caught:
        ACTIVATIONS["step"].derivative(np.zeros(1))
    assert str(caught.value) == (
        "A network of binary steps cannot be trained by gradient descent.\n"
        "Gradient descent needs a slope; the step's is 0 on both sides and undefined between.\n"
        "Choose sigmoid, tanh, relu or leaky-relu; the step can still run forward."
    )


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(TrainingError) as caught:
        named(ACTIVATIONS, "sigmoud", "activation")
    assert str(caught.value) == (
        "There is no activation named 'sigmoud'.\n"
        "Expected one of: sigmoid, relu, tanh, leaky-relu, step.\n"
        "Choose one of these for the activation."
    )
