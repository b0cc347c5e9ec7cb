"""Whether a picture looks like the digit that was answered, as it is usually written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digitnet.images.form.inputs import FEATURES, LENGTH, directions, outlines
from digitnet.nn.batches import Examples
from digitnet.nn.functions import Array

COMPONENTS: Final = 32
"""Principal components of each digit."""

SHAPES: Final = {"means": (10, FEATURES), "components": (10, FEATURES, COMPONENTS)}
"""The arrays of `Familiarity`, float16, and their shapes."""

UNSURE: Final = 0.015
"""Share of the validation digits that are called unsure, for whatever reason."""

_PER_DIGIT = 600  # more training digits move the figures little and cost time
_LEAST_PER_DIGIT = 4 * COMPONENTS  # fewer sevens are rebuilt almost whole, and other sevens are not
_WEIGHTS = (0.0, 0.5, 1.0, 2.0)
_CAUGHT = (
    0.6  # of the validation mistakes; half is the aim, and test mistakes are caught less often
)
_BATCH = 1000


@dataclass(frozen=True, eq=False)
class Familiarity:
    """m = r_a + β (r_a - min_d r_d), and familiar where m and the outline are as digits' are.

    r_d is what is left of a picture's stroke directions x when they are rebuilt from the
    mean μ_d and the principal components U_d of the training pictures of digit d:
    r_d = |x - μ_d|² - |U_dᵀ (x - μ_d)|². A picture of no digit is rebuilt badly from the
    answered digit a; a digit that was misread is rebuilt better from another one.

    After Hinton, Revow and Dayan, "Recognizing handwritten digits using mixtures of
    linear models" (1995), with one linear model a digit.

    Parameters
    ----------
    means : ndarray of float16, shape (10, FEATURES)
        μ_d.
    components : ndarray of float16, shape (10, FEATURES, COMPONENTS)
        U_d, orthonormal columns.
    weight : float
        β: how much it counts that another digit fits better.
    misfit : float
        Largest m that is familiar.
    outline : tuple of float
        Least and most outline (`outlines`) that is familiar.
    """

    means: NDArray[np.float16]
    components: NDArray[np.float16]
    weight: float
    misfit: float
    outline: tuple[float, float]

    def __repr__(self) -> str:
        least, most = self.outline
        return f"Familiarity(misfit up to {self.misfit:.3g}, outline {least:.3g} to {most:.3g})"

    @cached_property
    def _models(self) -> tuple[Array, Array]:
        """μ_d and U_d as numbers to calculate with."""
        return self.means.astype(np.float32), self.components.astype(np.float32)

    def strangeness(
        self, images: NDArray[np.uint8], answers: NDArray[np.integer]
    ) -> NDArray[np.floating]:
        """r_a of each picture, as a share of the largest m that is familiar: shape (N,)."""
        return misfits(residuals(*self._models, images), answers, 0) / self.misfit

    def of(self, images: NDArray[np.uint8], answers: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Tell which pictures look as the answered digit does.

        Parameters
        ----------
        images : ndarray of uint8, shape (N, 28, 28)
            As the network sees them.
        answers : ndarray of int, shape (N,)

        Returns
        -------
        ndarray of bool, shape (N,)
        """
        m = misfits(residuals(*self._models, images), answers, self.weight)
        outline = outlines(images)
        least, most = self.outline
        familiar: NDArray[np.bool_] = (m <= self.misfit) & (least <= outline) & (outline <= most)
        return familiar


def residuals(means: Array, components: Array, images: NDArray[np.uint8]) -> Array:
    """r_d = |x - μ_d|² - |U_dᵀ (x - μ_d)|² of every picture and digit: shape (N, 10)."""
    r = np.empty((len(images), len(means)), np.float32)
    for first in range(0, len(images), _BATCH):
        batch = slice(first, first + _BATCH)
        x = directions(images[batch]) / np.float32(LENGTH)
        for d, (mean, U) in enumerate(zip(means, components, strict=True)):
            away = x - mean
            r[batch, d] = np.square(away).sum(axis=1) - np.square(away @ U).sum(axis=1)
    return r


def misfits(r: Array, answers: NDArray[np.integer], weight: float) -> Array:
    """m = r_a + β (r_a - min_d r_d) of every picture: shape (N,)."""
    r_a = r[np.arange(len(r)), answers]
    m: Array = r_a + np.float32(weight) * (r_a - r.min(axis=1))
    return m


def fit_familiarity(
    learned: Examples,
    validation: Examples,
    answers: NDArray[np.integer],
    doubted: NDArray[np.bool_],
) -> Familiarity | None:
    """Find each digit's components, then the misfit that leaves 1.5 % of the digits unsure.

    β is the least of a few that leaves 60 % of the validation mistakes unsure, else the
    largest: the larger it is, the more mistakes are called unsure, and the fewer pictures
    of something that is not a digit.

    Parameters
    ----------
    learned : Examples
        Digits that the network was trained on, as it saw them.
    validation : Examples
        Digits that it was not trained on.
    answers : ndarray of int, shape (N,)
        The network's, to the validation digits.
    doubted : ndarray of bool, shape (N,)
        Validation digits that are unsure anyway, for a low certainty; they count among the 1.5 %.

    Returns
    -------
    Familiarity or None
        None if there are no validation digits, or under 100 training digits of some digit.
    """
    counts = np.bincount(learned.labels, minlength=10)
    if not len(answers) or counts.min() < _LEAST_PER_DIGIT:
        return None
    by_digit = [np.flatnonzero(learned.labels == d)[:_PER_DIGIT] for d in range(10)]
    means, components = _principal_components([learned.images[picked] for picked in by_digit])
    r = residuals(means, components, validation.images)
    wrong = answers != validation.labels
    for weight in _WEIGHTS:
        m = misfits(r, answers, weight)
        most = _bound(m, doubted)
        caught = (doubted | (m > most)) & wrong
        if caught.sum() >= _CAUGHT * wrong.sum():
            break
    outline = outlines(learned.images[np.concatenate(by_digit)])
    usual = float(outline.min()), float(outline.max())
    return Familiarity(means, components, weight, most, usual)


def _principal_components(
    by_digit: Sequence[NDArray[np.uint8]],
) -> tuple[NDArray[np.float16], NDArray[np.float16]]:
    """μ_d and U_d of some training pictures of each digit, as the file will hold them."""
    means, components = (np.empty(shape, np.float16) for shape in SHAPES.values())
    for d, images in enumerate(by_digit):
        x = directions(images) / np.float32(LENGTH)
        means[d] = x.mean(axis=0)
        _, vectors = np.linalg.eigh(np.cov(x.T))
        components[d] = vectors[:, : -COMPONENTS - 1 : -1]
    return means, components


def _bound(m: Array, doubted: NDArray[np.bool_]) -> float:
    """The misfit above which, counting the doubted ones, 1.5 % of the digits are unsure."""
    spare = max(0, int(UNSURE * len(m)) - int(doubted.sum()))
    rest = m[~doubted]
    # Of a model that is certain of nothing there is no rest, and nothing hangs on its looks.
    return float(np.sort(rest)[::-1][spare] if len(rest) else m.max())
