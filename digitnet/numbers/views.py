"""Looking along a line: what a network says at each place of it, at several heights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from digitnet.images.measure.morphology import Grey
from digitnet.nn.functions import Array
from digitnet.numbers.ctc import Floats, Number, batch, wanted
from digitnet.numbers.features import STEP, columns, windows
from digitnet.numbers.place import Place
from digitnet.numbers.sequence_model import SequenceModel
from digitnet.numbers.strip import DIGIT, first_column, strip


@dataclass(frozen=True)
class ViewLimits:
    """At which heights a line is looked at."""

    scales: tuple[float, ...] = (0.7, 1.0, 1.35)
    """Times the height that a line was found to have: a wrong one makes the digits odd."""
    shifts: tuple[float, ...] = (-0.1, 0.1)
    """Heights by which it is looked at from above and below."""


class Look(NamedTuple):
    """What the network says along a line that was cut out of a picture in one way.

    Attributes
    ----------
    place : Place
        Where it was cut out.
    P : ndarray, shape (T, 11)
        Probability of each digit and of NOTHING at each place.
    """

    place: Place
    P: Array

    def middles(self, number: Number) -> Floats:
        """Column of the picture where each digit of a number has its middle."""
        _, at = wanted(batch([self.P]), [number])
        digits = at[0, :, 1 : 2 * len(number) : 2]
        places = np.arange(len(self.P)) @ digits / np.maximum(digits.sum(axis=0), 1e-9)
        across = STEP * (places + 0.5) * self.place.height / DIGIT
        columns: Floats = first_column(self.place) + across
        return columns


def read_views(
    network: SequenceModel, contrast: Grey, place: Place, limits: ViewLimits = ViewLimits()
) -> list[Look]:
    """Look along a line at several heights.

    Parameters
    ----------
    network : SequenceModel
    contrast : ndarray of float32, shape (height, width)
        Of each pixel to its paper: what was taken for no ink is still there.
    place : Place
        Where the line is, more or less.
    limits : ViewLimits
    """
    found = []
    for scale in limits.scales:
        for shift in limits.shifts:
            middle, height = place.middle + shift * place.height, scale * place.height
            tried = place._replace(middle=middle, height=height)
            X = windows(columns(strip(contrast, tried)))
            found.append(Look(tried, network.along(X)))
    return found
