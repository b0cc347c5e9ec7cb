"""Training the sequence model: the essay's network, forward, backward, one step.

Only its targets are new. Nobody says where the digits of a line are, so the targets of each place
follow from the number and from what the network gives: :func:`tools.lines.gradient.ctc_targets`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import WeightsError
from digitnet.files import replacing
from digitnet.model.weights import WEIGHTS
from digitnet.nn.descent import SCHEDULES, Adam
from digitnet.nn.functions import Array
from digitnet.numbers.ctc import greedy_decode, log_likelihood, padded
from digitnet.numbers.features import SIZE, columns, windows
from digitnet.numbers.sequence_model import SequenceModel
from tools.lines.compose import Composed
from tools.lines.gradient import backward, ctc_targets

_LEARNING_RATE: Final = 0.002
_L2: Final = 1e-5
_WARM_UP: Final = 300  # steps
_BATCH: Final = 32  # lines


class Line(NamedTuple):
    """What there is to be learned of a line.

    Attributes
    ----------
    columns : ndarray of float16, shape (T, FEATURES)
    number : tuple of int
    """

    columns: NDArray[np.float16]
    number: tuple[int, ...]

    @classmethod
    def of(cls, composed: Composed) -> Line | None:
        """None where the digits are so close that no path could mean the number."""
        seen = columns(composed.strip).astype(np.float16)
        long_enough = len(seen) > 2 * len(composed.number)
        return cls(seen, composed.number) if long_enough else None


@dataclass(frozen=True)
class LineReport:
    """What was reached after an epoch.

    Attributes
    ----------
    epoch : int
    cost : float
        -ln of the likelihood of the number, the mean over the lines.
    right : float
        Share of the checked lines whose likeliest path means the right number.
    """

    epoch: int
    cost: float
    right: float


def teach(
    network: SequenceModel,
    lines: Sequence[Line],
    checked: Sequence[Line],
    epochs: int,
    rng: np.random.Generator,
) -> Iterator[LineReport]:
    """Train the network in place.

    Parameters
    ----------
    network : SequenceModel
    lines : sequence of Line
        They teach.
    checked : sequence of Line
        They only tell what was reached.
    epochs : int
    rng : numpy.random.Generator
        Draws the order.

    Yields
    ------
    LineReport
        One for each epoch.
    """
    descent = Adam(network.parameters)
    lengths = np.array([len(line.columns) for line in lines])
    steps = epochs * -(-len(lines) // _BATCH)
    step = 0
    for epoch in range(1, epochs + 1):
        total = 0.0
        for some in _batches(lengths, rng):
            rate = SCHEDULES["cosine"](step / steps) * min(1, (step + 1) / _WARM_UP)
            total += _learn(network, descent, [lines[i] for i in some], _LEARNING_RATE * rate)
            step += 1
        right = sum(greedy_decode(said(network, line)) == line.number for line in checked)
        yield LineReport(epoch, total / len(lines), right / max(1, len(checked)))


def said(network: SequenceModel, line: Line) -> Array:
    """What the network says at each place of a line: shape (T, 11)."""
    return network.read(windows(line.columns.astype(np.float32)))


def _batches(lengths: NDArray[np.intp], rng: np.random.Generator) -> list[NDArray[np.intp]]:
    """Lines of about the same length together, in a new order."""
    order = np.argsort(lengths + rng.uniform(0, 8, len(lengths)))
    batches = np.split(order, np.arange(_BATCH, len(order), _BATCH))
    return [batches[i] for i in rng.permutation(len(batches))]


def _learn(
    network: SequenceModel, descent: Adam, lines: Sequence[Line], learning_rate: float
) -> float:
    """Take one step; the cost of the lines before it."""
    paper = np.zeros((network.reach, SIZE), np.float32)  # between one line and the next
    seen = [windows(line.columns.astype(np.float32)) for line in lines]
    X = np.concatenate([paper, *chain(*zip(seen, repeat(paper)))]).T
    A = network.forward(X)
    said = A[-1]
    begins = np.cumsum([0, *(len(x) + network.reach for x in seen[:-1])])
    parts = [slice(first, first + len(x)) for first, x in zip(begins, seen, strict=True)]
    numbers = [line.number for line in lines]
    P = padded([said[:, part].T for part in parts])
    y = said.copy()  # the paper has no targets of its own
    for part, found in zip(parts, ctc_targets(P, numbers), strict=True):
        y[:, part] = found[: part.stop - part.start].T
    descent.step(backward(network, X, A, y), learning_rate, _L2)
    return -float(log_likelihood(P, numbers).sum())


def save_sequence_model(path: Path, network: SequenceModel, about: Mapping[str, Any]) -> None:
    """Write a sequence model, in 16 bits a weight.

    Raises
    ------
    WeightsError
        If the file cannot be written.
    """
    arrays: dict[str, Any] = {"about": np.array(json.dumps({**about, "layers": network.layers}))}
    for n, (W, B) in enumerate(zip(network.W, network.B, strict=True)):
        arrays |= {f"W{n}": W.astype(np.float16), f"B{n}": B.astype(np.float16)}
    with replacing(path, WeightsError, WEIGHTS) as file:
        np.savez_compressed(file, **arrays)
