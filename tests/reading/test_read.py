"""digitnet.read, and how a notebook shows what it gives."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

import digitnet
from digitnet.datasets.mnist import load_sample
from digitnet.model.model import bundled_model
from digitnet.reading.reader import Reader
from digitnet.reading.reading import Reading
from tests.helpers.notebook import pixels, shown


@pytest.fixture(scope="module")
def digit() -> Image.Image:
    test = load_sample().test
    (at, *_) = np.flatnonzero(test.labels == 7)
    return Image.fromarray(255 - test.images[at]).resize((112, 112), Image.Resampling.BICUBIC)


def test_a_path_bytes_a_picture_and_an_array_are_read_with_one_call(
    digit: Image.Image, tmp_path: Path
) -> None:
    path = tmp_path / "seven.png"
    digit.save(path)
    sources = (path, str(path), path.read_bytes(), path.open("rb"), digit, np.asarray(digit))
    for source in sources:
        assert digitnet.read(source).text == "7"
    sources[3].close()
    wanted = Reader(bundled_model("large")).read(digit).digits[0].certainties
    assert digitnet.read(digit).digits[0].certainties == wanted


def test_another_model_can_be_asked_and_a_number_read(digit: Image.Image) -> None:
    small = bundled_model("small")
    wanted = Reader(small).read(digit).digits[0].certainties
    assert digitnet.read(digit, small).digits[0].certainties == wanted
    two = Image.new("L", (260, 120), 255)
    two.paste(digit, (4, 4))
    two.paste(digit, (140, 4))
    assert digitnet.read(two, number=True).text == "77"


def test_a_notebook_shows_the_ink_what_was_seen_the_answer_and_ten_bars(
    digit: Image.Image,
) -> None:
    reading = digitnet.read(digit)
    found = shown(reading)
    ink, seen = found.pictures
    assert np.array_equal(pixels(seen), 255 - reading.digits[0].seen)
    assert pixels(ink).shape == reading.ink.pixels.shape
    assert all(picture["alt"] for picture in found.pictures)
    certainties = [f"{p:.1%}" for p in reading.digits[0].certainties]
    rows = [text for d in range(10) for text in (str(d), certainties[d])]
    assert found.said == ["7", "sure", *rows]
    assert shown(reading.digits[0]).said == found.said
    assert re.findall(r"width:(\d+)px;height", reading._repr_html_()) == [
        f"{160 * p:.0f}" for p in reading.digits[0].certainties
    ]


def test_a_notebook_shows_each_digit_of_a_number_and_says_why_it_is_not_sure() -> None:
    triangle = Image.new("L", (200, 200), 255)
    ImageDraw.Draw(triangle).line([(50, 150), (100, 40), (150, 150), (50, 150)], fill=0, width=12)
    doubtful = digitnet.read(triangle)
    assert doubtful.why is not None
    assert f"not sure: {doubtful.why}" in shown(doubtful).said

    two = Image.new("L", (260, 240), 255)
    images = load_sample().test.images
    for n, at in enumerate(((4, 4), (140, 4), (4, 124), (140, 124))):
        large = Image.fromarray(255 - images[n]).resize((112, 112), Image.Resampling.BICUBIC)
        two.paste(large, at)
    reading: Reading = digitnet.read(two)
    assert len(reading.lines) == 2
    found = shown(reading)
    assert len(found.pictures) == 1 + 4
    upper, lower = reading.text.split("\n")
    assert found.said[:2] == [upper, lower]
    said = [f"{d.digit}, {d.certainty:.1%}" for d in reading.digits]
    assert found.said[3:] == said


def test_a_long_strip_is_shown_small(rng: np.random.Generator) -> None:
    strip = np.full((40, 1500), 255, np.uint8)
    strip[10:35, 700:703] = 0
    picture = shown(digitnet.read(strip)).pictures[0]
    assert (picture["width"], picture["height"]) == ("112", "3")
    assert max(pixels(picture).shape) <= 224
