"""The hypotheses about a picture, and their probabilities.

A picture's ink may be one digit, one digit turned by a quarter, or lines of digits. Each is a
hypothesis with a score in nats, by what the single-digit model and the sequence model give it;
the posterior gives the answer, its probability and the runner-up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from digitnet.images.form.mnist import to_mnist
from digitnet.images.page import Page
from digitnet.model.digit import Digit, read_forms
from digitnet.numbers.line_reading import LineReading, log_likelihood_of, posterior
from digitnet.numbers.lines import place_of_all
from digitnet.numbers.number_reader import NumberReader
from digitnet.numbers.pieces import Line


@dataclass(frozen=True)
class HypothesisLimits:
    """Limits and prior scores of the hypotheses about a picture."""

    alone: float = 3.0
    """Nats in favour of one digit, which most pictures show."""
    turned: float = 4.0
    """Nats against a picture that is turned by a quarter."""


@dataclass(frozen=True, eq=False)
class Hypothesis:
    """A hypothesis about what a picture shows.

    Attributes
    ----------
    nats : float
        Its score.
    lines : tuple of LineReading
        Lines from top to bottom; empty for a single digit.
    whole : Digit or None
        All the ink, read as one upright digit.
    turned : bool
        Whether that digit is more probable turned by a quarter.
    left_out : int
        Lines that are much smaller than the clearest one, and left out.
    probability : float
        Posterior, among all the hypotheses about the picture.
    """

    nats: float
    lines: tuple[LineReading, ...] = ()
    whole: Digit | None = None
    turned: bool = False
    left_out: int = 0
    probability: float = 1.0

    @property
    def text(self) -> str:
        """Its digits, a newline between two lines."""
        if self.whole is not None:
            return str(self.whole.digit)
        return "\n".join("".join(map(str, line.number)) for line in self.lines)


def hypotheses(
    reader: NumberReader, lines: Sequence[Line], *, number: bool, limits: HypothesisLimits
) -> tuple[Hypothesis, ...]:
    """Propose all hypotheses about a picture and score them, the most probable first.

    The sequence model is only used if there is more than one piece, or a wide one that is no sure
    digit; otherwise the ink is one digit, upright or turned.

    Parameters
    ----------
    reader : NumberReader
        The readers of the page.
    lines : sequence of list of Piece
        From :func:`digitnet.numbers.pieces.find_lines`.
    number : bool
        Leave out the hypothesis of a single digit.
    limits : HypothesisLimits

    Returns
    -------
    tuple of Hypothesis
        Empty for a pattern that is read as a number.
    """
    pieces = [piece for line in lines for piece in line]
    whole = None if number else _whole(reader)
    is_alone = whole is not None and _is_alone(pieces, whole, reader.limits.segment.broad)
    proposed = [] if is_alone else _in_lines(reader, lines)
    if whole is not None and (len(pieces) <= reader.limits.broken or not proposed):
        one_digit = _one_digit(reader, whole, [] if is_alone else pieces, limits)
        texts = {one.text for one in one_digit}
        proposed = [one for one in proposed if one.text not in texts] + one_digit
    if not proposed:
        return ()
    proposed.sort(key=lambda one: -one.nats)
    shares = posterior(np.array([one.nats for one in proposed]))
    return tuple(
        replace(one, probability=float(share)) for one, share in zip(proposed, shares, strict=True)
    )


def _in_lines(reader: NumberReader, lines: Sequence[Line]) -> list[Hypothesis]:
    """All the ink as lines of digits; empty for a pattern."""
    found = reader.read(lines)
    if not found:
        return []
    kept = reader.without_print(found)
    nats = sum(float(line.nats[0]) for line in kept)
    return [Hypothesis(nats, tuple(kept), left_out=len(found) - len(kept))]


def _whole(reader: NumberReader) -> Digit:
    """All the ink, read as one digit."""
    (digit,) = read_forms(reader.model, to_mnist(reader.page.pixels)[np.newaxis])
    return digit


def _is_alone(pieces: Line, whole: Digit, broad: float) -> bool:
    """Whether there is one piece at most, and it is a sure digit or too narrow for two."""
    if not pieces:
        return True
    is_wide = pieces[0].width > broad * pieces[0].height
    return len(pieces) == 1 and (whole.sure or not is_wide)


def _one_digit(
    reader: NumberReader, upright: Digit, pieces: Line, limits: HypothesisLimits
) -> list[Hypothesis]:
    """All the ink as one digit, upright and, if that is improbable, turned by a quarter."""
    found = [Hypothesis(_score(reader, upright, pieces) + limits.alone, whole=upright)]
    if upright.surprise <= limits.turned:  # no rotation can be more probable
        return found
    turned = np.stack([np.rot90(upright.form), np.rot90(upright.form, 3)])
    for quarters, digit in zip((1, 3), read_forms(reader.model, turned), strict=True):
        if digit.digit != upright.digit:  # a turned 0 is still a 0
            nats = _score(reader, digit, pieces, quarters) + limits.alone - limits.turned
            found.append(Hypothesis(nats, whole=upright, turned=True))
    return found


def _score(reader: NumberReader, digit: Digit, pieces: Line, quarters: int = 0) -> float:
    """Nats of one digit; by the single-digit model alone if there are no pieces to view."""
    nats = reader.limits.score.proposed - digit.surprise
    if not pieces:
        return nats
    turned = Page(
        reader.page.levels,
        contrast=np.rot90(reader.page.contrast, quarters),
        pixels=np.rot90(reader.page.pixels, quarters),
    )
    views = replace(reader, page=turned).views(place_of_all(turned.pixels, reader.limits.place))
    together, _ = log_likelihood_of(views, [(digit.digit,)])
    return nats + float(together[0])
