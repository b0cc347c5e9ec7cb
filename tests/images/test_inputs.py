"""What a network is shown of a digit."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from digitnet.datasets.mnist import load_sample
from digitnet.images.form.gradient import ORIENTATIONS
from digitnet.images.form.inputs import (
    CELLS,
    FEATURES,
    INPUTS,
    LENGTH,
    orientations,
    orientations_drawn,
)

DIGITS = load_sample().test.images[:130]


def by_the_definition(image: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Slope by slope and cell by cell, as the docstring tells it."""
    light = np.pad(image / 255, 1)
    x = np.zeros((ORIENTATIONS, CELLS, CELLS))
    for row in range(28):
        for column in range(28):
            right = light[row + 1, column + 2] - light[row + 1, column]
            down = light[row + 2, column + 1] - light[row, column + 1]
            angle, size = np.arctan2(down, right), np.hypot(right, down)
            for j in range(ORIENTATIONS) if size else ():
                part = size * max(0.0, np.cos(angle - j * np.pi / 4) - np.cos(np.pi / 4))
                for i in range(CELLS):
                    for k in range(CELLS):
                        near = [max(0.0, 1 - abs(at - (4 * c + 1.5)) / 4)
                                for at, c in ((row, i), (column, k))]  # fmt: skip
                        x[j, i, k] += part * near[0] * near[1]
    x **= 0.7
    return LENGTH * x.ravel() / np.linalg.norm(x)


def test_orientations_are_what_their_definition_says() -> None:
    for image in DIGITS[[0, 7]]:
        assert orientations(image[np.newaxis])[0] == pytest.approx(
            by_the_definition(image), abs=1e-4
        )


def test_many_pictures_at_once_are_seen_as_each_alone() -> None:
    alone = np.concatenate([orientations(image[np.newaxis]) for image in DIGITS])
    assert orientations(DIGITS) == pytest.approx(alone, abs=1e-5)


@pytest.mark.parametrize("name", INPUTS)
def test_every_way_gives_as_many_numbers_as_it_says_and_none_is_larger(name: str) -> None:
    inputs = INPUTS[name]
    x = inputs.of(DIGITS)
    assert (x.shape, x.dtype.name) == ((len(DIGITS), inputs.size), "float32")
    assert 0 <= x.min() < x.max() <= inputs.largest
    assert inputs.of(DIGITS[:0]).shape == (0, inputs.size)
    drawn = inputs.drawn(DIGITS[0])
    assert (drawn.shape, drawn.dtype.name) == ((28, 28), "uint8")


def test_a_blank_picture_has_no_direction() -> None:
    blank = np.zeros((2, 28, 28), np.uint8)
    assert not orientations(blank).any()
    assert not orientations_drawn(blank[0]).any()


@pytest.mark.parametrize(
    ("end", "expected"),
    [((14, 24), {0, 4}), ((24, 14), {2, 6}), ((24, 24), {3, 7}), ((24, 4), {1, 5})],
)
def test_a_stroke_has_edges_of_the_two_orientations_across_it(
    end: tuple[int, int], expected: set[int]
) -> None:
    picture = Image.new("L", (28, 28))
    start = (28 - end[0], 28 - end[1])
    ImageDraw.Draw(picture).line([start, end], fill=255, width=3)
    x = orientations(np.asarray(picture)[np.newaxis])[0].reshape(ORIENTATIONS, -1).sum(axis=1)
    assert set(np.argsort(x)[-2:].tolist()) == expected


def test_a_drawing_is_light_where_the_ink_begins() -> None:
    image = np.zeros((28, 28), np.uint8)
    image[:, 14:] = 255  # ink on the right half
    drawn = orientations_drawn(image)
    assert drawn[5:23].max(axis=0).argmax() % 4 == 3
    assert FEATURES == 392
