"""Reading a line: what a network says along it, looked at several times, and what that means."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from digitnet.errors import WeightsError
from digitnet.files import replacing
from digitnet.images.measure.morphology import Grey
from digitnet.lines.columns import STEP, columns, windows
from digitnet.lines.paths import Floats, Number, batch, likeliest_path, log_likelihood, wanted
from digitnet.lines.place import Place
from digitnet.lines.strip import DIGIT, first_column, strip
from digitnet.model.npz import read_npz
from digitnet.model.weights import WEIGHTS
from digitnet.nn.functions import Array
from digitnet.nn.network import Network

ACTIVATION: Final = "relu"
COST: Final = "softmax-cross-entropy"


@dataclass(frozen=True)
class LineLimits:
    """How a line is looked at, and what is made of what was seen."""

    scales: tuple[float, ...] = (0.7, 1.0, 1.35)
    """Times the height that a line was found to have: a wrong one makes the digits odd."""
    shifts: tuple[float, ...] = (-0.1, 0.1)
    """Heights by which it is looked at from above and below."""
    agreed: float = 2.0
    """Nats in favour of the number that the pieces of the ink say."""


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


@dataclass(frozen=True, eq=False)
class LineAnswer:
    """Which numbers a line may be.

    Attributes
    ----------
    numbers : tuple of tuple of int
        The likeliest first.
    shares : ndarray, shape (n,)
        Of all that were thought of: they sum to 1.
    likelihood : float
        Of the first, from 0 to 1: the mean square of the root of what the looks say of it. It is
        low where the line is not like writing.
    look : Look
        The one that says it most clearly.
    """

    numbers: tuple[Number, ...]
    shares: Floats
    likelihood: float
    look: Look

    @property
    def number(self) -> Number:
        """The answer."""
        return self.numbers[0]


class LineReader:
    """A network that looks along lines.

    Parameters
    ----------
    network : Network
        Of SIZE inputs and 11 outputs.
    limits : LineLimits
    """

    def __init__(self, network: Network, limits: LineLimits = LineLimits()) -> None:
        self.network, self.limits = network, limits

    def looks(self, contrast: Grey, place: Place) -> list[Look]:
        """Look along a line at several heights.

        Parameters
        ----------
        contrast : ndarray of float32, shape (height, width)
            Of each pixel to its paper: what was taken for no ink is still there.
        place : Place
            Where the line is, more or less.
        """
        found = []
        for scale in self.limits.scales:
            for shift in self.limits.shifts:
                middle, height = place.middle + shift * place.height, scale * place.height
                tried = place._replace(middle=middle, height=height)
                X = windows(columns(strip(contrast, tried))).T
                found.append(Look(tried, self.network.forward(X).A[-1].T))
        return found

    def answer(self, looks: Sequence[Look], proposed: Number | None = None) -> LineAnswer:
        """Weigh every number that a look or the pieces propose by what all the looks say of it.

        Parameters
        ----------
        looks : sequence of Look
            At least one.
        proposed : tuple of int, optional
            What the pieces of the ink say, each read alone.
        """
        said = {likeliest_path(look.P) for look in looks}
        numbers = sorted(said if proposed is None else said | {proposed})
        P = batch([look.P for look in looks])
        logs = log_likelihood(np.repeat(P, len(numbers), axis=0), numbers * len(looks))
        logs = logs.reshape(len(looks), len(numbers))
        likelihood = np.exp(logs / 2).mean(axis=0) ** 2
        agreed = np.array([number == proposed for number in numbers])
        weights = np.sqrt(likelihood) * np.exp(self.limits.agreed * agreed)
        order = np.argsort(-weights, kind="stable")
        best = order[0]
        return LineAnswer(
            tuple(numbers[i] for i in order),
            weights[order] / max(weights.sum(), np.finfo(float).tiny),
            float(likelihood[best]),
            looks[int(np.argmax(logs[:, best]))],
        )


@cache
def line_reader() -> LineReader:
    """The one that comes with digitnet."""
    with as_file(files("digitnet") / "assets" / "lines.npz") as path:
        return LineReader(load_line_network(path))


def save_line_network(path: Path, network: Network, about: Mapping[str, Any]) -> None:
    """Write a network that looks along lines, in 16 bits a weight.

    Raises
    ------
    WeightsError
        If the file cannot be written.
    """
    arrays: dict[str, Any] = {"about": np.array(json.dumps({**about, "layers": network.sizes}))}
    for n, (W, B) in enumerate(zip(network.W, network.B, strict=True)):
        arrays |= {f"W{n}": W.astype(np.float16), f"B{n}": B.astype(np.float16)}
    with replacing(path, WeightsError, WEIGHTS) as file:
        np.savez_compressed(file, **arrays)


def load_line_network(path: Path) -> Network:
    """Read what `save_line_network` wrote.

    Raises
    ------
    WeightsError
        If it is missing or damaged.
    """
    about, arrays = read_npz(path)
    network = Network(about["layers"], ACTIVATION, COST)
    for n, (W, B) in enumerate(zip(network.W, network.B, strict=True)):
        W[:], B[:] = arrays[f"W{n}"], arrays[f"B{n}"]
    return network
