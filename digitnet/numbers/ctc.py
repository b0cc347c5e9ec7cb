"""From what a network says of each place of a line to a number, and back.

At each place it says one of the ten digits or NOTHING. A path says one of them for every place;
the number it means has one digit for each run of a digit. What a network says of a number is the
sum over all the paths that mean it: connectionist temporal classification, Graves, Fernández,
Gomez and Schmidhuber, ICML 2006, whose α and β these are.
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

NOTHING: Final = 10
"""What the network says where no digit has its middle."""
_LEAST: Final = 1e-12
"""No probability is less: a single place cannot make a number impossible."""


def greedy_decode(P: NDArray[np.floating]) -> Number:
    """Number of the path that takes the likeliest of every place.

    Parameters
    ----------
    P : ndarray, shape (T, 11)
        Probability of each digit and of NOTHING at each place.
    """
    said = P.argmax(axis=1)
    begins = np.flatnonzero(np.diff(said, prepend=NOTHING))
    return tuple(int(digit) for digit in said[begins] if digit != NOTHING)


def batch(lines: Sequence[NDArray[np.floating]]) -> Floats:
    """Lines of different lengths in one array, NOTHING behind each: shape (N, T, 11)."""
    P = np.zeros((len(lines), max(map(len, lines)), NOTHING + 1))
    P[:, :, NOTHING] = 1
    for row, line in zip(P, lines, strict=True):
        row[: len(line)] = line
    return P


@dataclass(frozen=True)
class _States:
    """What is said one after the other for each number: NOTHING, a digit, NOTHING, a digit, ….

    Attributes
    ----------
    said : ndarray of int, shape (N, S)
        What each state says.
    ends : ndarray of bool, shape (N, S)
        The number may end with this state.
    leaps : ndarray of bool, shape (N, S)
        The state may follow the last but one: it is a digit and another than the one before.
    p : ndarray, shape (N, T, S)
        Probability of what each state says at each place.
    """

    said: NDArray[np.intp]
    ends: NDArray[np.bool_]
    leaps: NDArray[np.bool_]
    p: Floats

    @classmethod
    def of(cls, P: Floats, numbers: Sequence[Number]) -> _States:
        lengths = np.array([2 * len(number) + 1 for number in numbers])
        said = np.full((len(numbers), lengths.max()), NOTHING)
        for row, number in zip(said, numbers, strict=True):
            row[1 : 2 * len(number) : 2] = number
        state = np.arange(said.shape[1])
        leaps = (said != NOTHING) & (said != np.roll(said, 2, axis=1)) & (state > 1)
        last = lengths[:, np.newaxis] - 1
        ends = (state <= last) & (state >= np.maximum(last - 1, 0))
        p = np.maximum(np.take_along_axis(P, said[:, np.newaxis], axis=2), _LEAST)
        return cls(said, ends, leaps, p * (state <= last)[:, np.newaxis])


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
    """β, shape (N, T, S): how likely the rest of the number is after each place, to a factor."""
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
    """ln of the sum over all paths that mean a number.

    Parameters
    ----------
    P : ndarray, shape (N, T, 11)
        As `batch` gives it.
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


def wanted(P: Floats, numbers: Sequence[Number]) -> tuple[Floats, Floats]:
    """What the network should have said at each place, of lines whose numbers are known.

    Of all the paths that mean the number, in the proportions in which the network takes them:
    it learns by itself where the digits are.

    Parameters
    ----------
    P : ndarray, shape (N, T, 11)
    numbers : sequence of N tuples of int

    Returns
    -------
    y : ndarray, shape (N, T, 11)
        Sums to 1 at each place. For a softmax, ∂c/∂z = ŷ - y where c is -ln of the likelihood.
    at : ndarray, shape (N, T, S)
        The share of the paths that are in each state: 2 i + 1 is the number's digit i.
    """
    states = _States.of(P, numbers)
    at = _forward(states)[0] * _backward(states)
    at /= np.maximum(at.sum(axis=2, keepdims=True), np.finfo(float).tiny)
    y = np.zeros_like(P)
    for said in range(NOTHING + 1):
        y[:, :, said] = (at * (states.said == said)[:, np.newaxis]).sum(axis=2)
    return y, at
