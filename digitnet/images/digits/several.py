"""Whether a picture holds one digit or several."""

from __future__ import annotations

from itertools import pairwise

from digitnet.images.digits.pieces import Box, lines, pieces
from digitnet.images.measure.morphology import Grey

_MNIST = 32  # a picture no larger than MNIST's holds one digit, however broken it is
# Shares of the height of the highest piece: the height of a digit, the gap that no broken digit
# has, and the width of a piece that may be, and that must be, several digits that touch.
_FULL, _GAP, _WIDE, _WIDEST = 0.6, 0.15, 1.0, 1.7
_OVERLAP = 0.3  # of the narrower's width: as much as slanted neighbours overlap


def holds_several(ink: Grey) -> bool:
    """Whether there plainly are several digits: two of full height, side by side or stacked.

    Parameters
    ----------
    ink : ndarray of float32, shape (height, width)
    """
    found = _full(ink)
    apart = any(b[0] - a[2] > _GAP * _highest(found) for line in found for a, b in pairwise(line))
    return _are_stacked(found) or apart or _has_wide(found, _WIDEST)


def may_hold_several(ink: Grey) -> bool:
    """Whether pieces are side by side or stacked, or one is as wide as two digits that touch.

    Parameters
    ----------
    ink : ndarray of float32, shape (height, width)
    """
    found = _full(ink)
    beside = any(
        a[2] - b[0] < _OVERLAP * min(a[2] - a[0], b[2] - b[0])
        for line in found
        for a, b in pairwise(line)
    )
    return _are_stacked(found) or beside or _has_wide(found, _WIDE)


def _full(ink: Grey) -> list[list[Box]]:
    """Boxes of the pieces that are as high as a digit, line by line."""
    if max(ink.shape) <= _MNIST:
        return []
    found = lines(pieces(ink))
    height = max((piece.height for line in found for piece in line), default=0)
    full = [[piece.box for piece in line if piece.height > _FULL * height] for line in found]
    return [line for line in full if line]


def _are_stacked(found: list[list[Box]]) -> bool:
    """Whether a line is wholly below another: pieces of a digit broken aslant are partly so."""
    return any(
        max(box[3] for box in upper) <= min(box[1] for box in lower)
        for upper, lower in pairwise(found)
    )


def _highest(found: list[list[Box]]) -> int:
    """Height of the highest piece, or of all where lines overlap: a digit broken aslant."""
    boxes = [box for line in found for box in line]
    if len(found) > 1 and not _are_stacked(found):
        return max(box[3] for box in boxes) - min(box[1] for box in boxes)
    return max(box[3] - box[1] for box in boxes)


def _has_wide(found: list[list[Box]], widths: float) -> bool:
    """Whether a piece is wider than so many times the height of the highest."""
    return any(box[2] - box[0] > widths * _highest(found) for line in found for box in line)
