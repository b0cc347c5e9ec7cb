"""How sure the digits of a line are: how the numbers that it may be share each of them."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

from digitnet.model.doubt import weakness
from digitnet.model.model import Model
from digitnet.numbers.ctc import Number
from digitnet.numbers.hypotheses import LineAnswer

Certainties = tuple[float, ...]
"""Ten shares of one digit, in sum 1."""


@dataclass(frozen=True)
class SureLimits:
    """When a number is sure."""

    sure: float = 0.9
    """Share of all the numbers that a line may be; one with less is not sure."""
    legible: float = 0.05
    """Likelihood of a number; one that is said less clearly is not sure, and where the pieces are
    too many to be read alone and no line says one more clearly, it is a pattern."""


def certainties_of(answer: LineAnswer) -> list[Certainties]:
    """How the numbers that a line may be share out each of its digits: ten shares, in sum 1.

    A number of another length says of some places that there is no digit, or one more: that
    speaks against each digit there, and for no other one.
    """
    shares = np.zeros((len(answer.number), 10))
    for number, share in zip(answer.numbers, answer.shares, strict=True):
        for i, said in _matched(answer.number, number):
            shares[i, said] += share
    shares += (1 - shares.sum(axis=1, keepdims=True)) / 10
    return [tuple(row) for row in shares.tolist()]


def _matched(number: Number, other: Number) -> list[tuple[int, int]]:
    """Places of a number and what another number says there, where it has a digit for it."""
    if len(number) == len(other):
        return list(enumerate(other))
    steps = SequenceMatcher(None, number, other, autojunk=False).get_opcodes()
    return [
        (i, other[j])
        for kind, first, last, begin, end in steps
        if kind == "equal" or last - first == end - begin
        for i, j in zip(range(first, last), range(begin, end), strict=True)
    ]


def is_sure(answer: LineAnswer, limits: SureLimits) -> bool:
    """Whether a line says one number clearly."""
    clear = answer.shares[0] >= limits.sure and answer.likelihood >= limits.legible
    return bool(answer.number) and bool(clear)


def doubts_of(
    model: Model, answer: LineAnswer, certainties: list[Certainties], limits: SureLimits
) -> list[str | None]:
    """Say of each digit why it is not sure: None where it is."""
    own = [shares[said] for said, shares in zip(answer.number, certainties, strict=True)]
    weak = weakness(model)
    if weak is not None:
        return [weak] * len(own)
    if is_sure(answer, limits):
        return [None] * len(own)
    others = [number for number in answer.numbers[1:] if number]
    why = "it is not clear where one digit ends"
    if others:
        why = f"the number may also be {''.join(map(str, others[0]))}"
    least = max(limits.sure, min(own, default=0.0))
    return [why if share <= least else None for share in own]
