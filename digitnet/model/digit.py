"""Read a single digit: its form, its input and the answer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digitnet.images.form.inputs import INPUTS
from digitnet.images.html import row
from digitnet.images.measure.components import Box
from digitnet.model.doubt import doubts
from digitnet.model.html import answer_html, bars_html, ink_html
from digitnet.model.model import Model

_LEAST: Final = 1e-9
"""Least probability, so that its logarithm is finite."""


@dataclass(frozen=True, eq=False, repr=False)
class Digit:
    """A digit read by a model.

    Attributes
    ----------
    digit : int
        The answer: the largest output.
    certainties : tuple of ten floats
        One a digit, from 0 to 1; they sum to 1.
    form : ndarray of uint8, shape (28, 28)
        The digit in MNIST's form.
    seen : ndarray of uint8, shape (28, 28)
        The same, normalised, from which the inputs are computed.
    why : str or None
        Why the answer is not sure, as one short sentence; None if it is sure.
    box : tuple of int, optional
        Left, top, right, bottom in the picture's pixels, for one digit of several.
    inputs : str
        Kind of input: "pixels" or "orientations".
    output : float
        The network's output for the answer: about 1 for a digit, low for a non-digit.
    """

    digit: int
    certainties: tuple[float, ...]
    form: NDArray[np.uint8]
    seen: NDArray[np.uint8]
    why: str | None = None
    box: Box | None = None
    inputs: str = "pixels"
    output: float = 1.0

    @property
    def drawn(self) -> NDArray[np.uint8]:
        """A drawing of the network's input: uint8 of shape (28, 28)."""
        return INPUTS[self.inputs].drawn(self.seen)

    @property
    def certainty(self) -> float:
        """Confidence of the answer."""
        return self.certainties[self.digit]

    @property
    def surprise(self) -> float:
        """-ln(p a) in nats: how unlikely it is that this is a digit, and this one."""
        return -math.log(max(self.certainty * min(self.output, 1.0), _LEAST))

    @property
    def sure(self) -> bool:
        """Whether the answer is sure."""
        return self.why is None

    @property
    def seen_html(self) -> str:
        """The picture of what the network saw, as HTML."""
        return ink_html(self.seen, "what the network saw, with place, size and slant taken out")

    @property
    def bars_html(self) -> str:
        """The ten certainties as bars, as HTML."""
        return bars_html(self.digit, self.certainties)

    def _repr_html_(self) -> str:
        """Draw it in a notebook: what was seen of it, the answer and ten bars."""
        return row(self.seen_html, answer_html(str(self.digit), self.why), self.bars_html)

    def __repr__(self) -> str:
        doubt = "" if self.why is None else f", not sure: {self.why}"
        return f"Digit({self.digit}, {self.certainty:.1%} certain{doubt})"


def read_forms(model: Model, forms: NDArray[np.uint8]) -> list[Digit]:
    """Read pictures in MNIST's form, each as one digit.

    Parameters
    ----------
    model : Model
    forms : ndarray of uint8, shape (N, 28, 28)
        Light ink on a dark ground.
    """
    seen = model.prepare(forms)
    outputs = model.answer(seen)
    certainties = model.certainty.of(outputs)
    answers = outputs.argmax(axis=1)
    return [
        Digit(
            int(answers[i]),
            tuple(certainties[i].tolist()),
            forms[i],
            seen[i],
            why,
            inputs=model.inputs,
            output=float(outputs[i].max()),
        )
        for i, why in enumerate(doubts(model, outputs))
    ]
