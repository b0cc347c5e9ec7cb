"""What looks like the answered digit is told from what does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from digitnet.datasets.digits import Digits
from digitnet.datasets.mnist import load_sample
from digitnet.images.form.inputs import CELLS, DIRECTIONS, FEATURES, LENGTH, directions, outlines
from digitnet.images.form.moments import moment_normalise
from digitnet.model.familiarity import (
    COMPONENTS,
    UNSURE,
    Familiarity,
    fit_familiarity,
    misfits,
    residuals,
)
from digitnet.model.model import Model
from digitnet.model.weights import load_weights, save_weights
from digitnet.nn.network import Network
from digitnet.reading.digit import read_forms
from tests.helpers.damage import message, rewrite, unusable, with_about

NOBODY = np.zeros(500, np.bool_)


@pytest.fixture(scope="module")
def sample() -> tuple[Digits, Digits]:
    """Digits to learn from, and 500 others."""
    digits = load_sample().train
    return Digits(moment_normalise(digits.images), digits.labels).split(500)


@pytest.fixture(scope="module")
def familiarity(sample: tuple[Digits, Digits]) -> Familiarity:
    fitted = fit_familiarity(*sample, sample[1].labels, NOBODY)
    assert fitted is not None
    return fitted


def grid(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    return (directions(images) / LENGTH).reshape(-1, DIRECTIONS, CELLS, CELLS)


def test_stroke_directions_have_length_one_and_a_blank_picture_has_none(
    sample: tuple[Digits, Digits],
) -> None:
    lengths = np.linalg.norm(directions(sample[1].images) / LENGTH, axis=1)
    np.testing.assert_allclose(lengths, 1, rtol=1e-5)
    blank = np.full((1, 28, 28), 0, np.uint8)
    assert not directions(blank).any()


def test_an_upright_stroke_has_a_left_and_a_right_edge_and_no_other() -> None:
    stroke = np.zeros((1, 28, 28), np.uint8)
    stroke[:, :, 12:16] = 255
    found = grid(stroke)[0]
    middle = found[:, 2:5].sum(axis=1)  # away from the stroke's ends
    assert np.flatnonzero(middle.sum(axis=1) > 1e-4).tolist() == [0, 4]
    np.testing.assert_allclose(middle[0], middle[4][::-1], rtol=1e-5)
    assert middle[0].argmax() in (2, 3)


def test_a_picture_turned_by_a_quarter_has_its_directions_turned_by_a_quarter(
    sample: tuple[Digits, Digits],
) -> None:
    images = sample[1].images[:20]
    turned = grid(np.ascontiguousarray(np.rot90(images, axes=(1, 2))))
    # rot90 turns right into up: direction j, measured towards down, becomes j - 2.
    expected = np.roll(np.rot90(grid(images), axes=(2, 3)), -2, axis=1)
    np.testing.assert_allclose(turned, expected, atol=1e-5)


def test_the_outline_of_a_square_is_its_circumference() -> None:
    square = np.zeros((1, 28, 28), np.uint8)
    square[:, 5:9, 5:9] = 255
    assert outlines(square).tolist() == [16]


def test_residuals_are_what_principal_component_analysis_leaves(
    sample: tuple[Digits, Digits], familiarity: Familiarity
) -> None:
    learned, others = sample
    r = residuals(familiarity.means, familiarity.components, others.images)
    x = directions(others.images) / LENGTH
    for d in (1, 8):
        pca = PCA(COMPONENTS, svd_solver="full")
        pca.fit((directions(learned.images[learned.labels == d]) / LENGTH).astype(np.float64))
        left = x - pca.inverse_transform(pca.transform(x))
        np.testing.assert_allclose(r[:, d], np.square(left).sum(axis=1), atol=2e-3)


def test_misfits_by_hand() -> None:
    r = np.array([[0.25, 0.75], [0.25, 0.75]], np.float32)
    answers = np.array([0, 1])
    assert misfits(r, answers, 0).tolist() == [0.25, 0.75]
    assert misfits(r, answers, 2).tolist() == [0.25, 0.75 + 2 * 0.5]


def test_as_many_validation_digits_are_unfamiliar_as_may_be(
    sample: tuple[Digits, Digits], familiarity: Familiarity
) -> None:
    familiar = familiarity.of(sample[1].images, sample[1].labels)
    assert int((~familiar).sum()) == int(UNSURE * 500) == 7


def test_those_that_are_doubted_anyway_are_among_them(sample: tuple[Digits, Digits]) -> None:
    doubted = np.arange(500) < 4
    fitted = fit_familiarity(*sample, sample[1].labels, doubted)
    assert fitted is not None
    familiar = fitted.of(sample[1].images, sample[1].labels)
    assert int((~familiar[4:]).sum()) == 3


def test_the_better_fit_of_another_digit_counts_only_as_much_as_mistakes_ask(
    sample: tuple[Digits, Digits], familiarity: Familiarity
) -> None:
    assert familiarity.weight == 0  # no mistakes
    answers = sample[1].labels.copy()
    answers[:50] = (answers[:50] + 1) % 10  # more mistakes than may be unsure
    fitted = fit_familiarity(*sample, answers, NOBODY)
    assert fitted is not None
    assert fitted.weight == 2
    assert not fitted.of(sample[1].images, answers)[:50].all()


def test_noise_and_wrong_answers_are_not_familiar_and_digits_are(
    familiarity: Familiarity, rng: np.random.Generator
) -> None:
    test = load_sample().test
    seen = moment_normalise(test.images)
    assert familiarity.of(seen, test.labels).mean() > 0.95
    noise = moment_normalise(rng.integers(0, 256, (500, 28, 28), dtype=np.uint8))
    answers = rng.integers(0, 10, 500)
    assert familiarity.of(noise, answers).mean() < 0.02
    another = (test.labels + rng.integers(1, 10, 1000)) % 10
    assert familiarity.of(seen, another).mean() < 0.1


@pytest.mark.parametrize("count", [0, 900])
def test_too_few_digits_give_none(sample: tuple[Digits, Digits], count: int) -> None:
    few = Digits(sample[0].images[:count], sample[0].labels[:count])
    assert fit_familiarity(few, sample[1], sample[1].labels, NOBODY) is None


def test_no_validation_digits_give_none(sample: tuple[Digits, Digits]) -> None:
    learned, none = sample[0].split(0)
    assert fit_familiarity(learned, none, none.labels, NOBODY[:0]) is None


def test_a_model_that_is_certain_of_nothing_finds_every_digit_familiar(
    sample: tuple[Digits, Digits],
) -> None:
    learned, validation = sample
    found = fit_familiarity(learned, validation, validation.labels, ~NOBODY)
    assert found is not None
    assert found.of(validation.images, validation.labels).mean() > 0.95


@pytest.fixture
def file(tmp_path: Path, familiarity: Familiarity) -> Path:
    network = Network((784, 10), rng=np.random.default_rng(0))
    save_weights(tmp_path / "m.npz", Model(network, familiarity=familiarity))
    return tmp_path / "m.npz"


def test_familiarity_comes_back_from_the_file_bit_for_bit(
    file: Path, familiarity: Familiarity
) -> None:
    back = load_weights(file).familiarity
    assert back is not None
    assert back.means.tobytes() == familiarity.means.tobytes()
    assert back.components.tobytes() == familiarity.components.tobytes()
    assert (back.weight, back.misfit, back.outline) == (
        familiarity.weight, familiarity.misfit, familiarity.outline
    )  # fmt: skip
    assert "familiarity" not in load_weights(file).about
    assert file.stat().st_size < 300_000


def test_an_answer_is_sure_only_if_the_picture_looks_like_it(
    file: Path, familiarity: Familiarity
) -> None:
    images = load_sample().test.images[:200]
    digits = read_forms(load_weights(file), images)
    answers = np.array([digit.digit for digit in digits])
    sure = np.array([digit.certainty >= 0.5 for digit in digits])
    sure &= familiarity.of(images, answers)
    assert [digit.sure for digit in digits] == sure.tolist()


def without_means(arrays: dict[str, Any]) -> dict[str, Any]:
    return {name: array for name, array in arrays.items() if name != "familiar_means"}


def with_nan(arrays: dict[str, Any]) -> dict[str, Any]:
    arrays["familiar_means"][3, 5] = np.nan
    return arrays


def as_float32(arrays: dict[str, Any]) -> dict[str, Any]:
    return arrays | {"familiar_means": arrays["familiar_means"].astype(np.float32)}


MEANS = f"familiar_means of 10 × {FEATURES} finite float16 numbers"


@pytest.mark.parametrize(
    ("change", "expected", "found"),
    [
        (without_means, "the arrays W0, B0, familiar_means, familiar_components",
         "B0, W0, familiar_components"),
        (with_nan, MEANS, "NaN or infinity among them"),
        (as_float32, MEANS, f"10 × {FEATURES} of float32"),
    ],
)  # fmt: skip
def test_damaged_arrays_are_refused(file: Path, change: Any, expected: str, found: str) -> None:
    rewrite(file, change)
    assert message(file) == unusable(file, f"Expected {expected}, found {found}.")


@pytest.mark.parametrize(
    ("bounds", "found"),
    [
        ({"misfit": float("nan")}, "familiarity.misfit nan, not a number"),
        ({"outline": [1.0]}, "familiarity.outline [1.0], not a list of 2"),
        ({"weight": None}, "familiarity.weight None, not a number"),
    ],
)
def test_bounds_that_are_none_are_refused(file: Path, bounds: dict[str, Any], found: str) -> None:
    with_about(file, lambda about: about | {"familiarity": about["familiarity"] | bounds})
    what, said, advice = message(file)
    assert said.startswith(f"Expected a network that can be built, found {found}")
    assert (what, said, advice) == unusable(file, said)
