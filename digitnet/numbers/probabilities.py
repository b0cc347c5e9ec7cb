"""The confidence of each digit of a line, and why it is not sure."""

from __future__ import annotations

from difflib import SequenceMatcher

import numpy as np

from digitnet.model.doubt import weakness
from digitnet.model.model import Model
from digitnet.numbers.ctc import Number
from digitnet.numbers.line_reading import LineReading

Certainties = tuple[float, ...]
"""Ten probabilities of one digit, which sum to 1."""


def certainties_of(line: LineReading) -> list[Certainties]:
    """Ten probabilities of each digit of a line: sums over the numbers with that digit there.

    A number of another length has no digit at some places, or an extra one; its probability is
    split among all ten digits there.
    """
    p = np.zeros((len(line.number), 10))
    for number, probability in zip(line.numbers, line.probabilities, strict=True):
        for i, digit in _matched(line.number, number):
            p[i, digit] += probability
    p += (1 - p.sum(axis=1, keepdims=True)) / 10
    return [tuple(row) for row in p.tolist()]


def _matched(number: Number, other: Number) -> list[tuple[int, int]]:
    """Places of a number, and the digit of another number there, if it has one."""
    if len(number) == len(other):
        return list(enumerate(other))
    steps = SequenceMatcher(None, number, other, autojunk=False).get_opcodes()
    return [
        (i, other[j])
        for kind, first, last, begin, end in steps
        if kind == "equal" or last - first == end - begin
        for i, j in zip(range(first, last), range(begin, end), strict=True)
    ]


def doubts_of(model: Model, line: LineReading, certainties: list[Certainties]) -> list[str | None]:
    """Why each digit is not sure: None if it is."""
    own = [ten[digit] for digit, ten in zip(line.number, certainties, strict=True)]
    weak = weakness(model)
    if weak is not None:
        return [weak] * len(own)
    if line.is_sure:
        return [None] * len(own)
    others = [number for number in line.numbers[1:] if number]
    why = "it is not clear where one digit ends"
    if others:
        why = f"the number may also be {''.join(map(str, others[0]))}"
    least = max(line.limits.sure, min(own, default=0.0))
    return [why if certainty <= least else None for certainty in own]
