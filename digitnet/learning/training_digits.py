"""The digits of a run: which it learns from and which check it, in the form the network sees."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from digitnet.datasets.digits import Digits
from digitnet.datasets.normalised import normalised
from digitnet.images.form.moments import MomentTargets, moment_normalise
from digitnet.learning.handwriting import Handwriting, mixed
from digitnet.nn.batches import Examples, Labelled
from digitnet.nn.recipe import Recipe
from digitnet.synthesis.drawn import written
from digitnet.synthesis.european import continental
from digitnet.synthesis.low_resolution import coarse
from digitnet.synthesis.non_digits import NOTHING, no_digits

VALIDATION = 5000
"""Training digits held out by default, but at most an eighth of them."""


def held_out(digits: Digits, count: int | None) -> tuple[Digits, Digits]:
    """Part training digits into those that teach and the last ones, which check.

    Parameters
    ----------
    digits : Digits
    count : int, optional
        How many check; by default 5,000 or an eighth.
    """
    return digits.split(min(VALIDATION, len(digits) // 8) if count is None else count)


def lessons(
    digits: Digits,
    targets: MomentTargets | None,
    rng: np.random.Generator,
    recipe: Recipe,
    *,
    own: Handwriting | None = None,
    cache: Path | None = None,
) -> tuple[Digits, Examples]:
    """Digits that teach, and with them pictures of no digit, as the network sees them.

    Parameters
    ----------
    digits : Digits
    targets : MomentTargets or None
        How they are normalised; None: pixels as they are.
    rng : numpy.random.Generator
    recipe : Recipe
        Which other hands, small pictures and pictures of no digit are learned, and how many.
    own : Handwriting, optional
        Digits of one hand that are learned among the others.
    cache : Path, optional
        Folder that keeps normalised digits for the next run.

    Returns
    -------
    seen : Digits
        Those that are digits.
    taught : Examples
        The same, and behind them what is none.
    """
    changed = _in_other_hands(digits, rng, recipe)
    # Another seed redraws other digits: keeping them would fill the folder.
    seen = normalised(changed, targets, cache if changed is digits else None)
    if own is not None:
        seen = mixed(seen, normalised(own.learned, targets, None), rng)
    if not recipe.nothing:
        return seen, seen
    count = round(recipe.nothing * len(digits))
    drawn = no_digits(digits.images, digits.labels, count, rng)
    if targets is not None:
        drawn = moment_normalise(drawn, targets)
    labels = np.full(count, NOTHING, seen.labels.dtype)
    return seen, Labelled(
        np.concatenate([seen.images, drawn]), np.concatenate([seen.labels, labels])
    )


def _in_other_hands(digits: Digits, rng: np.random.Generator, recipe: Recipe) -> Digits:
    """Some as other countries write, some written anew, some as small pictures show them."""
    images, labels = digits.images, digits.labels
    if recipe.continental:
        images = continental(images, labels, rng, recipe.continental)
    if recipe.written:
        others, shown = written(round(recipe.written * len(digits)), rng)
        images, labels = np.concatenate([images, others]), np.concatenate([labels, shown])
    if recipe.coarse:
        images = coarse(images, rng, recipe.coarse)
    return digits if images is digits.images else Digits(images, labels)
