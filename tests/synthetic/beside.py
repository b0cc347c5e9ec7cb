"""What stands on the paper beside the digit: boxes, lines, holes and other digits."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .paper import Shape
from .writing import Grey, Span, bounds, sample_digits, strokes

Point = tuple[float, float] | NDArray[np.float64]


def line(shape: Shape, start: Point, end: Point, width: float) -> Grey:
    """A straight stroke with round ends, of a width in pixels: 1 on it. Points are x, y."""
    y, x = np.indices(shape, dtype=np.float32)
    across, down = end[0] - start[0], end[1] - start[1]
    length = max(float(np.hypot(across, down)), 1e-6)
    along = ((x - start[0]) * across + (y - start[1]) * down) / length
    beside = np.hypot(
        x - start[0] - along.clip(0, length) * across / length,
        y - start[1] - along.clip(0, length) * down / length,
    )
    drawn: Grey = (width / 2 + 0.5 - beside).clip(0, 1).astype(np.float32)
    return drawn


def box(
    ink: Grey, rng: np.random.Generator, width: float, gap: Span, touches: int, skew: float
) -> Grey:
    """Four lines around the digit, as of a form: 1 on a line.

    Parameters
    ----------
    ink : ndarray of float32, shape (height, width)
        The digit on its page.
    rng : numpy.random.Generator
    width : float
        Of the lines, as a share of the digit's height.
    gap : tuple of float
        Least and greatest distance from the digit, as a share of its height. What is beyond the
        picture is cut off.
    touches : int
        Up to so many of the lines touch the digit, or cross it a little.
    skew : float
        How far each corner is off, as a share of the digit's height, if the box was drawn by
        hand.
    """
    left, top, right, bottom = bounds(ink)
    height = bottom - top
    wider = max(0.0, 0.6 * height - (right - left)) / 2  # a cell is as wide for a 1
    gaps = rng.uniform(*gap, 4) * height + [wider, 0, wider, 0]
    for side in rng.permutation(4)[: rng.integers(touches, endpoint=True)]:
        gaps[side] = rng.uniform(-0.08, 0.02) * height
    x, y, across, down = np.array([left, top, right, bottom]) + gaps * [-1, -1, 1, 1]
    corners = np.array([(x, y), (across, y), (across, down), (x, down)])
    corners += rng.uniform(-skew, skew, corners.shape) * height
    drawn = np.zeros_like(ink)
    for start, end in pairwise([*corners, corners[0]]):
        np.maximum(drawn, line(ink.shape, start, end, max(1.0, width * height)), out=drawn)
    return drawn


def underline(ink: Grey, rng: np.random.Generator, width: float, gap: Span, twice: bool) -> Grey:
    """One or two strokes below the digit; lengths as for `box`."""
    left, top, right, bottom = bounds(ink)
    height = bottom - top
    reach = rng.uniform(0.35, 0.7, 2) * height
    middle = (left + right) / 2
    slope = rng.uniform(-0.05, 0.05)
    y = bottom + (rng.uniform(*gap) + width / 2) * height
    drawn = np.zeros_like(ink)
    for row in (y, y + (2 * width + 0.05) * height)[: 1 + twice]:
        start = (middle - reach[0], row + slope * reach[0])
        end = (middle + reach[1], row - slope * reach[1])
        np.maximum(drawn, line(ink.shape, start, end, max(1.0, width * height)), out=drawn)
    return drawn


def line_through(ink: Grey, rng: np.random.Generator, width: float, at: Span) -> Grey:
    """A line from edge to edge, at a share of the digit's height below its top."""
    _, top, _, bottom = bounds(ink)
    y = top + rng.uniform(*at) * (bottom - top)
    rise = rng.uniform(-0.02, 0.02) * ink.shape[1]
    thick = max(1.0, width * (bottom - top))
    return line(ink.shape, (-thick, y - rise), (ink.shape[1] + thick, y + rise), thick)


def lines_below(ink: Grey, rng: np.random.Generator, width: float, gap: float) -> Grey:
    """Lines of ruled paper, slightly bent, of which one is at the digit's foot; lengths as above.

    Of a number, which stands on the line, each digit is on it, or ends a little above or below.
    """
    _, top, _, bottom = bounds(ink)
    height = bottom - top
    y, x = np.indices(ink.shape, dtype=np.float32)
    across = x / ink.shape[1] - np.float32(0.5)
    slope, bend = rng.uniform(-0.04, 0.04), rng.uniform(-0.03, 0.03)
    foot = bottom + rng.uniform(-0.1, 0.15) * height
    way = y - foot + ink.shape[1] * (slope * across + bend * across**2)
    from_line = np.abs((way + gap * height / 2) % (gap * height) - gap * height / 2)
    drawn: Grey = (max(1.0, width * height) / 2 + 0.5 - from_line).clip(0, 1).astype(np.float32)
    return drawn


def discs(ink: Grey, rng: np.random.Generator, count: int, radius: Span, gap: float) -> Grey:
    """Solid round pieces that keep a gap from the digit; lengths as for `box`."""
    y, x = np.indices(ink.shape, dtype=np.float32)

    def disc(middle: Point, size: float) -> Grey:
        drawn: Grey = (size + 0.5 - np.hypot(x - middle[0], y - middle[1])).clip(0, 1)
        return drawn

    return _scattered(ink, rng, count, radius, gap, disc)


def marks(
    ink: Grey, rng: np.random.Generator, count: int, length: Span, width: float, gap: float
) -> Grey:
    """Short strokes of a pen that keep a gap from the digit; lengths as for `box`."""
    thick = max(1.0, width * (bounds(ink)[3] - bounds(ink)[1]))

    def mark(middle: Point, half: float) -> Grey:
        turn = rng.uniform(0, np.pi)
        reach = np.array([np.cos(turn), np.sin(turn)]) * max(0.0, half - thick / 2)
        return line(ink.shape, middle - reach, middle + reach, thick)

    return _scattered(ink, rng, count, (length[0] / 2, length[1] / 2), gap, mark)


def _scattered(
    ink: Grey,
    rng: np.random.Generator,
    count: int,
    radius: Span,
    gap: float,
    draw: Callable[[Point, float], Grey],
) -> Grey:
    """So many pieces, each apart from the digit and from the others, as far as there is room."""
    left, top, right, bottom = bounds(ink)
    height = bottom - top
    drawn = np.zeros_like(ink)
    for _ in range(100):
        size = rng.uniform(*radius) * height
        middle = rng.uniform((0, 0), ink.shape[::-1])
        apart = np.maximum([left, top] - middle, middle - [right, bottom]).max() - size
        piece = draw(middle, size)
        if apart < gap * height or (piece.any() and (piece * drawn).any()):
            continue
        np.maximum(drawn, piece, out=drawn)
        count -= 1
        if not count:
            break
    return drawn


def neighbours(ink: Grey, rng: np.random.Generator, weight: float, seen: Span, count: int) -> Grey:
    """Parts of other digits, of which the picture's edges cut off the rest.

    Parameters
    ----------
    ink : ndarray of float32, shape (height, width)
    rng : numpy.random.Generator
    weight : float
        Of their strokes, in 28ths of their square.
    seen : tuple of float
        Least and greatest share of a neighbour that is in the picture.
    count : int
        On so many sides, those that have most room.
    """
    left, top, right, bottom = bounds(ink)
    rows, columns = ink.shape
    room = {"left": left, "right": columns - right, "top": top, "bottom": rows - bottom}
    drawn = np.zeros_like(ink)
    for side in sorted(room, key=lambda side: -room[side])[:count]:
        digits = sample_digits().images
        square = round(max(bottom - top, right - left) * 28 / 20 * rng.uniform(0.85, 1.15))
        other = strokes(digits[rng.integers(len(digits))], square, weight, 1.5)
        inked = other[slice(*bounds(other)[1::2]), slice(*bounds(other)[0::2])]
        length = inked.shape[side in {"left", "right"}]
        part = min(round(rng.uniform(*seen) * length), room[side] - round(0.12 * (bottom - top)))
        if part > 1:
            along = left if side in {"top", "bottom"} else top
            shift = round(along + rng.uniform(-0.2, 0.2) * (bottom - top))
            _cut_off(drawn, inked, side, part, shift)
    return drawn


def _cut_off(page: Grey, inked: Grey, side: str, part: int, shift: int) -> None:
    """Put the part of a digit at a side of the page, from so many pixels along it."""
    turns = {"left": 0, "top": 1, "right": 2, "bottom": 3}[side]
    # With the side on the left, the last columns of the digit are in the picture.
    view, piece = np.rot90(page, turns), np.rot90(inked, turns)[:, -part:]
    first = shift if turns in {0, 3} else len(view) - shift - len(piece)
    start, skipped = max(first, 0), max(-first, 0)
    place = view[start : start + len(piece) - skipped, :part]
    np.maximum(place, piece[skipped : skipped + len(place)], out=place)
