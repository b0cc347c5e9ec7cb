"""The promises that only the whole of MNIST can keep or break."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitnet.datasets.digits import DigitSet
from digitnet.datasets.mnist import load_mnist
from digitnet.images.form.moments import DEFAULT_TARGETS, MomentTargets
from digitnet.learning.presets import preset
from digitnet.learning.session import Session
from digitnet.model.digit import read_forms
from digitnet.model.model import Model
from digitnet.reading.reader import Reader
from tests.conftest import MNIST_NAMES
from tests.helpers.pictures import enlarged, png

pytestmark = [pytest.mark.mnist, pytest.mark.timeout(900)]

SEEDS = range(5)
COUNT = 1000


@pytest.fixture(scope="module")
def mnist(mnist_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> DigitSet:
    cache = tmp_path_factory.mktemp("data")
    for name in MNIST_NAMES:
        packed = mnist_dir / f"{name}.gz"
        source = packed if packed.is_file() else mnist_dir / name
        (cache / source.name).symlink_to(source)
    return load_mnist(cache)


def trained(mnist: DigitSet, seed: int, targets: MomentTargets | None) -> Model:
    session = Session(mnist, preset("essay"), seed=seed, targets=targets)
    for _ in session.training.epochs():
        pass
    return session.model()


@pytest.mark.parametrize(
    ("targets", "least"), [(None, 0.94), (DEFAULT_TARGETS, 0.97)], ids=["raw", "normalised"]
)
def test_the_default_recipe_reaches_its_bar_on_the_mean_of_five_seeds(
    mnist: DigitSet, targets: MomentTargets | None, least: float
) -> None:
    assert preset("essay").epochs <= 15
    assert preset("essay").hidden == (15,)
    models = [trained(mnist, seed, targets) for seed in SEEDS]
    scores = [model.about["scores"] for model in models]
    assert {score["test_count"] for score in scores} == {10_000}
    assert np.mean([score["test_accuracy"] for score in scores]) >= least


def test_fifteen_neurons_read_directions_better_than_three_hundred_read_pixels(
    mnist: DigitSet,
) -> None:
    recipe = replace(preset("best"), inputs="orientations", epochs=15)
    session = Session(mnist, recipe, seed=1)
    for _ in session.training.epochs():
        pass
    assert session.model().about["scores"]["test_accuracy"] >= 0.9933


@pytest.fixture(scope="module")
def model(mnist: DigitSet) -> Model:
    return trained(mnist, 0, DEFAULT_TARGETS)


@pytest.mark.parametrize("dark_ink", [False, True], ids=["light ink", "dark ink"])
@pytest.mark.parametrize(
    "resample",
    [None, Image.Resampling.NEAREST, Image.Resampling.BICUBIC],
    ids=["28 × 28", "nearest", "bicubic"],
)
def test_pictures_of_test_digits_get_the_answers_of_their_arrays(
    mnist: DigitSet, model: Model, dark_ink: bool, resample: Image.Resampling | None
) -> None:
    rng = np.random.default_rng(11)
    images = mnist.test.images[rng.choice(len(mnist.test), COUNT, replace=False)]
    wanted = [str(digit.digit) for digit in read_forms(model, images)]
    answers = []
    for image in images:
        picture = image if resample is None else enlarged(image, rng, resample)
        # A broken digit that is taken for a number counts as a wrong answer.
        answers.append(Reader(model).read(png(picture, dark_ink), "test").text)
    assert np.mean(np.equal(answers, wanted)) >= 0.99
