"""The training and validation digits of a run, as inputs of the network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from digitnet.datasets.digits import Digits
from digitnet.datasets.normalised import normalised
from digitnet.errors import DataError
from digitnet.images.form.moments import MomentTargets, moment_normalise
from digitnet.model.recipe import Recipe
from digitnet.nn.batches import Examples, Labelled
from digitnet.synthesis.augment import augment
from digitnet.synthesis.drawn import draw_digits
from digitnet.synthesis.european import draw_european
from digitnet.synthesis.low_resolution import lower_resolution
from digitnet.synthesis.non_digits import NON_DIGIT, draw_non_digits

VALIDATION = 5000
"""Number of training digits held out by default; at most an eighth of them."""

SHARE: Final = 0.1
"""Number of own digits, with repetitions, for each other digit."""
STRENGTH: Final = 0.4
"""Strength of the distortion of each repetition; the recipe's augmentation is added."""


@dataclass(frozen=True, eq=False)
class Handwriting:
    """One writer's digits: some to train on, and some only to test.

    Parameters
    ----------
    name : str
        The folder they are from.
    learned, held_out : Digits
    """

    name: str
    learned: Digits
    held_out: Digits

    def __repr__(self) -> str:
        learned, held_out = len(self.learned), len(self.held_out)
        return f"Handwriting({self.name}, {learned:,} to learn, {held_out:,} held out)"

    @classmethod
    def of(cls, name: str, digits: Digits) -> Handwriting:
        """Hold out one in five digits of each label, and at least one in all.

        Raises
        ------
        DataError
            If there are fewer than two digits.
        """
        if len(digits) < 2:
            raise DataError(
                f"{name}: too little handwriting to learn from and to score with.",
                f"Expected two labelled pictures or more, found {len(digits)}.",
                "Write more digits: digitnet sheet prints a page to fill in.",
            )
        by_kind = np.argsort(digits.labels, kind="stable")
        held_out = np.zeros(len(digits), bool)
        held_out[by_kind[4::5]] = True
        held_out[by_kind[-1]] |= not held_out.any()
        return cls(name, digits[~held_out], digits[held_out])


def mixed(others: Digits, own: Digits, rng: np.random.Generator) -> Digits:
    """Append the own digits to the others, repeated until they are a tenth as many.

    Training on the old digits, too, keeps a network from forgetting them (Robins,
    "Catastrophic forgetting, rehearsal and pseudorehearsal", 1995). Each repetition is
    distorted, so that the network does not overfit to the few own digits.

    Parameters
    ----------
    others, own : Digits
        Both normalised in the same way.
    rng : numpy.random.Generator
        Draws the distortions.
    """
    times = max(1, round(SHARE * len(others) / len(own)))
    repeated = augment(np.tile(own.images, (times - 1, 1, 1)), rng, STRENGTH)
    return Digits(
        np.concatenate([others.images, own.images, repeated]),
        np.concatenate([others.labels, np.tile(own.labels, times)]),
    )


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
