"""Whether a picture holds one digit or several, as far as its pieces tell."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from digitnet.images.digits.pieces import Box, Line


@dataclass(frozen=True)
class SeveralLimits:
    """What tells several digits from one that is broken.

    The height is that of the highest piece, or of all together where lines overlap.
    """

    tiny: int = 32
    """Pixels along the longer side; a picture no larger holds one digit, however broken it is."""
    full: float = 0.6
    """Share of the highest piece's height; a lower piece is no digit of its own."""
    gap: float = 0.15
    """Share of the height; no digit is broken by a wider gap."""
    overlap: float = 0.3
    """Share of the narrower one's width; slanted neighbours have fewer columns in common."""
    broken: int = 8
    """Pieces that are as high as a digit; no digit is broken into more."""
    wide: float = 1.0
    """Widths for each height; a wider piece may be several digits that touch."""
    widest: float = 1.7
    """Widths for each height; a wider piece is several digits that touch."""


def are_too_many(lines: list[Line], limits: SeveralLimits = SeveralLimits()) -> bool:
    """Whether there are more pieces than one digit is broken into: a page of digits."""
    return sum(len(line) for line in _full(lines, limits)) > limits.broken


def may_hold_several(
    lines: list[Line], shape: tuple[int, ...], limits: SeveralLimits = SeveralLimits()
) -> bool:
    """Whether pieces are side by side or stacked, or one is as wide as two digits that touch.

    Parameters
    ----------
    lines : list of list of Piece
        As :func:`digitnet.images.digits.pieces.find_lines` gives them.
    shape : tuple of int
        Height and width of the picture, in pixels.
    limits : SeveralLimits
    """
    if max(shape) <= limits.tiny:
        return False
    found = _full(lines, limits)
    beside = any(
        a[2] - b[0] < limits.overlap * min(a[2] - a[0], b[2] - b[0])
        for line in found
        for a, b in pairwise(line)
    )
    return _are_stacked(found) or beside or _has_wide(found, limits.wide)


def holds_several(lines: list[Line], limits: SeveralLimits = SeveralLimits()) -> bool:
    """Whether there plainly are several digits: two of full height, side by side or stacked.

    Parameters
    ----------
    lines : list of list of Piece
        Of a picture that may hold several.
    limits : SeveralLimits
    """
    found = _full(lines, limits)
    apart = any(
        b[0] - a[2] > limits.gap * _height(found) for line in found for a, b in pairwise(line)
    )
    return _are_stacked(found) or apart or _has_wide(found, limits.widest)


def _full(lines: list[Line], limits: SeveralLimits) -> list[list[Box]]:
    """Boxes of the pieces that are as high as a digit, line by line."""
    least = limits.full * max((piece.height for line in lines for piece in line), default=0)
    full = [[piece.box for piece in line if piece.height > least] for line in lines]
    return [line for line in full if line]


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
