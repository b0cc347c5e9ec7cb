"""The essay's examples as the program tells them: its numbers, and the network's own."""

from __future__ import annotations

import numpy as np
import pytest

from digitnet.errors import TrainingError
from digitnet.nn.network import Network
from digitnet.nn.worked import CURVES, Fit, central_differences, cost_of, descend, two_neurons


def test_the_network_of_two_neurons_is_the_essays() -> None:
    network, X, y = two_neurons()
    assert network.parameters.vector.tolist() == [0.5, 1, 1, 0]
    assert (X.item(), y.item()) == (1, 0)
    assert cost_of(network, X, y) == pytest.approx(0.481, abs=1e-3)


def test_differences_are_the_gradient_and_move_no_weight() -> None:
    network = Network((3, 4, 2), rng=np.random.default_rng(1), dtype=np.float64)
    rng = np.random.default_rng(2)
    X, y = rng.uniform(0, 1, (3, 5)), rng.uniform(0, 1, (2, 5))
    before = network.parameters.vector.copy()
    gradient = network.backward(network.forward(X), y).vector.copy()
    np.testing.assert_allclose(central_differences(network, X, y), gradient, rtol=1e-7, atol=1e-10)
    np.testing.assert_array_equal(network.parameters.vector, before)


def test_descent_goes_back_and_forth_at_1_and_tends_to_the_lowest_point_at_a_tenth() -> None:
    assert descend(1, 4) == [-1, 3, -1, 3, -1]
    way = descend(0.1, 100)
    assert way[:3] == pytest.approx([-1, -0.6, -0.28])
    assert way[-1] == pytest.approx(1, abs=1e-8)
    assert way == sorted(way)


@pytest.mark.parametrize("name", CURVES)
def test_a_small_network_comes_within_a_fiftieth_of_each_curves_height(name: str) -> None:
    fit = Fit(name)
    assert fit.error() > fit.span / 5
    assert list(fit.run()) == list(range(5001))
    assert fit.error() < fit.span / 50
    X = fit.curve.between(7)
    np.testing.assert_allclose(fit.of(X), fit.curve.of(X), atol=fit.span / 50)


@pytest.mark.parametrize(
    ("name", "x", "values"),
    [
        ("2^x", [-2, 0, 2], [0.25, 1, 4]),
        ("x^2-2x+1.5", [-1, 1, 3], [4.5, 0.5, 4.5]),
        ("sin", [-np.pi, 0, np.pi], [0, 0, 0]),
        ("abs", [-2, 0, 2], [2, 0, 2]),
        ("x^3", [-2, 0, 2], [-8, 0, 8]),
    ],
)
def test_a_curve_has_its_values_on_its_interval(
    name: str, x: list[float], values: list[float]
) -> None:
    X = CURVES[name].between(3)
    np.testing.assert_allclose(X, [x])
    np.testing.assert_allclose(CURVES[name].of(X), [values], atol=1e-15)


def test_a_fit_begins_with_no_step_and_its_curve_from_a_fifth_to_four_fifths() -> None:
    fit = Fit("x^3", steps=0)
    assert (fit.taken, fit.least, fit.span) == (0, -8, 16)
    assert list(fit.run()) == [0]
    # An output of 0.2 is the least value, one of 0.8 the greatest.
    fit.network.parameters.vector[:] = 0
    for output, value in ((0.2, -8), (0.5, 0), (0.8, 8)):
        fit.network.B[1][:] = np.log(output / (1 - output))
        assert fit.of(np.zeros((1, 1))).item() == pytest.approx(value)


def test_a_curve_that_is_not_there_is_refused() -> None:
    with pytest.raises(TrainingError, match="There is no curve named '3\\^x'"):
        Fit("3^x")
