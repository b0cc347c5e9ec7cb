"""The stages from a picture to what the network saw."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from digitnet.datasets.mnist import load_sample
from digitnet.errors import PictureError
from digitnet.images.stage import Picture
from digitnet.model.model import bundled_model
from digitnet.reading.boxes import numbered
from digitnet.reading.reader import Reader
from digitnet.reading.stages import (
    PICTURE,
    as_levels,
    changed,
    save_stages,
    slant_in_words,
)
from tests.helpers.pictures import page

MODEL = bundled_model("large")


def framed() -> NDArray[np.uint8]:
    """A dark bar and a speck on light paper, in a dark frame."""
    paper = np.full((280, 280), 230, np.uint8)
    paper[60:220, 130:160] = paper[40:45, 40:45] = 30
    return np.pad(paper, 20)


def test_the_stages_that_changed_something_are_kept_in_order() -> None:
    watched: dict[str, Picture] = {}
    reading = Reader(MODEL).read(framed(), watch=watched.__setitem__)
    stages = changed(reading, watched)
    assert list(stages) == ["surroundings", "contrast", "specks", "ink"]
    assert stages["surroundings"][0, 0] == 230
    assert stages["contrast"][62, 62] > 0
    assert stages["specks"][62, 62] == 0
    assert stages["ink"] is reading.ink.pixels


def test_unwatched_only_the_ink_is_there() -> None:
    reading = Reader(MODEL).read(framed())
    assert list(changed(reading, {})) == ["ink"]


def test_contrast_is_drawn_as_light_as_it_can_be_and_grey_levels_as_they_are() -> None:
    assert as_levels(np.array([[0, 0.1, 0.2]], np.float32)).tolist() == [[0, 128, 255]]
    assert as_levels(np.zeros((1, 2), np.float32)).tolist() == [[0, 0]]
    grey = np.array([[3, 7]], np.uint8)
    assert as_levels(grey) is grey


def test_a_slant_is_said_where_it_was_taken_out() -> None:
    digits = load_sample().test
    digit = digits.images[np.flatnonzero(digits.labels == 1)[0]]
    upright = Image.fromarray(digit).resize((280, 280))
    for angle, said in ((-25, "to the right, straightened"), (50, "to the left, straightened")):
        (words,) = slant_in_words(Reader(MODEL).read(upright.rotate(angle)).digits[0])
        assert words.startswith("slanted ")
        assert words.endswith(said)
    leaning = Reader(MODEL).read(upright.rotate(-25)).digits[0]
    assert slant_in_words(replace(leaning, seen=leaning.form)) == []


def test_the_stages_of_a_number_are_saved_and_its_digits_one_by_one(tmp_path: Path) -> None:
    watched: dict[str, Picture] = {}
    reading = Reader(MODEL).read(page(2, 6), watch=watched.__setitem__)
    stages = changed(reading, watched)
    paths = save_stages(tmp_path / "stages", "page", reading, stages)
    names = ["number", "contrast", "ink", "1-form", "1-seen", "2-form", "2-seen"]
    assert [path.name for path in paths] == [f"page-{name}.png" for name in names]
    saved = [np.asarray(Image.open(path)) for path in paths]
    np.testing.assert_array_equal(saved[0], numbered(stages[PICTURE], reading))
    np.testing.assert_array_equal(saved[1], as_levels(stages["contrast"]))
    np.testing.assert_array_equal(saved[2], np.round(255 * reading.ink.pixels))
    np.testing.assert_array_equal(saved[4], reading.digits[0].drawn)
    np.testing.assert_array_equal(saved[5], reading.digits[1].form)


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    reading = Reader(MODEL).read(page(2))
    with pytest.raises(PictureError, match="cannot be written"):
        save_stages(tmp_path / "file", "page", reading, changed(reading, {}))
