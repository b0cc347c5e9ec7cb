"""The sequence model: forward by its definition, backward by differences."""

from __future__ import annotations

import numpy as np
import pytest

from digitnet.numbers.features import SIZE
from digitnet.numbers.sequence_model import (
    LAYERS,
    Layer,
    SequenceModel,
    bundled_sequence_model,
    unfold,
)
from tools.lines.gradient import backward, fold, untrained

SMALL = (Layer(5), Layer(6, 3, 2), Layer(4, 5, 1), Layer(3))


def network(seed: int = 1) -> SequenceModel:
    made = untrained(np.random.default_rng(seed), SMALL)
    for B in made.B:
        B[:] = 0.1
    return made


def test_each_place_follows_the_essays_formula_from_the_places_around_it() -> None:
    some, X = network(), np.random.default_rng(2).standard_normal((SIZE, 20)).astype(np.float32)
    A = {t: X[:, t] for t in range(20)}
    for W, B, (_, places, apart) in zip(some.W, some.B, SMALL, strict=True):
        half = places // 2
        seen = {
            t: np.concatenate([A[t + i * apart] for i in range(-half, half + 1)])
            for t in A
            if {t - half * apart, t + half * apart} <= set(A)
        }
        Z = {t: W @ x + B[:, 0] for t, x in seen.items()}
        A = {t: np.maximum(z, 0) for t, z in Z.items()}
    expected = np.stack([np.exp(z) / np.exp(z).sum() for z in Z.values()], axis=1)
    assert list(Z) == list(range(some.reach, 20 - some.reach))
    np.testing.assert_allclose(some.forward(X)[-1], expected, rtol=1e-4)


def test_beyond_the_ends_of_a_line_is_paper() -> None:
    some, X = network(), np.random.default_rng(3).standard_normal((9, SIZE)).astype(np.float32)
    longer = np.pad(X, ((some.reach + 3, some.reach + 3), (0, 0)))
    assert some.read(X).shape == (9, 3)
    np.testing.assert_allclose(some.read(X), some.forward(longer.T)[-1].T[3:-3], rtol=1e-4)


def test_fold_is_the_transpose_of_unfold() -> None:
    rng, layer = np.random.default_rng(4), Layer(0, 5, 3)
    A, V = rng.standard_normal((2, 30)), rng.standard_normal((10, 18))
    assert np.vdot(unfold(A, layer), V) == pytest.approx(np.vdot(A, fold(V, layer)))


def test_the_gradient_is_what_differences_of_the_cost_give() -> None:
    some, rng = network(), np.random.default_rng(5)
    X = rng.standard_normal((SIZE, 40)).astype(np.float32)
    T = 40 - 2 * some.reach
    y = np.eye(3, dtype=np.float32)[rng.integers(0, 3, T)].T

    def cost() -> float:
        return -float(np.sum(y * np.log(some.forward(X)[-1]), dtype=np.float64)) / T

    gradient = backward(some, X, some.forward(X), y)
    for n in range(len(SMALL)):
        for there, found in ((some.W[n], gradient.W[n]), (some.B[n], gradient.B[n])):
            step = rng.standard_normal(there.shape).astype(np.float32)
            step *= np.float32(1e-3) / np.linalg.norm(step)
            before = there.copy()
            there[:] = before + step
            above = cost()
            there[:] = before - step
            below = cost()
            there[:] = before
            assert (above - below) / 2 == pytest.approx(np.vdot(found, step), rel=0.05, abs=2e-7)


def test_the_first_weights_have_the_variance_that_fits_their_layer() -> None:
    made = untrained(np.random.default_rng(1))
    for W, gain in zip(made.W, (2, 2, 2, 1), strict=True):  # ReLU, and softmax at the end
        assert W.var() == pytest.approx(gain / W.shape[1], rel=0.1)
    assert not any(B.any() for B in made.B)


def test_the_bundled_one_has_the_layers_that_are_the_default() -> None:
    assert bundled_sequence_model().layers == LAYERS == SequenceModel().layers
