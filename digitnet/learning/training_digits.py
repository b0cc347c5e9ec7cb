"""The training and validation digits of a run, as inputs of the network."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from digitnet.datasets.digits import Digits
from digitnet.datasets.normalised import normalised
from digitnet.images.form.moments import MomentTargets, moment_normalise
from digitnet.learning.handwriting import Handwriting, mixed
from digitnet.model.recipe import Recipe
from digitnet.nn.batches import Examples, Labelled
from digitnet.synthesis.drawn import draw_digits
from digitnet.synthesis.european import draw_european
from digitnet.synthesis.low_resolution import lower_resolution
from digitnet.synthesis.non_digits import NON_DIGIT, draw_non_digits

VALIDATION = 5000
"""Number of training digits held out by default; at most an eighth of them."""


def held_out(digits: Digits, count: int | None) -> tuple[Digits, Digits]:
    """Split training digits into those to train on and the last ones, for validation.

    Parameters
    ----------
    digits : Digits
    count : int, optional
        Number of validation digits; by default 5,000, at most an eighth.
    """
    return digits.split(min(VALIDATION, len(digits) // 8) if count is None else count)


def training_digits(
    digits: Digits,
    targets: MomentTargets | None,
    rng: np.random.Generator,
    recipe: Recipe,
    *,
    own: Handwriting | None = None,
    cache: Path | None = None,
) -> tuple[Digits, Examples]:
    """Training digits with synthetic digits and non-digits, normalised.

    Parameters
    ----------
    digits : Digits
    targets : MomentTargets or None
        How they are normalised; None: pixels as they are.
    rng : numpy.random.Generator
    recipe : Recipe
        Numbers of European, drawn and low-resolution digits and of non-digits.
    own : Handwriting, optional
        The user's handwriting, to train on with the others.
    cache : Path, optional
        Folder for normalised digits, which later runs reuse.

    Returns
    -------
    seen : Digits
        The digits without the non-digits.
    learned : Examples
        The digits, then the non-digits.
    """
    changed = _synthesised(digits, rng, recipe)
    # Every seed redraws other digits, which would fill the folder.
    seen = normalised(changed, targets, cache if changed is digits else None)
    if own is not None:
        seen = mixed(seen, normalised(own.learned, targets, None), rng)
    if not recipe.non_digits:
        return seen, seen
    count = round(recipe.non_digits * len(digits))
    drawn = draw_non_digits(digits.images, digits.labels, count, rng)
    if targets is not None:
        drawn = moment_normalise(drawn, targets)
    labels = np.full(count, NON_DIGIT, seen.labels.dtype)
    return seen, Labelled(
        np.concatenate([seen.images, drawn]), np.concatenate([seen.labels, labels])
    )


def _synthesised(digits: Digits, rng: np.random.Generator, recipe: Recipe) -> Digits:
    """Add European, drawn and low-resolution digits."""
    images, labels = digits.images, digits.labels
    if recipe.european:
        images = draw_european(images, labels, rng, recipe.european)
    if recipe.drawn:
        others, shown = draw_digits(round(recipe.drawn * len(digits)), rng)
        images, labels = np.concatenate([images, others]), np.concatenate([labels, shown])
    if recipe.low_resolution:
        images = lower_resolution(images, rng, recipe.low_resolution)
    return digits if images is digits.images else Digits(images, labels)
