"""The 1, 7 and 9 of other countries."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from digitnet.datasets.mnist import load_sample
from digitnet.images.continental import continental

DIGITS = load_sample().test


def redrawn(share: float, seed: int = 1) -> np.ndarray:
    return continental(DIGITS.images, DIGITS.labels, np.random.default_rng(seed), share)


def test_only_ones_sevens_and_nines_change_and_ink_is_only_added() -> None:
    after = redrawn(1.0)
    changed = (after != DIGITS.images).any(axis=(1, 2))
    assert set(DIGITS.labels[changed]) == {1, 7, 9}
    assert (after >= DIGITS.images).all()


def test_the_share_is_that_of_the_ones_and_twice_that_of_the_others() -> None:
    changed = (redrawn(0.4) != DIGITS.images).any(axis=(1, 2))
    shares = [changed[DIGITS.labels == digit].mean() for digit in (1, 7, 9)]
    np.testing.assert_allclose(shares, [0.4, 0.2, 0.2], atol=0.12)
    np.testing.assert_array_equal(redrawn(0.0), DIGITS.images)


def test_what_is_drawn_hangs_on_the_digit() -> None:
    # Of an upright, whole digit the strokes are one piece afterwards too.
    drawn = np.isin(DIGITS.labels, (1, 7))
    before = [ndimage.label(image > 60)[1] for image in DIGITS.images[drawn]]
    after = [ndimage.label(image > 60)[1] for image in redrawn(1.0)[drawn]]
    assert np.mean(np.array(after) <= np.array(before)) > 0.95


def test_the_same_generator_draws_the_same_and_the_source_stays_as_it_was() -> None:
    before = DIGITS.images.copy()
    np.testing.assert_array_equal(redrawn(0.5), redrawn(0.5))
    assert (redrawn(0.5, seed=2) != redrawn(0.5)).any()
    np.testing.assert_array_equal(DIGITS.images, before)
