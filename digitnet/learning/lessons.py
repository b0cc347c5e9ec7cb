"""The digits of a run: which it learns from and which check it, in the form the network sees."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from digitnet.datasets.digits import Digits
from digitnet.datasets.normalised import normalised
from digitnet.images.form.moments import MomentTargets
from digitnet.learning.continental import continental
from digitnet.learning.handwriting import Handwriting, mixed

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
    *,
    share: float = 0.0,
    own: Handwriting | None = None,
    cache: Path | None = None,
) -> Digits:
    """Digits that teach, normalised, with those of one hand among them.

    Parameters
    ----------
    digits : Digits
    targets : MomentTargets or None
        How they are normalised; None: pixels as they are.
    rng : numpy.random.Generator
    share : float
        Share that is redrawn as other countries write, 0 to 1.
    own : Handwriting, optional
        Digits of one hand that are learned among the others.
    cache : Path, optional
        Folder that keeps normalised digits for the next run.
    """
    if share:
        digits = Digits(continental(digits.images, digits.labels, rng, share), digits.labels)
    # Another seed redraws other digits: keeping them would fill the folder.
    seen = normalised(digits, targets, None if share else cache)
    return seen if own is None else mixed(seen, normalised(own.learned, targets, None), rng)
