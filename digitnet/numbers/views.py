"""Views of a line: the output of the sequence model for several heights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from digitnet.images.measure.morphology import Grey
from digitnet.nn.functions import Array
from digitnet.numbers.ctc import Floats, Number, log_likelihood, occupied, padded
from digitnet.numbers.features import STEP, columns, windows
from digitnet.numbers.lines import Place
from digitnet.numbers.sequence_model import SequenceModel
from digitnet.numbers.strip import DIGIT, first_column, strip


@dataclass(frozen=True)
class ViewLimits:
    """Heights of the views."""

    scales: tuple[float, ...] = (0.7, 1.0, 1.35)
    """Factors of the line's height, which may have been measured wrongly."""
    shifts: tuple[float, ...] = (-0.1, 0.1)
    """Vertical shifts of the views, in heights."""


class View(NamedTuple):
    """The output of the sequence model for a line cut out at one height.

    Attributes
    ----------
    place : Place
        Its position.
    P : ndarray, shape (T, 11)
        Probability of each digit and of the blank at each place.
    """

    place: Place
    P: Array

    def middles(self, number: Number) -> Floats:
        """Column of the picture of the middle of each digit of a number."""
        digits = occupied(padded([self.P]), [number])[0, :, 1 : 2 * len(number) : 2]
        places = np.arange(len(self.P)) @ digits / np.maximum(digits.sum(axis=0), 1e-9)
        across = STEP * (places + 0.5) * self.place.height / DIGIT
        columns: Floats = first_column(self.place) + across
        return columns


def read_views(
    network: SequenceModel, contrast: Grey, place: Place, limits: ViewLimits = ViewLimits()
) -> list[View]:
    """Read a line at several heights.

    Parameters
    ----------
    network : SequenceModel
    contrast : ndarray of float32, shape (height, width)
        Contrast of each pixel to its paper, before any stage removed ink.
    place : Place
        Approximate position of the line.
    limits : ViewLimits
    """
    found = []
    for scale in limits.scales:
        for shift in limits.shifts:
            middle, height = place.middle + shift * place.height, scale * place.height
            tried = place._replace(middle=middle, height=height)
            X = windows(columns(strip(contrast, tried)))
            found.append(View(tried, network.read(X)))
    return found


def log_likelihoods(views: Sequence[View], numbers: Sequence[Number]) -> Floats:
    """ln p of each number in each view: shape (views, numbers)."""
    P = padded([view.P for view in views])
    logs = log_likelihood(np.repeat(P, len(numbers), axis=0), [*numbers] * len(views))
    return logs.reshape(len(views), len(numbers))
