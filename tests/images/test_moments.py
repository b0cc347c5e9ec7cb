from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from digitnet.errors import DigitnetError
from digitnet.images.form.moments import CHUNK, MomentTargets, moment_normalise

Images = NDArray[np.uint8]
ROW, COLUMN = np.mgrid[0:28, 0:28].astype(float)


def blob(x: float, y: float, sigma_x: float, sigma_y: float, shear: float = 0.0) -> Images:
    """A smooth spot of ink: its moments are the numbers it is made from."""
    down = ROW - y
    across = COLUMN - x - shear * down
    ink: NDArray[np.float64] = 255 * np.exp(
        -(across**2) / (2 * sigma_x**2) - down**2 / (2 * sigma_y**2)
    )
    return np.rint(ink).astype(np.uint8)[None]


def scribbles(rng: np.random.Generator, count: int) -> Images:
    """Random strokes, some touching the frame, as uneven as writing is."""
    images = np.zeros((count, 28, 28))
    for index in range(count):
        x, y = rng.uniform(4, 23, 2)
        for _ in range(60):
            x, y = np.clip(rng.normal([x, y], 1.5), 0, 27)
            images[index] += 255 * np.exp(-((COLUMN - x) ** 2 + (ROW - y) ** 2) / 2)
    return np.clip(images, 0, 255).astype(np.uint8)


def pixel_at(image: Images, x: float, y: float) -> float:
    """Read an image between its pixels, bilinearly; dark outside."""
    value = 0.0
    for row in (math.floor(y), math.floor(y) + 1):
        for column in (math.floor(x), math.floor(x) + 1):
            if 0 <= row < 28 and 0 <= column < 28:
                weight = (1 - abs(x - column)) * (1 - abs(y - row))
                value += weight * float(image[row, column])
    return value


def slow_reference(image: Images, targets: MomentTargets) -> NDArray[np.float64]:
    """DESIGN's formula a pixel at a time."""
    ink = image.astype(float)
    mass = ink.sum()
    x_mean, y_mean = (ink * COLUMN).sum() / mass, (ink * ROW).sum() / mass
    var_y = (ink * (ROW - y_mean) ** 2).sum() / mass
    shear = (ink * (COLUMN - x_mean) * (ROW - y_mean)).sum() / mass / var_y
    upright = COLUMN - x_mean - shear * (ROW - y_mean)
    sigma_x = math.sqrt((ink * upright**2).sum() / mass)
    scale_x = min(max(sigma_x / targets.tau_x, targets.ratio_x[0]), targets.ratio_x[1])
    scale_y = min(max(math.sqrt(var_y) / targets.tau_y, targets.ratio_y[0]), targets.ratio_y[1])
    out = np.zeros((28, 28))
    for row in range(28):
        for column in range(28):
            y = y_mean + (row - 13.5) * scale_y
            x = x_mean + (column - 13.5) * scale_x + shear * (y - y_mean)
            out[row, column] = pixel_at(image, x, y)
    return out


def largest_difference(one: NDArray[np.generic], other: NDArray[np.generic]) -> float:
    return float(np.abs(one.astype(float) - other.astype(float)).max())


@pytest.fixture
def images(rng: np.random.Generator) -> Images:
    return scribbles(rng, 20)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(3)


@pytest.mark.parametrize(
    "targets", [MomentTargets(), MomentTargets(3.1, 7.9, (0.6, 0.7), (0.2, 0.5))]
)
def test_it_equals_the_formula_worked_out_pixel_by_pixel(
    images: Images, targets: MomentTargets
) -> None:
    expected = np.stack([slow_reference(image, targets) for image in images])
    assert largest_difference(moment_normalise(images, targets), expected) <= 0.5 + 1e-3


def test_a_digit_that_is_already_normal_stays_as_it_is() -> None:
    normal = blob(13.5, 13.5, 3.0, 3.5)
    targets = MomentTargets(tau_x=3.0, tau_y=3.5)
    assert largest_difference(moment_normalise(normal, targets), normal) <= 1


def test_normalising_twice_moves_almost_nothing(images: Images) -> None:
    targets = MomentTargets(4.0, 4.0, (0.1, 10), (0.1, 10))  # small enough that no ink is cut off
    once = moment_normalise(images, targets)
    twice = moment_normalise(once, targets)
    # A second bilinear reading blurs edges, but where the ink lies is settled.
    assert np.abs(once.astype(float) - twice).mean() < 4


def test_a_sheared_copy_comes_back_upright() -> None:
    upright = blob(13.5, 13.5, 2.5, 3.0)
    slanted = blob(13.5, 13.5, 2.5, 3.0, shear=0.6)
    assert largest_difference(slanted, upright) > 50
    targets = MomentTargets(tau_x=2.5, tau_y=3.0)
    assert largest_difference(moment_normalise(slanted, targets), upright) <= 4


def test_where_a_digit_stands_does_not_matter(images: Images) -> None:
    small = np.zeros_like(images)
    small[:, 6:20, 6:20] = images[:, ::2, ::2]
    moved = np.roll(small, (-5, 7), axis=(1, 2))
    assert largest_difference(moment_normalise(small), moment_normalise(moved)) <= 1


def test_how_large_or_wide_it_is_does_not_matter_inside_the_bounds() -> None:
    targets = MomentTargets(tau_x=3.0, tau_y=3.0)
    usual = moment_normalise(blob(13.5, 13.5, 3.0, 3.0), targets)
    for sigma_x, sigma_y in ((2.0, 2.0), (4.0, 2.5), (2.5, 3.5)):
        scaled = moment_normalise(blob(13.5, 13.5, sigma_x, sigma_y), targets)
        assert largest_difference(scaled, usual) <= 9  # bilinear reading of a curve


def test_a_digit_beyond_the_bounds_is_scaled_by_the_bound_and_no_further() -> None:
    stroke = np.zeros((1, 28, 28), np.uint8)
    stroke[:, 4:24, 13:15] = 255
    targets = MomentTargets(ratio_x=(0.5, 1.0), ratio_y=(1.0, 1.0))
    expected = np.zeros((28, 28))
    # Two columns read at half steps: dark, 1/4, 3/4, 1, 1, 3/4, 1/4, dark.
    expected[4:24, 11:17] = np.array([63.75, 191.25, 255, 255, 191.25, 63.75])
    assert largest_difference(moment_normalise(stroke, targets)[0], expected) <= 0.5


def test_an_empty_image_stays_empty() -> None:
    empty = np.zeros((3, 28, 28), np.uint8)
    np.testing.assert_array_equal(moment_normalise(empty), empty)


def test_no_images_give_no_images() -> None:
    assert moment_normalise(np.zeros((0, 28, 28), np.uint8)).shape == (0, 28, 28)


@pytest.mark.parametrize("where", [np.s_[:, 5, 9], np.s_[:, 5, :], np.s_[:, :, 0], np.s_[:, :, :]])
def test_ink_with_no_height_or_no_width_or_everywhere_is_drawn(where: tuple[slice, ...]) -> None:
    image = np.zeros((1, 28, 28), np.uint8)
    image[where] = 200
    result = moment_normalise(image)
    assert result[0, 12:16, 12:16].max() >= 100


def test_a_digit_is_the_same_alone_and_in_any_batch(rng: np.random.Generator) -> None:
    images = scribbles(rng, CHUNK + 9)
    together = moment_normalise(images)
    alone = np.concatenate([moment_normalise(image[None]) for image in images])
    np.testing.assert_array_equal(together, alone)


def test_the_given_images_are_not_changed(images: Images) -> None:
    images.setflags(write=False)
    before = images.copy()
    moment_normalise(images)
    np.testing.assert_array_equal(images, before)


def test_the_key_holds_every_number() -> None:
    assert (
        MomentTargets(5, 6.25, (0.35, 1.6), (0.5, 1.6)).key() == "moments1-5-6.25-0.35-1.6-0.5-1.6"
    )


@pytest.mark.parametrize(
    "numbers", [(0.0, 6.0), (5.0, -1.0), (math.nan, 6.0), (5.0, 6.0, (0.0, 1.0)), (5, 6, (2, 1))]
)
def test_targets_that_cannot_be_reached_are_refused(numbers: tuple[float, ...]) -> None:
    with pytest.raises(DigitnetError, match="0 < smallest <= largest"):
        MomentTargets(*numbers)  # type: ignore[arg-type]
