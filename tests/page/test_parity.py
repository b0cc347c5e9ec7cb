"""The page's JavaScript does what Python does, from ink to certainties, stage by stage."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from digitnet.datasets.mnist import load_sample
from digitnet.images.form.mnist import to_mnist
from digitnet.images.form.moments import DEFAULT_TARGETS
from digitnet.images.form.weights import strokes
from digitnet.images.measure.morphology import dilation, erosion
from digitnet.model.certainty import Certainty
from digitnet.model.doubt import doubts
from digitnet.model.history_file import bundled_history
from digitnet.model.model import Model, bundled_model
from digitnet.nn.network import Network
from digitnet.page.data import embedded_snapshots
from tests.helpers.browser import Page, sent

pytestmark = pytest.mark.browser
DIGITS = 200
AT_ONCE = 20  # digits sent to the browser together
CERTAIN = 0.001  # certainty by which the whole way may differ

# Each stage is given what Python's stage before it gave: what differs is its own.
RUN = """
return arguments[0].map(({ink, height, width, form, seen, X}) => {
  const levels = Float32Array.from(unpacked(ink), (byte) => byte / 255);
  const whole = readForm(trained, toMnist({data: levels, height, width}));
  const numbers = new Float32Array(unpacked(X).buffer);
  const pass = forward(trained, model.fs, numbers);
  const outputs = pass.A[pass.A.length - 1];
  return {
    form: [...toMnist({data: levels, height, width})],
    seen: [...momentNormalise(unpacked(form), model.normalisation)],
    X: [...INPUTS[model.inputs](unpacked(seen))],
    outputs: [...outputs],
    certainties: certaintiesOf(outputs),
    why: doubt(outputs, certaintiesOf(outputs)),
    whole: whole.certainties,
  };
});
"""
LIMITS = {"form": 1.0, "seen": 0.0, "X": 1e-4, "outputs": 1e-4, "certainties": 1e-4}
"""How far each stage may be off: a level of 255 where sums of 32 bits are added in another order,
numbers of some ten for what is not rounded."""


def inks() -> list[NDArray[np.uint8]]:
    """Digits of the sample, as they are and enlarged, in strokes from hairlines to markers."""
    found = []
    for i, image in enumerate(load_sample().test.images[:DIGITS]):
        ink = image.astype(np.float32) / np.float32(255)
        if i % 4:
            scale = (3, 4, 5)[i % 3]
            large = Image.fromarray(ink).resize((28 * scale,) * 2, Image.Resampling.BICUBIC)
            ink = np.asarray(large).clip(0, 1)
            thin, thick = erosion(ink, 2 * scale - 3), dilation(ink, 2 * scale + 1)
            ink = (ink, ink, thin, thick)[i % 4]
        found.append(np.rint(255 * (ink if ink.any() else image / 255)).astype(np.uint8))
    return found


def golden(model: Model, digits: list[NDArray[np.uint8]]) -> Iterator[dict[str, Any]]:
    """What Python makes of each, after each stage."""
    forms = np.stack([to_mnist(ink.astype(np.float32) / np.float32(255)) for ink in digits])
    seen = model.prepare(forms)
    X, outputs = model.shown(seen), model.answer(seen)
    certainties = model.certainty.of(outputs)
    for i in range(len(digits)):
        stages = (forms[i].ravel(), seen[i].ravel(), X[i], outputs[i], certainties[i])
        yield dict(zip(LIMITS, stages, strict=True))


def in_page(
    page: Page, digits: list[NDArray[np.uint8]], wanted: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """What the page makes of each stage."""
    packed = [
        {
            "ink": sent(ink, "u1"),
            "height": ink.shape[0],
            "width": ink.shape[1],
            "form": sent(stages["form"], "u1"),
            "seen": sent(stages["seen"], "u1"),
            "X": sent(stages["X"], "<f4"),
        }
        for ink, stages in zip(digits, wanted, strict=True)
    ]
    return [
        result
        for first in range(0, len(packed), AT_ONCE)
        for result in page.run(RUN, packed[first : first + AT_ONCE])
    ]


def first_differing(wanted: dict[str, Any], found: dict[str, Any]) -> str | None:
    """Name the first stage that differs; None where none does."""
    for stage, limit in LIMITS.items():
        if np.abs(np.subtract(found[stage], wanted[stage], dtype=np.float64)).max() > limit:
            return stage
    off = np.abs(np.subtract(found["whole"], wanted["certainties"])).max()
    return "the whole way" if off > CERTAIN else None


def differing(page: Page, model: Model, digits: list[NDArray[np.uint8]]) -> dict[int, str]:
    """The digits of which a stage differs, and the first that does."""
    wanted = list(golden(model, digits))
    found = in_page(page, digits, wanted)
    named = {i: first_differing(*pair) for i, pair in enumerate(zip(wanted, found, strict=True))}
    return {i: stage for i, stage in named.items() if stage is not None}


def test_two_hundred_digits_go_the_same_way_in_the_page_and_in_python(page: Page) -> None:
    model, digits = bundled_model("small"), inks()
    page.open(model)
    assert differing(page, model, digits) == {}
    wanted = list(golden(model, digits))
    found = in_page(page, digits, wanted)
    same = [np.array_equal(a["form"], b["form"]) for a, b in zip(wanted, found, strict=True)]
    assert np.mean(same) >= 0.98  # of the others, no level is off by more than one


@pytest.mark.parametrize(
    ("stage", "spoilt"),
    [
        ("form", "const old = toMnist; toMnist = (ink) => old(ink).map((x) => x && x - 2)"),
        ("seen", "const old = momentNormalise; momentNormalise = (...x) => rot90(old(...x))"),
        ("X", "INPUTS.orientations = (image) => orientations(image).map((x) => x + 0.001)"),
        ("outputs", "ACTIVATIONS.sigmoid = (Z) => Z.map(() => 0.5)"),
        ("certainties", "model.certainty.temperature *= 1.1"),
    ],
)
def test_a_stage_that_differs_is_named(page: Page, stage: str, spoilt: str) -> None:
    model = bundled_model("small")
    page.open(model)
    page.run(spoilt)
    found = differing(page, model, inks()[:AT_ONCE])
    assert set(found.values()) == {stage}


@pytest.mark.parametrize(
    ("sizes", "activation", "cost", "inputs", "normalised"),
    [
        ((784, 10), "sigmoid", "quadratic", "pixels", False),
        ((784, 30, 20, 12, 10), "tanh", "quadratic", "pixels", True),
        ((392, 300, 10), "relu", "softmax-cross-entropy", "orientations", True),
        ((784, 15, 10), "step", "cross-entropy", "pixels", True),
        ((784, 15, 10), "leaky-relu", "quadratic", "pixels", True),
    ],
)
def test_every_kind_of_network_answers_the_same_in_the_page(
    page: Page, sizes: tuple[int, ...], activation: str, cost: str, inputs: str, normalised: bool
) -> None:
    network = Network(sizes, activation, cost, rng=np.random.default_rng(4))
    targets = DEFAULT_TARGETS if normalised else None
    model = Model(network, targets, Certainty(1.3, 0.6, 0.1), {}, inputs)
    page.open(model)
    assert differing(page, model, inks()[:AT_ONCE]) == {}


def test_the_page_says_for_the_same_reasons_that_it_is_not_sure(page: Page) -> None:
    model = bundled_model("small")
    page.open(model)
    outputs = np.random.default_rng(5).uniform(0, 1, (300, 10)) ** 6
    outputs[100:] = outputs[100:].clip(0, 0.02)
    outputs[np.arange(200, 300), np.arange(100) % 10] = np.linspace(0.02, 1, 100)
    script = """return arguments[0].map((outputs) =>
      doubt(outputs, certaintiesOf(outputs)))"""
    wanted = doubts(model, outputs)
    assert page.run(script, outputs.tolist()) == wanted
    begins = {(why or "sure")[:8] for why in wanted}
    assert begins == {"sure", "no digit", "two digi", "it may a", "it does "}


def test_the_page_draws_the_strokes_that_inspect_draws(page: Page) -> None:
    model = bundled_model("small")
    page.open(model)
    script = "return [...Array(15).keys()].map((i) => strokes(weightsOf(trained, 0, i)))"
    for weights, found in zip(model.network.W[0], page.run(script), strict=True):
        wanted = strokes(weights)
        assert [one["runs"] for one in found] == wanted.runs.ravel().tolist()
        drawn = [one["weight"] for one in found]
        np.testing.assert_allclose(drawn, wanted.weight.ravel(), atol=1e-6)


def test_the_snapshots_in_the_page_are_those_of_the_history(page: Page) -> None:
    model, history = bundled_model("small"), bundled_history("small")
    assert history is not None
    assert history.vectors is not None
    page.open(model, history)
    found = page.run(
        "return snapshots.map((m) => {const {W, B} = m.network();"
        "return W.flatMap((array, n) => [...array, ...B[n]])})"
    )
    layers = model.network.sizes
    kept = embedded_snapshots(history.vectors, layers, 300_000, len(found))["kept"]
    sizes = [size for m, n in pairwise(layers) for size in (m * n, n)]
    for vector, k in zip(found[:-1], kept, strict=False):
        parts = zip(
            np.split(np.array(vector), np.cumsum(sizes)[:-1]),
            np.split(history.vectors[k].astype(np.float64), np.cumsum(sizes)[:-1]),
            strict=True,
        )
        for got, wanted in parts:
            assert np.abs(got - wanted).max() <= np.abs(wanted).max() / 127 * 0.501
    assert np.array_equal(np.float32(found[-1]), model.network.parameters.vector)
    epochs = [history.reports[k].epoch for k in kept]
    assert page.run("return snapshots.map((m) => m.report.epoch)") == epochs
