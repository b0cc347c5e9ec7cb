"""The 1, 4, 7 and 9 of other countries."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from digitnet.datasets.mnist import load_sample
from digitnet.synthesis.european import draw_european

DIGITS = load_sample().test


def redrawn(share: float, seed: int = 1) -> np.ndarray:
    return draw_european(DIGITS.images, DIGITS.labels, np.random.default_rng(seed), share)


def test_ones_sevens_and_nines_gain_ink_and_fours_lose_it() -> None:
    after = redrawn(1.0)
    changed = (after != DIGITS.images).any(axis=(1, 2))
    assert set(DIGITS.labels[changed]) == {1, 4, 7, 9}
    fours = DIGITS.labels == 4
    assert (after[~fours] >= DIGITS.images[~fours]).all()
    assert (after[fours] <= DIGITS.images[fours]).all()


def test_a_four_keeps_all_down_to_its_bar_and_some_of_its_stem() -> None:
    four = np.zeros((1, 28, 28), dtype=np.uint8)
    four[0, 4:16, 8:10] = four[0, 14:16, 8:20] = four[0, 8:25, 16:18] = 255
    ends = set()
    for seed in range(20):
        cut = draw_european(four, np.array([4]), np.random.default_rng(seed), 1.0)[0]
        np.testing.assert_array_equal(cut[:16], four[0, :16])
        ends.add(int(np.flatnonzero(cut.any(axis=1))[-1]))
    assert min(ends) >= 16
    assert max(ends) <= 23
    assert len(ends) >= 4


def test_the_share_is_that_of_each_of_the_four() -> None:
    changed = (redrawn(0.4) != DIGITS.images).any(axis=(1, 2))
    shares = [changed[DIGITS.labels == digit].mean() for digit in (1, 4, 7, 9)]
    np.testing.assert_allclose(shares, 0.4, atol=0.12)
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
