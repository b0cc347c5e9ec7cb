"""A picture of a digit gets the answer that its array gets."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from digitnet.datasets.mnist import load_sample
from digitnet.errors import PictureError
from digitnet.model.model import Model
from digitnet.model.weights import load_weights
from digitnet.nn.evaluation import evaluate
from digitnet.nn.network import Network
from digitnet.reading.digit import answer, prepare
from tests.helpers.commands import save_constant
from tests.helpers.pictures import enlarged, png, read_one

COUNT = 100


@pytest.fixture(scope="module")
def images() -> NDArray[np.uint8]:
    return load_sample().test.images[:COUNT]


def test_certainties_are_ten_and_sum_to_one(sample_model: Model, images: NDArray[np.uint8]) -> None:
    for reading in answer(sample_model, images):
        assert len(reading.certainties) == 10
        assert sum(reading.certainties) == pytest.approx(1, abs=1e-12)
        assert min(reading.certainties) >= 0
        assert reading.certainty == max(reading.certainties)
        assert reading.certainty >= sample_model.certainty.threshold or not reading.sure


def test_the_model_of_the_tests_is_good_enough_for_them(sample_model: Model) -> None:
    assert sample_model.about["scores"]["test_accuracy"] > 0.9


def test_answers_are_those_of_the_evaluation(sample_model: Model) -> None:
    test = load_sample().test
    seen = type(test)(prepare(sample_model, test.images), test.labels)
    answers = [reading.digit for reading in answer(sample_model, test.images)]
    assert answers == evaluate(sample_model.network, seen).answers.tolist()


def test_a_raw_model_sees_the_pixels_as_they_are(images: NDArray[np.uint8]) -> None:
    model = Model(Network((784, 10), rng=np.random.default_rng(0)))
    assert prepare(model, images) is images
    np.testing.assert_array_equal(answer(model, images)[5].seen, images[5])


@pytest.mark.parametrize("dark_ink", [False, True], ids=["light ink", "dark ink"])
@pytest.mark.parametrize("resample", [None, Image.Resampling.NEAREST, Image.Resampling.BICUBIC])
def test_a_picture_gets_the_answer_of_its_array(
    sample_model: Model,
    images: NDArray[np.uint8],
    dark_ink: bool,
    resample: Image.Resampling | None,
) -> None:
    some = images if resample is None else images[:20]  # the larger ones take their time
    rng = np.random.default_rng(4)
    answers = []
    for image in some:
        picture = image if resample is None else enlarged(image, rng, resample)
        answers.append(read_one(sample_model, png(picture, dark_ink), "test").digit)
    wanted = [reading.digit for reading in answer(sample_model, some)]
    assert np.count_nonzero(np.equal(answers, wanted)) >= len(some) - 1


def test_a_file_and_its_path_give_the_same_reading(
    sample_model: Model, images: NDArray[np.uint8], tmp_path: Path
) -> None:
    data = png(images[0], True).getvalue()
    (tmp_path / "digit.png").write_bytes(data)
    from_path = read_one(sample_model, tmp_path / "digit.png")
    from_file = read_one(sample_model, io.BytesIO(data), "stdin")
    assert from_path.certainties == from_file.certainties
    np.testing.assert_array_equal(from_path.seen, from_file.seen)


def test_a_picture_without_ink_is_named(sample_model: Model) -> None:
    blank = io.BytesIO()
    Image.new("L", (50, 50), 255).save(blank, "PNG")
    with pytest.raises(PictureError, match=r"blank\.png"):
        read_one(sample_model, blank, "blank.png")


def test_a_constant_model_answers_by_hand_arithmetic(tmp_path: Path) -> None:
    save_constant(tmp_path / "m.npz")
    (reading,) = answer(load_weights(tmp_path / "m.npz"), np.zeros((1, 28, 28), np.uint8))
    assert reading.digit == 3
    expected = [1e-6, 1e-6, 1e-6, 0.8, 1e-6, 0.1, 1e-6, 1e-6, 0.1, 1e-6]
    assert reading.certainties == pytest.approx(np.array(expected) / sum(expected), abs=1e-7)
