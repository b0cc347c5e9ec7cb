"""From the probabilities at each place of a line to those of every number, path by path."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from digitnet.numbers.ctc import BLANK, Number, greedy_decode, log_likelihood, occupied, padded
from tools.lines.gradient import ctc_targets

PLACES = 5


def probabilities(seed: int, places: int = PLACES) -> NDArray[np.float64]:
    """Only 1, 2 and BLANK have any probability, so that every path can be gone through."""
    rng = np.random.default_rng(seed)
    P = np.full((places, BLANK + 1), 1e-12)
    P[:, [1, 2, BLANK]] = rng.dirichlet(np.ones(3), places)
    return P


def meant(path: tuple[int, ...]) -> Number:
    """One digit for each run of a digit."""
    begins = [said for i, said in enumerate(path) if i == 0 or path[i - 1] != said]
    return tuple(said for said in begins if said != BLANK)


def by_all_paths(P: NDArray[np.float64], number: Number) -> tuple[float, NDArray[np.float64]]:
    """Likelihood of a number and what is said at each place, path by path."""
    total, said_at = 0.0, np.zeros_like(P)
    for path in product((1, 2, BLANK), repeat=len(P)):
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
    assert log_likelihood(padded([P]), [number])[0] == pytest.approx(np.log(total), abs=1e-6)
    assert ctc_targets(padded([P]), [number])[0] == pytest.approx(said_at, abs=1e-6)
    assert occupied(padded([P]), [number])[0].sum(axis=1) == pytest.approx(np.ones(PLACES))


def test_lines_of_different_lengths_in_one_batch_are_as_each_alone() -> None:
    lines = [probabilities(seed, places) for seed, places in ((1, 3), (2, 9), (3, 6))]
    numbers = [(1,), (2, 2, 1), ()]
    together = log_likelihood(padded(lines), numbers)
    alone = [log_likelihood(padded([P]), [n])[0] for P, n in zip(lines, numbers, strict=True)]
    assert together == pytest.approx(alone)
    y = ctc_targets(padded(lines), numbers)
    for found, P, number in zip(y, lines, numbers, strict=True):
        assert found[: len(P)] == pytest.approx(ctc_targets(padded([P]), [number])[0])


def test_what_is_wanted_is_the_slope_of_the_likelihood() -> None:
    """∂(-ln p)/∂z = ŷ - y for a softmax, against central differences."""
    z = np.random.default_rng(5).normal(size=(6, BLANK + 1))
    number = (4, 4, 7)

    def softmax(z: NDArray[np.float64]) -> NDArray[np.float64]:
        powers = np.exp(z)
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    slope = softmax(z) - ctc_targets(padded([softmax(z)]), [number])[0]
    for place, said in ((0, 4), (2, BLANK), (5, 7), (3, 1)):
        step = np.zeros_like(z)
        step[place, said] = 1e-5
        costs = [-log_likelihood(padded([softmax(z + s)]), [number])[0] for s in (step, -step)]
        assert (costs[0] - costs[1]) / 2e-5 == pytest.approx(slope[place, said], abs=1e-6)


def test_the_likeliest_path_means_one_digit_for_each_run() -> None:
    said = [BLANK, 3, 3, BLANK, 3, 5, 5, BLANK]
    assert greedy_decode(np.eye(BLANK + 1)[said]) == (3, 3, 5)
    assert greedy_decode(np.eye(BLANK + 1)[[BLANK] * 4]) == ()


def test_no_single_place_makes_a_number_impossible() -> None:
    # One place, which is a 3 for certain: a 4 there has the least probability, 1e-12.
    P = padded([np.eye(BLANK + 1)[[3]]])
    assert log_likelihood(P, [(4,)])[0] == pytest.approx(np.log(1e-12))
    assert log_likelihood(P, [(3,)])[0] == pytest.approx(0, abs=1e-9)
    # Three places for 4 4: it has the one path 4, blank, 4.
    P = padded([np.eye(BLANK + 1)[[4, 4, 4]]])
    assert log_likelihood(P, [(4, 4)])[0] == pytest.approx(np.log(1e-12), rel=1e-6)


def test_a_number_of_more_digits_than_places_is_next_to_impossible_and_finite() -> None:
    P = padded([np.full((2, BLANK + 1), 1 / 11)])
    for number in ((1, 2, 3), (5, 5)):  # two of the same need a blank between them
        log = log_likelihood(P, [number])[0]
        assert np.isfinite(log)
        assert log < -600
    assert np.isfinite(ctc_targets(P, [(1, 2, 3)])).all()


def test_blanks_are_behind_a_short_line() -> None:
    P = padded([np.full((1, BLANK + 1), 0.5), np.full((3, BLANK + 1), 0.25)])
    assert P.shape == (2, 3, BLANK + 1)
    assert P[0, 0].tolist() == [0.5] * 11
    assert P[0, 1:].tolist() == [[0.0] * 10 + [1.0]] * 2
    assert P[1].tolist() == [[0.25] * 11] * 3
