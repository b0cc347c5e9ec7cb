"""Whether a picture holds one digit or several, as far as its pieces tell."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from digitnet.numbers.pieces import Box, Line


@dataclass(frozen=True)
class SeveralLimits:
    """What tells several digits from one that is broken.

    The height is that of the highest piece, or of all together where lines overlap.
    """

    gap: float = 0.15
    """Share of the height; no digit is broken by a wider gap."""
    broken: int = 8
    """Pieces; no digit is broken into more."""
    wide: float = 1.0
    """Widths for each height; a wider piece may be several digits that touch."""
    widest: float = 1.7
    """Widths for each height; a wider piece is several digits that touch."""


def are_too_many(lines: list[Line], limits: SeveralLimits = SeveralLimits()) -> bool:
    """Whether there are more pieces than one digit is broken into: a page of digits."""
    return sum(map(len, lines)) > limits.broken


def may_hold_several(lines: list[Line], limits: SeveralLimits = SeveralLimits()) -> bool:
    """Whether pieces are side by side or stacked, or one is as wide as two digits that touch.

    Parameters
    ----------
    lines : list of list of Piece
        As :func:`digitnet.numbers.pieces.find_lines` gives them.
    limits : SeveralLimits
    """
    found = _boxes(lines)
    beside = any(len(line) > 1 for line in found)
    return _are_stacked(found) or beside or _has_wide(found, limits.wide)


def holds_several(lines: list[Line], limits: SeveralLimits = SeveralLimits()) -> bool:
    """Whether there plainly are several digits: two that are plainly apart, or stacked.

    Parameters
    ----------
    lines : list of list of Piece
        Of a picture that may hold several.
    limits : SeveralLimits
    """
    found = _boxes(lines)
    apart = any(
        b[0] - a[2] > limits.gap * _height(found) for line in found for a, b in pairwise(line)
    )
    return _are_stacked(found) or apart or _has_wide(found, limits.widest)


def _boxes(lines: list[Line]) -> list[list[Box]]:
    return [[piece.box for piece in line] for line in lines]


def _are_stacked(found: list[list[Box]]) -> bool:
    """Whether a line is wholly below another: pieces of a digit broken aslant are partly so."""
    return any(
        max(box[3] for box in upper) <= min(box[1] for box in lower)
        for upper, lower in pairwise(found)
    )


def _height(found: list[list[Box]]) -> int:
    """Height of the highest piece, or of all where lines overlap: a digit broken aslant."""
    boxes = [box for line in found for box in line]
    if len(found) > 1 and not _are_stacked(found):
        return max(box[3] for box in boxes) - min(box[1] for box in boxes)
    return max(box[3] - box[1] for box in boxes)


def _has_wide(found: list[list[Box]], widths: float) -> bool:
    """Whether a piece is wider than so many times the height."""
    return any(box[2] - box[0] > widths * _height(found) for line in found for box in line)
