"""Reasons why no answer to a picture is sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digitnet.images.page import Page
from digitnet.numbers.hypotheses import Hypothesis
from digitnet.numbers.pieces import Line


@dataclass(frozen=True)
class PictureDoubtLimits:
    """Limits of doubtful pictures."""

    lowest: int = 7
    """Least height of writing in pixels; in lower writing, a 3 looks like an 8."""
    left_out: float = 0.5
    """Most dropped strokes, by those that were read."""
    likely: float = 0.1
    """Least probability of another hypothesis that is named."""


def picture_doubt(
    page: Page,
    lines: Sequence[Line],
    hypotheses: Sequence[Hypothesis],
    limits: PictureDoubtLimits = PictureDoubtLimits(),
) -> str | None:
    """Why no answer to the picture is sure, as one short sentence; None without a reason.

    Parameters
    ----------
    page : Page
        With its ink.
    lines : sequence of list of Piece
        All the pieces of the ink.
    hypotheses : sequence of Hypothesis
        Hypotheses about the picture, the most probable first.
    limits : PictureDoubtLimits
    """
    height = max((_height(line) for line in lines), default=limits.lowest)
    if height < limits.lowest:
        return f"the writing is {height} pixels high, too small to tell"
    if page.left_out > limits.left_out:
        return "much of the ink was left out, and may be writing"
    best, *others = hypotheses
    if best.turned:
        return "the picture may be turned"
    other = next((one for one in others if one.probability >= limits.likely), None)
    if other is not None:
        return _named(other)
    return _left_out(best.left_out)


def _height(line: Line) -> int:
    """Rows from the first with ink to the last."""
    return max(piece.box[3] for piece in line) - min(piece.box[1] for piece in line)


def _named(other: Hypothesis) -> str:
    """Reason that names another probable hypothesis."""
    if other.turned:
        return "the picture may be turned"
    if other.whole is not None:
        return f"it may also be one digit, {other.text}"
    return f"it may also be the number {' '.join(other.text.split())}"


def _left_out(lines: int) -> str | None:
    """Reason for lines that were left out."""
    if not lines:
        return None
    them = "a much smaller line was" if lines == 1 else f"{lines} much smaller lines were"
    return f"{them} left out, and may be writing"
