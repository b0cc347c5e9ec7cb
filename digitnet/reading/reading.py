"""The answer to a picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitnet.images.colours import EITHER
from digitnet.images.html import row
from digitnet.images.page import Page
from digitnet.model.digit import Digit
from digitnet.model.html import answer_html, ink_html


@dataclass(frozen=True, eq=False, repr=False)
class Reading:
    """The answer to a picture.

    Attributes
    ----------
    lines : tuple of tuple of Digit
        Lines from top to bottom, and the digits of each from left to right.
    several : bool
        Whether it was read digit by digit, each with a box; else all its ink is one digit.
    ink : Page
        The ink of the picture.
    doubt : str, optional
        Why no answer to the picture is sure, as one short sentence.
    """

    lines: tuple[tuple[Digit, ...], ...]
    several: bool
    ink: Page
    doubt: str | None = None

    @property
    def digits(self) -> tuple[Digit, ...]:
        """All digits in reading order."""
        return tuple(digit for line in self.lines for digit in line)

    @property
    def text(self) -> str:
        """The digits as text, a newline between two lines."""
        return "\n".join("".join(str(digit.digit) for digit in line) for line in self.lines)

    @property
    def certainty(self) -> float:
        """The least confidence of its digits."""
        return min(digit.certainty for digit in self.digits)

    @property
    def sure(self) -> bool:
        """Whether the picture and all its digits are sure."""
        return self.why is None

    @property
    def why(self) -> str | None:
        """Why it is not sure: the picture's reason, else that of the first digit that has one."""
        if self.doubt is not None:
            return self.doubt
        return next((digit.why for digit in self.digits if digit.why is not None), None)

    def _repr_html_(self) -> str:
        """Draw it in a notebook: the ink, the answer, and each digit; of one digit ten bars."""
        ink = ink_html(np.rint(255 * self.ink.pixels).astype(np.uint8), "the ink that was found")
        answer = answer_html(self.text, self.why)
        if not self.several:
            (digit,) = self.digits
            return row(ink, digit.seen_html, answer, digit.bars_html)
        lines = (row(*map(_small, line)) for line in self.lines)
        return row(ink, f"<div>{answer}{''.join(lines)}</div>")

    def __repr__(self) -> str:
        doubt = "" if self.why is None else f", not sure: {self.why}"
        return f"Reading({self.text!r}, {self.certainty:.1%} certain{doubt})"


def _small(digit: Digit) -> str:
    """What was seen of a digit, and below it the answer, in HTML."""
    answer = f"{digit.digit}, {digit.certainty:.1%}"
    colour = "inherit" if digit.sure else EITHER.orange
    return f'<div style="text-align:center;color:{colour}">{digit.seen_html}<br>{answer}</div>'
