"""A model: how it prepares pictures, and what it says of itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from digitnet.datasets.mnist import load_sample
from digitnet.images.form.moments import moment_normalise
from digitnet.model.model import Model, bundled_model
from digitnet.nn.network import Network


def test_pictures_are_prepared_as_the_model_was_trained(sample_model: Model) -> None:
    images = load_sample().test.images[:20]
    np.testing.assert_array_equal(sample_model.prepare(images), moment_normalise(images))
    assert replace(sample_model, normalisation=None).prepare(images) is images


def test_a_model_says_in_one_line_what_it_is() -> None:
    model = bundled_model()
    accuracy = f"{model.about['scores']['test_accuracy']:.2%}"
    assert repr(model) == (
        "Model(392-15-10, leaky-relu, cross-entropy, normalised, orientations, "
        f"{accuracy} of mnist's test digits)"
    )


@pytest.mark.parametrize("about", [{}, {"scores": {}}, {"scores": []}, {"dataset": "mnist"}])
def test_a_model_without_scores_claims_none(about: dict[str, Any]) -> None:
    model = Model(Network((784, 10)), about=about)
    assert repr(model) == "Model(784-10, sigmoid, quadratic, raw pixels)"
