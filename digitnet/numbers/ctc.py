"""Connectionist temporal classification (CTC): from probabilities at each place to a number.

At each place the network gives probabilities of the ten digits and of the blank. A path takes one
of these classes at every place, and each run of a digit is one digit of its number. The probability
of a number is the sum over all its paths: Graves, Fernández, Gomez and Schmidhuber,
ICML 2006, whose α and β these are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Number = tuple[int, ...]
"""Digits, from left to right."""

BLANK: Final = 10
"""The class of a place that is not the middle of a digit."""
_LEAST: Final = 1e-12
"""Least probability of a place: no single one makes a number impossible."""


def greedy_decode(P: NDArray[np.floating]) -> Number:
    """Number of the path with the most probable class at every place (best path decoding).

    Parameters
    ----------
    P : ndarray, shape (T, 11)
        Probability of each digit and of the blank at each place.
    """
    classes = P.argmax(axis=1)
    begins = np.flatnonzero(np.diff(classes, prepend=BLANK))
    return tuple(int(digit) for digit in classes[begins] if digit != BLANK)


def padded(lines: Sequence[NDArray[np.floating]]) -> Floats:
    """Lines of different lengths in one array, padded with blanks: shape (N, T, 11)."""
    P = np.zeros((len(lines), max(map(len, lines)), BLANK + 1))
    P[:, :, BLANK] = 1
    for row, line in zip(P, lines, strict=True):
        row[: len(line)] = line
    return P


@dataclass(frozen=True)
class _States:
    """The states of each number, one after the other: blank, a digit, blank, a digit, …, blank.

    Attributes
    ----------
    ends : ndarray of bool, shape (N, S)
        Whether the number may end with this state.
    leaps : ndarray of bool, shape (N, S)
        Whether the state may follow the last but one: it is a digit, other than the one before.
    p : ndarray, shape (N, T, S)
        Probability of each state's class at each place.
    """

    ends: NDArray[np.bool_]
    leaps: NDArray[np.bool_]
    p: Floats

    @classmethod
    def of(cls, P: Floats, numbers: Sequence[Number]) -> _States:
        lengths = np.array([2 * len(number) + 1 for number in numbers])
        classes = np.full((len(numbers), lengths.max()), BLANK)
        for row, number in zip(classes, numbers, strict=True):
            row[1 : 2 * len(number) : 2] = number
        state = np.arange(classes.shape[1])
        leaps = (classes != BLANK) & (classes != np.roll(classes, 2, axis=1)) & (state > 1)
        last = lengths[:, np.newaxis] - 1
        ends = (state <= last) & (state >= np.maximum(last - 1, 0))
        p = np.maximum(np.take_along_axis(P, classes[:, np.newaxis], axis=2), _LEAST)
        return cls(ends, leaps, p * (state <= last)[:, np.newaxis])


def _forward(states: _States) -> tuple[Floats, Floats]:
    """α, shape (N, T, S), scaled to sum to 1 at each place, and the logarithms of the scales."""
    p = states.p
    alpha, scales = np.zeros_like(p), np.empty(p.shape[:2])
    alpha[:, 0, :2] = p[:, 0, :2]
    for t in range(p.shape[1]):
        now = alpha[:, t]
        if t:
            before = alpha[:, t - 1]
            now += before
            now[:, 1:] += before[:, :-1]
            now[:, 2:] += before[:, :-2] * states.leaps[:, 2:]
            now *= p[:, t]
        scales[:, t] = now.sum(axis=1)
        now /= scales[:, t, np.newaxis]
    return alpha, np.log(scales)


def _backward(states: _States) -> Floats:
    """β, shape (N, T, S): probability of the rest of the number after a place, up to a factor."""
    p = states.p
    beta = np.zeros_like(p)
    beta[:, -1] = states.ends
    for t in range(p.shape[1] - 2, -1, -1):
        then = beta[:, t + 1] * p[:, t + 1]
        now = beta[:, t]
        now += then
        now[:, :-1] += then[:, 1:]
        now[:, :-2] += then[:, 2:] * states.leaps[:, 2:]
        now /= now.sum(axis=1, keepdims=True)
    return beta


def log_likelihood(P: Floats, numbers: Sequence[Number]) -> Floats:
    """ln of the sum over all paths of a number.

    Parameters
    ----------
    P : ndarray, shape (N, T, 11)
        From `padded`.
    numbers : sequence of N tuples of int

    Returns
    -------
    ndarray, shape (N,)
    """
    states = _States.of(P, numbers)
    alpha, scales = _forward(states)
    ended = (alpha[:, -1] * states.ends).sum(axis=1)
    logs: Floats = scales.sum(axis=1) + np.log(np.maximum(ended, np.finfo(float).tiny))
    return logs


def occupied(P: Floats, numbers: Sequence[Number]) -> Floats:
    """Probability that a path of the number is in each state, at each place.

    It is an expectation over all paths, each with its probability by the network.

    Parameters
    ----------
    P : ndarray, shape (N, T, 11)
        From `padded`.
    numbers : sequence of N tuples of int

    Returns
    -------
    ndarray, shape (N, T, S)
        State 2 i + 1 is the number's digit i; the others are the blanks around it.
    """
    states = _States.of(P, numbers)
    found = _forward(states)[0] * _backward(states)
    found /= np.maximum(found.sum(axis=2, keepdims=True), np.finfo(float).tiny)
    return found
