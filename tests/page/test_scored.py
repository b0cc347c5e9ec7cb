"""The mistakes of a model on a page, and how it holds snapshots and pictures."""

from __future__ import annotations

import base64
import zlib

import numpy as np
import pytest

from digitnet.datasets.digits import Digits
from digitnet.datasets.mnist import load_sample
from digitnet.model.model import Model, bundled_model
from digitnet.nn.network import Network
from digitnet.page.data import embedded, embedded_snapshots
from digitnet.page.scored import MistakeLimits, packed_image, scored


def unpacked(image: list[object]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    left, top, width, height, text = image
    whole = np.zeros((28, 28), np.uint8)
    levels = np.frombuffer(base64.b64decode(str(text)), np.uint8)
    whole[int(str(top)) :, int(str(left)) :][: int(str(height)), : int(str(width))] = (
        levels.reshape(int(str(height)), int(str(width)))
    )
    return whole


def test_mistakes_come_with_the_very_digit_that_was_misread() -> None:
    model, digits = bundled_model("small"), load_sample().test
    found = scored(model, digits)
    answers = model.answer(model.prepare(digits.images)).argmax(axis=1)
    wrong = answers != digits.labels
    assert found["count"] == len(digits)
    assert np.array_equal(np.diag(found["confusion"]), np.bincount(digits.labels[~wrong]))
    assert len(found["mistakes"]) == wrong.sum() > 0
    for record in found["mistakes"]:
        (at,) = np.flatnonzero((digits.images == unpacked(record["image"])).all(axis=(1, 2)))
        assert (digits.labels[at], answers[at]) == (record["digit"], record["answer"])
    certainties = [record["certainty"] for record in found["mistakes"]]
    assert certainties == sorted(certainties, reverse=True)


def test_of_a_network_that_knows_nothing_a_page_keeps_a_few_mistakes_of_each_kind() -> None:
    model = Model(Network([784, 10], rng=np.random.default_rng(0)))
    found = scored(model, load_sample().test, MistakeLimits(in_cell=2, in_all=1000))
    kept = np.zeros((10, 10), int)
    np.add.at(kept, tuple(np.array([(m["digit"], m["answer"]) for m in found["mistakes"]]).T), 1)
    wrong = np.array(found["confusion"]) * (1 - np.eye(10, dtype=int))
    assert np.array_equal(kept, np.minimum(wrong, 2))
    assert wrong.max() > 2
    certainties = [record["certainty"] for record in found["mistakes"]]
    assert certainties == sorted(certainties, reverse=True)


def test_every_kind_of_mistake_has_a_picture_before_any_has_two() -> None:
    model = Model(Network([784, 10], rng=np.random.default_rng(0)))
    confusion = np.array(scored(model, load_sample().test)["confusion"])
    there = {(d, a) for d, a in np.argwhere(confusion).tolist() if d != a}
    assert 30 < len(there) <= 90 < (confusion.sum() - np.trace(confusion))
    for most in (len(there), 90):
        found = scored(model, load_sample().test, MistakeLimits(in_all=most))["mistakes"]
        assert {(record["digit"], record["answer"]) for record in found} == there
        assert len(found) == most


def test_only_a_network_that_learned_from_mnist_may_have_learned_the_samples_test_digits() -> None:
    network = Network([784, 2, 10], rng=np.random.default_rng(0))
    learned = {
        name: embedded(Model(network, about={"dataset": name}), "a")["learned"]
        for name in ("mnist", "sample", "my-digits")
    }
    assert learned == {"mnist": True, "sample": False, "my-digits": False}


def test_there_is_an_example_of_each_digit_that_is_read_right_where_any_is() -> None:
    found = scored(bundled_model("small"), load_sample().test)["examples"]
    assert [(record["digit"], record["answer"]) for record in found] == [(d, d) for d in range(10)]
    blank = Digits(np.zeros((2, 28, 28), np.uint8), np.array([3, 5], np.uint8))
    empty = scored(Model(Network([784, 10])), blank)
    assert [record["digit"] for record in empty["examples"]] == [3, 5]
    assert packed_image(blank.images[0]) == [0, 0, 0, 0, ""]


@pytest.mark.parametrize(("least", "kept"), [(5, [0, 2, 4, 6, 8]), (2, [0, 8]), (9, [*range(9)])])
def test_snapshots_without_room_are_thinned_evenly_to_the_least(
    least: int, kept: list[int]
) -> None:
    vectors = np.random.default_rng(0).normal(size=(9, 5 * 3 + 3))
    assert embedded_snapshots(vectors, (5, 3), 0, least)["kept"] == kept


def test_snapshots_are_kept_to_half_a_step_of_127() -> None:
    rng = np.random.default_rng(1)
    layers, vectors = (5, 3, 2), rng.normal(0, 2, (4, 5 * 3 + 3 + 3 * 2 + 2))
    vectors[1, :15] = 0
    found = embedded_snapshots(vectors, layers, 10_000, 2)
    changes = np.frombuffer(zlib.decompress(base64.b64decode(found["weights"])), np.uint8)
    steps = np.cumsum(changes.reshape(3, -1), axis=0).astype(np.uint8).view(np.int8)
    sizes = (15, 3, 6, 2)
    scales = np.repeat(np.array(found["scales"]), sizes, axis=1)
    assert np.abs(steps * scales - vectors[:3]).max() <= scales.max() * 0.501
    assert found["kept"] == [0, 1, 2, 3]
