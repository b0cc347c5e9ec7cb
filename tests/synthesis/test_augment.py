from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from digitnet.synthesis.augment import Distortion, augment

Images = NDArray[np.uint8]
NOTHING = Distortion(0, 0, 0, 0, 0, 0)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(8)


@pytest.fixture
def images(rng: np.random.Generator) -> Images:
    """Smooth spots of ink that stay clear of the frame."""
    spots: NDArray[np.float64] = np.zeros((40, 28, 28))
    spots[:, 8:20, 8:20] = rng.uniform(0, 1, (40, 12, 12))
    smooth: NDArray[np.float64] = ndimage.gaussian_filter(spots, (0, 1.5, 1.5))
    spots = np.rint(255 * smooth / smooth.max())
    return spots.astype(np.uint8)


def centroids(images: Images) -> NDArray[np.float64]:
    """Rows before columns, (N, 2), in pixels from the centre of the image."""
    return np.array([ndimage.center_of_mass(image.astype(float)) for image in images]) - 13.5


def spreads(images: Images) -> NDArray[np.float64]:
    """Second central moments (N, 2, 2) of the ink, in square pixels."""
    grid = np.mgrid[0:28, 0:28].reshape(2, -1).astype(float)
    return np.array([np.cov(grid, aweights=image.ravel(), ddof=0) for image in images])


def test_bounds_of_zero_leave_every_digit_as_it_is(
    images: Images, rng: np.random.Generator
) -> None:
    np.testing.assert_array_equal(augment(images, rng, distortion=NOTHING, shared_by=7), images)


def test_the_same_generator_state_gives_the_same_copies_and_another_gives_others(
    images: Images,
) -> None:
    first = augment(images, np.random.default_rng(5))
    np.testing.assert_array_equal(augment(images, np.random.default_rng(5)), first)
    assert (augment(images, np.random.default_rng(6)) != first).any()


def test_half_the_strength_halves_every_bound_but_the_smoothness_and_none_changes_nothing(
    images: Images,
) -> None:
    half = Distortion(0.375, 0.075, 0.0625, 0.075, 0.375, 0.625, 4.0)
    expected = augment(images, np.random.default_rng(5), distortion=half)
    np.testing.assert_array_equal(augment(images, np.random.default_rng(5), 0.5), expected)
    np.testing.assert_array_equal(augment(images, np.random.default_rng(5), 0.0), images)


def test_a_shift_moves_the_centroid_by_up_to_its_bound_both_ways(
    images: Images, rng: np.random.Generator
) -> None:
    shifted = augment(images, rng, distortion=Distortion(3, 0, 0, 0, 0, 0), shared_by=1)
    moved = centroids(shifted) - centroids(images)
    assert np.abs(moved).max() <= 3.1
    assert moved.min() < -2
    assert moved.max() > 2


def test_a_rotation_turns_the_ink_and_keeps_its_size(rng: np.random.Generator) -> None:
    bar = np.zeros((30, 28, 28), np.uint8)
    bar[:, 6:22, 12:16] = 255
    turned = spreads(augment(bar, rng, distortion=Distortion(0, 0.5, 0, 0, 0, 0), shared_by=1))
    angles = 0.5 * np.arctan2(2 * turned[:, 0, 1], turned[:, 0, 0] - turned[:, 1, 1])
    assert np.abs(angles).max() <= 0.51
    assert angles.min() < -0.3
    assert angles.max() > 0.3
    upright = spreads(bar)[0]
    np.testing.assert_allclose(np.trace(turned, axis1=1, axis2=2), np.trace(upright), rtol=0.03)


def test_scaling_and_shear_change_the_moments_as_their_formulas_say(
    images: Images, rng: np.random.Generator
) -> None:
    before = spreads(images)
    scaled = spreads(augment(images, rng, distortion=Distortion(0, 0, 0.2, 0, 0, 0), shared_by=1))
    ratios = np.sqrt(np.diagonal(scaled / before, axis1=1, axis2=2))
    # Reading bilinearly blurs by up to a twelfth of a square pixel or so.
    assert ratios.min() == pytest.approx(1 / 1.2, abs=0.03)
    assert ratios.max() == pytest.approx(1 / 0.8, abs=0.05)
    sheared = spreads(augment(images, rng, distortion=Distortion(0, 0, 0, 0.3, 0, 0), shared_by=1))
    slant = (sheared[:, 0, 1] - before[:, 0, 1]) / before[:, 0, 0]
    assert np.abs(slant).max() <= 0.33
    assert slant.min() < -0.2
    assert slant.max() > 0.2


def test_the_stroke_becomes_a_mixture_with_its_grey_dilation_or_erosion(
    images: Images, rng: np.random.Generator
) -> None:
    restroked = augment(images, rng, distortion=Distortion(0, 0, 0, 0, 1, 0), shared_by=1).astype(
        float
    )
    cross = ndimage.generate_binary_structure(2, 1)[None]
    dilated = ndimage.grey_dilation(images, footprint=cross).astype(float)
    eroded = ndimage.grey_erosion(images, footprint=cross, mode="constant").astype(float)
    thicker = restroked.sum((1, 2)) > images.sum((1, 2))
    assert 5 < thicker.sum() < 35
    for before, after, extreme in zip(
        images, restroked, np.where(thicker[:, None, None], dilated, eroded), strict=True
    ):
        change = extreme - before
        amount = ((after - before) * change).sum() / (change**2).sum()
        assert 0 <= amount <= 1
        np.testing.assert_allclose(after, before + amount * change, atol=1.5)


def test_the_elastic_displacement_has_the_stated_size_and_is_smooth(
    rng: np.random.Generator,
) -> None:
    # On a ramp of brightness 8 a column, a change of 8 is a displacement of one pixel across.
    ramp = np.broadcast_to((8 * np.arange(28)).astype(np.uint8), (400, 28, 28))
    elastic = augment(ramp, rng, distortion=Distortion(0, 0, 0, 0, 0, 0.9, 4.0), shared_by=1)
    displacement = ((elastic.astype(float) - ramp) / 8)[:, 4:24, 4:24]
    assert np.sqrt((displacement**2).mean()) == pytest.approx(0.9, rel=0.05)
    # White noise smoothed by a Gaussian correlates over d as exp(-d²/4σ²).
    for distance in (2, 4, 8):
        product = displacement[:, distance:] * displacement[:, :-distance]
        expected = np.exp(-(distance**2) / (4 * 4.0**2))
        assert product.mean() / 0.81 == pytest.approx(expected, abs=0.06)


def test_reading_equals_scipy_s_bilinear_interpolation_to_a_sixteenth_of_a_pixel(
    images: Images,
) -> None:
    bounds = Distortion(2, 0, 0, 0, 0, 0)
    shifted = augment(images, np.random.default_rng(4), distortion=bounds, shared_by=len(images))
    moves = centroids(images)[0] - centroids(shifted[:1])[0]
    expected = ndimage.shift(images[0].astype(float), -moves, order=1)
    steepest = np.abs(np.diff(images[0].astype(float))).max()
    assert np.abs(shifted[0] - expected).max() <= steepest / 8 + 1


def test_digits_share_a_distortion_in_the_stated_number_and_neighbours_do_not(
    rng: np.random.Generator,
) -> None:
    spot = np.zeros((24, 28, 28), np.uint8)
    spot[:, 12:16, 12:16] = 255
    copies = augment(spot, rng, shared_by=6)
    kinds, counts = np.unique(copies.reshape(24, -1), axis=0, return_counts=True)
    assert (len(kinds), counts.tolist()) == (4, [6, 6, 6, 6])
    assert all((one != other).any() for one, other in pairwise(copies))


@pytest.mark.parametrize("count", [0, 1, 5, 128, 129])
def test_any_number_of_digits_comes_back_in_its_order(count: int, rng: np.random.Generator) -> None:
    images = np.zeros((count, 28, 28), np.uint8)
    images[:, 13:15, 13:15] = (np.arange(count) + 100)[:, None, None]
    copies = augment(images, rng, distortion=Distortion(0.5, 0.1, 0, 0.1, 0, 0.2))
    np.testing.assert_array_equal(copies.shape, images.shape)
    np.testing.assert_allclose(copies.max((1, 2)), np.arange(count) + 100, rtol=0.2)


def test_the_given_images_are_not_changed(images: Images, rng: np.random.Generator) -> None:
    images.setflags(write=False)
    before = images.copy()
    augment(images, rng)
    np.testing.assert_array_equal(images, before)
