"""The user's handwriting, mixed with other digits so that a network does not forget those."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from digitnet.datasets.digits import Digits
from digitnet.errors import DataError
from digitnet.synthesis.augment import augment

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
