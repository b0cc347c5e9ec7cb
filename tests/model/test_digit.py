"""A picture of a digit gets the answer that its array gets."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from digitnet.datasets.mnist import load_sample
from digitnet.model.digit import read_forms
from digitnet.model.model import Model
from digitnet.nn.evaluation import evaluate
from digitnet.nn.network import Network
from tests.helpers.commands import save_constant
from tests.helpers.pictures import enlarged, png, read_one

COUNT = 100


@pytest.fixture(scope="module")
def images() -> NDArray[np.uint8]:
    return load_sample().test.images[:COUNT]


def test_certainties_are_ten_and_sum_to_one(sample_model: Model, images: NDArray[np.uint8]) -> None:
    for digit in read_forms(sample_model, images):
        assert len(digit.certainties) == 10
        assert sum(digit.certainties) == pytest.approx(1, abs=1e-12)
        assert min(digit.certainties) >= 0
        assert digit.certainty == max(digit.certainties)
        assert digit.certainty >= sample_model.certainty.threshold or not digit.sure


def test_the_model_of_the_tests_is_good_enough_for_them(sample_model: Model) -> None:
    assert sample_model.about["scores"]["test_accuracy"] > 0.9


def test_answers_are_those_of_the_evaluation(sample_model: Model) -> None:
    test = load_sample().test
    seen = type(test)(sample_model.prepare(test.images), test.labels)
    answers = [digit.digit for digit in read_forms(sample_model, test.images)]
    assert answers == evaluate(sample_model.network, seen).answers.tolist()


def test_a_raw_model_sees_the_pixels_as_they_are(images: NDArray[np.uint8]) -> None:
    model = Model(Network((784, 10), rng=np.random.default_rng(0)))
    np.testing.assert_array_equal(read_forms(model, images)[5].seen, images[5])


@pytest.mark.parametrize("dark_ink", [False, True], ids=["light ink", "dark ink"])
@pytest.mark.parametrize("resample", [None, Image.Resampling.NEAREST, Image.Resampling.BICUBIC])
def test_a_picture_gets_the_answer_of_its_array(
    sample_model: Model,
    images: NDArray[np.uint8],
    dark_ink: bool,
    resample: Image.Resampling | None,
) -> None:
    some = images if resample is None else images[:8]  # the larger ones take their time
    rng = np.random.default_rng(4)
    answers = []
    for image in some:
        picture = image if resample is None else enlarged(image, rng, resample)
        answers.append(read_one(sample_model, png(picture, dark_ink), "test").digit)
    expected = [digit.digit for digit in read_forms(sample_model, some)]
    labels = load_sample().test.labels[: len(some)]
    # The sequence model may put right what this model of a moment's training misreads.
    same = np.equal(answers, expected) | np.equal(answers, labels)
    assert np.count_nonzero(same) >= len(some) - 1


def test_a_constant_model_answers_by_hand_arithmetic(tmp_path: Path) -> None:
    save_constant(tmp_path / "m.npz")
    (digit,) = read_forms(Model.load(tmp_path / "m.npz"), np.zeros((1, 28, 28), np.uint8))
    assert digit.digit == 3
    expected = [1e-6, 1e-6, 1e-6, 0.8, 1e-6, 0.1, 1e-6, 1e-6, 0.1, 1e-6]
    assert digit.certainties == pytest.approx(np.array(expected) / sum(expected), abs=1e-7)
