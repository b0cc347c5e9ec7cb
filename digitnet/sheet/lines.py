"""Locate a box by its printed lines, and remove them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np

from digitnet.images.measure.morphology import Grey
from digitnet.sheet.crops import HEIGHT, MARGIN, SCALE, WIDTH
from digitnet.sheet.page import box


@dataclass(frozen=True)
class PrintedLineLimits:
    """How to recognise a printed line. Pixels are those of a crop, 8 a millimetre."""

    shift: int = 18
    """Most pixels by which a box is displaced on a page that is not quite flat."""
    slack: int = 3
    """Most pixels by which a line leans to each side."""
    most: float = 0.3
    """Most contrast of a printed line: anything darker is a stroke along it."""
    seen: float = 0.9
    """Fraction of a line's best contrast that still belongs to the line."""
    band: int = 6
    """Pixels on each side of a line within which it is removed, and ink does not reach the box."""


def box_at(page: Grey, label: int, column: int, limits: PrintedLineLimits) -> Grey:
    """Box with a margin around it, aligned to its lines."""
    x, y = (round(place * SCALE) for place in box(label, column))
    most = limits.shift
    reach = MARGIN + most
    around = page[y - reach : y + HEIGHT + reach, x - reach : x + WIDTH + reach]
    right, down = _shift(around, WIDTH, limits), _shift(around.T, HEIGHT, limits)
    height, width = around.shape
    return around[most + down : down + height - most, most + right : right + width - most].copy()


def without_lines(around: Grey, limits: PrintedLineLimits) -> Grey:
    """Subtract each of the four lines in a narrow band along it."""
    for picture, size in ((around, WIDTH), (around.T, HEIGHT)):
        for middle in (MARGIN, MARGIN + size):
            band = picture[:, middle - limits.band : middle + limits.band + 1]
            band -= _upright(band[MARGIN:-MARGIN], limits.slack).clip(0, limits.most)
    return around


def _shift(around: Grey, width: int, limits: PrintedLineLimits) -> int:
    """Displacement of the box to the right: where both its left and its right line are.

    A tall 1 also looks like a line, but has no second one at the distance of the other line.
    """
    seen = _upright(around, limits.slack)
    lefts = MARGIN + np.arange(2 * limits.shift + 1)
    both = np.minimum(seen[lefts], seen[lefts + width])
    if both.max() <= 0:
        return 0
    # A line shows over the whole slack: the box is at its middle.
    places = np.flatnonzero(both > limits.seen * both.max())
    return round(float(places.mean())) - limits.shift


def _upright(picture: Grey, slack: int) -> Grey:
    """Contrast of a line down each column: the median of the largest within the slack.

    The median responds to a line as high as the picture, and hardly to the digit; the slack
    allows the line to lean, as it does on a curled page.
    """
    padded = np.pad(picture, ((0, 0), (slack, slack)), mode="edge")
    width = picture.shape[1]
    leaning = (padded[:, i : i + width] for i in range(2 * slack + 1))
    line: Grey = np.median(reduce(np.maximum, leaning), axis=0)
    return line
