"""The bare loop: the essay's steps, and the same weights as the engine's, bit for bit."""

from __future__ import annotations

from inspect import signature

import numpy as np
import pytest

from digitnet.errors import TrainingError
from digitnet.learning.engine import Training
from digitnet.model.recipe import Recipe
from digitnet.nn.network import Network
from digitnet.nn.training import train
from tests.helpers.labelled import Labelled, blobs
from tests.helpers.runs import plain


def new_network(activation: str = "sigmoid", cost: str = "quadratic") -> Network:
    return Network((12, 7, 10), activation, cost, np.random.default_rng(1))


@pytest.mark.parametrize(
    ("optimizer", "schedule", "rate"),
    [
        ("sgd", "linear", 2.0),
        ("sgd", "constant", 0.5),
        ("momentum", "cosine", 0.1),
        ("nesterov", "linear", 0.1),
        ("adam", "cosine", 0.01),
    ],
)
@pytest.mark.parametrize(
    ("activation", "cost"), [("sigmoid", "quadratic"), ("relu", "softmax-cross-entropy")]
)
def test_the_bare_loop_gives_the_weights_of_the_engine_bit_for_bit(
    optimizer: str, schedule: str, rate: float, activation: str, cost: str
) -> None:
    how = {"epochs": 3, "optimizer": optimizer, "schedule": schedule, "learning_rate": rate}
    bare, engine = (new_network(activation, cost) for _ in range(2))
    costs = list(train(bare, blobs(100), rng=np.random.default_rng(5), **how))  # type: ignore[arg-type]
    recipe = plain(activation=activation, cost=cost, **how)
    run = Training(
        engine, blobs(100), recipe, rng=np.random.default_rng(5), validation=blobs(20, seed=2)
    )
    assert costs == [report.cost for report in run.epochs()]
    assert bare.parameters.vector.tobytes() == engine.parameters.vector.tobytes()


def test_a_step_is_by_hand_that_of_the_mean_cost_at_the_rate_of_its_time() -> None:
    # One weight, no hidden layer, ReLU: z = w x + b, c = (z - y)^2, v = 2 (z - y).
    network = Network((1, 1), "relu", rng=np.random.default_rng(0), dtype=np.float64)
    network.parameters.vector[:] = [0.5, 1.0]
    examples = Labelled(np.array([[1.0], [3.0]]), np.array([0, 1]))  # targets 1 and, for 1, 0
    costs = train(
        network, examples, epochs=2, batch_size=2, learning_rate=0.1, rng=np.random.default_rng(0)
    )
    # z = 1.5 and 2.5; v = (1, 5) / 2; dc/dw = (1 + 15) / 2 = 8, dc/db = 3
    assert next(costs) == pytest.approx((0.5**2 + 2.5**2) / 2)
    assert network.parameters.vector == pytest.approx([0.5 - 0.1 * 8, 1 - 0.1 * 3])
    # w = -0.3, b = 0.7: z = 0.4 and -0.2, of which ReLU makes 0 without a slope; half the rate
    assert next(costs) == pytest.approx(0.6**2 / 2)
    assert network.parameters.vector == pytest.approx([-0.3 + 0.05 * 0.6, 0.7 + 0.05 * 0.6])
    assert next(costs, None) is None


def test_the_defaults_are_those_of_a_recipe() -> None:
    parameters = signature(train).parameters.values()
    defaults = {p.name: p.default for p in parameters if p.default is not p.empty}
    recipe = Recipe()
    assert defaults == {name: getattr(recipe, name) for name in defaults}
    assert (len(defaults), recipe.learning_rate, recipe.epochs, recipe.batch_size) == (5, 2, 15, 32)


def test_what_cannot_be_learned_is_refused() -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(TrainingError, match="There are no labelled digits"):
        next(train(new_network(), blobs(0), rng=rng))
    with pytest.raises(TrainingError, match="cannot be trained by gradient descent"):
        next(train(new_network("step"), blobs(5), rng=rng))
    with pytest.raises(TrainingError, match="There is no optimizer named 'best'"):
        next(train(new_network(), blobs(5), optimizer="best", rng=rng))


def test_a_network_without_a_generator_draws_weights_of_its_own() -> None:
    one, other = Network((12, 7, 10)), Network((12, 7, 10))
    for W, others in zip(one.W, other.W, strict=True):
        assert len(np.unique(W)) == W.size
        assert not np.array_equal(W, others)
    assert not any(B.any() for B in one.B)
