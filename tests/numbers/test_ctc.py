"""What a network says of each place of a line, and of every number."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from digitnet.numbers.ctc import NOTHING, Number, batch, greedy_decode, log_likelihood, wanted

PLACES = 5


def probabilities(seed: int, places: int = PLACES) -> NDArray[np.float64]:
    """Only 1, 2 and NOTHING are likely at all, so that every path can be gone through."""
    rng = np.random.default_rng(seed)
    P = np.full((places, NOTHING + 1), 1e-12)
    P[:, [1, 2, NOTHING]] = rng.dirichlet(np.ones(3), places)
    return P


def meant(path: tuple[int, ...]) -> Number:
    """One digit for each run of a digit."""
    begins = [said for i, said in enumerate(path) if i == 0 or path[i - 1] != said]
    return tuple(said for said in begins if said != NOTHING)


def by_all_paths(P: NDArray[np.float64], number: Number) -> tuple[float, NDArray[np.float64]]:
    """Likelihood of a number and what is said at each place, path by path."""
    total, said_at = 0.0, np.zeros_like(P)
    for path in product((1, 2, NOTHING), repeat=len(P)):
        if meant(path) == number:
            likelihood = float(np.prod([P[t, said] for t, said in enumerate(path)]))
            total += likelihood
            for t, said in enumerate(path):
                said_at[t, said] += likelihood
    return total, said_at / total


@pytest.mark.parametrize("number", [(), (1,), (1, 2), (1, 1), (2, 1, 2), (2, 2, 2)])
def test_a_number_is_as_likely_as_all_the_paths_that_mean_it(number: Number) -> None:
    P = probabilities(3)
    total, said_at = by_all_paths(P, number)
    assert log_likelihood(batch([P]), [number])[0] == pytest.approx(np.log(total), abs=1e-6)
    y, at = wanted(batch([P]), [number])
    assert y[0] == pytest.approx(said_at, abs=1e-6)
    assert at[0].sum(axis=1) == pytest.approx(np.ones(PLACES))


def test_lines_of_different_lengths_in_one_batch_are_as_each_alone() -> None:
    lines = [probabilities(seed, places) for seed, places in ((1, 3), (2, 9), (3, 6))]
    numbers = [(1,), (2, 2, 1), ()]
    together = log_likelihood(batch(lines), numbers)
    alone = [log_likelihood(batch([P]), [n])[0] for P, n in zip(lines, numbers, strict=True)]
    assert together == pytest.approx(alone)
    y, _ = wanted(batch(lines), numbers)
    for found, P, number in zip(y, lines, numbers, strict=True):
        assert found[: len(P)] == pytest.approx(wanted(batch([P]), [number])[0][0])


def test_what_is_wanted_is_the_slope_of_the_likelihood() -> None:
    """∂(-ln p)/∂z = ŷ - y for a softmax, against central differences."""
    z = np.random.default_rng(5).normal(size=(6, NOTHING + 1))
    number = (4, 4, 7)

    def softmax(z: NDArray[np.float64]) -> NDArray[np.float64]:
        powers = np.exp(z)
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    slope = softmax(z) - wanted(batch([softmax(z)]), [number])[0][0]
    for place, said in ((0, 4), (2, NOTHING), (5, 7), (3, 1)):
        step = np.zeros_like(z)
        step[place, said] = 1e-5
        costs = [-log_likelihood(batch([softmax(z + s)]), [number])[0] for s in (step, -step)]
        assert (costs[0] - costs[1]) / 2e-5 == pytest.approx(slope[place, said], abs=1e-6)


def test_the_likeliest_path_means_one_digit_for_each_run() -> None:
    said = [NOTHING, 3, 3, NOTHING, 3, 5, 5, NOTHING]
    assert greedy_decode(np.eye(NOTHING + 1)[said]) == (3, 3, 5)
    assert greedy_decode(np.eye(NOTHING + 1)[[NOTHING] * 4]) == ()
