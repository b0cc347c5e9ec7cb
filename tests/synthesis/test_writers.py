"""What a network learns beside its digits: other hands, small pictures, and what is no digit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from digitnet.datasets.mnist import load_sample
from digitnet.learning.session import Session
from digitnet.learning.training_digits import training_digits
from digitnet.model.digit import read_forms
from digitnet.model.model import bundled_model
from digitnet.model.recipe import Recipe
from digitnet.synthesis.drawn import WAYS, draw_digits
from digitnet.synthesis.low_resolution import lower_resolution
from digitnet.synthesis.non_digits import LETTERS, NON_DIGIT, draw_non_digits
from digitnet.synthesis.pen import bent, strokes

DIGITS = load_sample()


def seeded(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_strokes_are_read_with_what_bends_and_what_does_not() -> None:
    (straight, one), (bends, other) = strokes("0,0 7,0.5 | ~2,5 7,4 3,9")
    assert (straight, bends) == (False, True)
    assert one.tolist() == [[0, 0], [7, 0.5]]
    assert other.tolist() == [[2, 5], [7, 4], [3, 9]]


def test_a_bent_line_goes_through_its_points_and_has_no_corner() -> None:
    points = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]])
    line = bent(points)
    for point in points:
        assert np.hypot(*(line - point).T).min() < 1e-9
    steps = np.diff(line, axis=0)
    steps = steps[np.hypot(*steps.T) > 1e-9]
    turns = np.diff(np.unwrap(np.arctan2(steps[:, 1], steps[:, 0])))
    assert np.degrees(np.abs(turns)).max() < 40  # the corners have 90


def test_every_digit_is_written_in_several_ways_and_each_letter_by_strokes() -> None:
    assert all(len(ways) >= 3 for ways in WAYS)
    assert len(LETTERS) > 40


@pytest.mark.parametrize("name", ["small", "large"])
def test_a_bundled_model_reads_what_is_written_stroke_by_stroke(name: str) -> None:
    images, labels = draw_digits(400, seeded(5))
    answers = [digit.digit for digit in read_forms(bundled_model(name), images)]
    assert np.mean(answers == labels) > 0.97


def test_most_of_what_is_no_digit_is_called_unsure() -> None:
    drawn = draw_non_digits(DIGITS.test.images, DIGITS.test.labels, 400, seeded(6))
    assert np.mean([digit.sure for digit in read_forms(bundled_model("large"), drawn)]) < 0.1
    digits = read_forms(bundled_model("large"), DIGITS.test.images[:400])
    assert np.mean([digit.sure for digit in digits]) > 0.97


def test_the_same_generator_draws_the_same_and_another_one_does_not() -> None:
    def drawn(seed: int) -> list[NDArray[np.uint8]]:
        some = DIGITS.test
        return [
            *draw_digits(50, seeded(seed)),
            lower_resolution(some.images, seeded(seed), 0.5),
            draw_non_digits(some.images, some.labels, 50, seeded(seed)),
        ]

    for one, same, other in zip(drawn(1), drawn(1), drawn(2), strict=True):
        np.testing.assert_array_equal(one, same)
        assert (one != other).any()


def test_a_share_of_the_digits_is_shrunk_and_stays_where_it_was() -> None:
    before = DIGITS.test.images
    after = lower_resolution(before, seeded(), 0.4)
    changed = (after != before).any(axis=(1, 2))
    assert changed.mean() == pytest.approx(0.4, abs=0.05)

    def fine(images: NDArray[np.uint8]) -> float:
        return float(np.mean([ndimage.laplace(image.astype(float)).std() for image in images]))

    assert fine(after[changed]) < 0.8 * fine(before[changed])
    centres = [ndimage.center_of_mass(image) for image in after[changed]]
    np.testing.assert_allclose(centres, 14, atol=1.1)
    np.testing.assert_array_equal(lower_resolution(before, seeded(), 0), before)
    empty = np.zeros((1, 28, 28), np.uint8)
    np.testing.assert_array_equal(lower_resolution(empty, seeded(), 1), empty)


def test_lessons_have_the_digits_first_and_then_what_is_none() -> None:
    recipe = Recipe(cost="cross-entropy", drawn=0.25, non_digits=0.5)
    digits = DIGITS.train[:200]
    seen, taught = training_digits(digits, None, seeded(), recipe)
    np.testing.assert_array_equal(seen.images[:200], digits.images)
    assert (len(seen), len(taught.labels)) == (250, 350)
    np.testing.assert_array_equal(taught.images[:250], seen.images)
    assert (taught.labels[250:] == NON_DIGIT).all()
    alone, same = training_digits(
        digits, None, seeded(), replace(recipe, drawn=0.0, non_digits=0.0)
    )
    assert same is alone
    np.testing.assert_array_equal(alone.images, digits.images)


@pytest.mark.slow
def test_a_network_that_learned_what_is_no_digit_keeps_its_outputs_low_there() -> None:
    def run(share: float) -> Session:
        recipe = Recipe(
            (30,),
            "relu",
            "cross-entropy",
            "adam",
            0.005,
            epochs=5,
            non_digits=share,
            inputs="orientations",
        )
        session = Session(DIGITS, recipe, seed=1)
        for _ in session.epochs():
            pass
        return session

    drawn = draw_non_digits(DIGITS.test.images, DIGITS.test.labels, 300, seeded(8))
    highest = {}
    for share in (0.0, 0.5):
        model = run(share).model()
        highest[share] = model.answer(model.prepare(drawn)).max(axis=1).mean()
        assert model.accuracy is not None
        assert model.accuracy > 0.93
    assert highest[0.5] < 0.4 * highest[0.0]
