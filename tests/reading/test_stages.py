"""The stages from a picture to what the network saw."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitnet.datasets.mnist import load_sample
from digitnet.errors import PictureError
from digitnet.model.bundled import bundled_model
from digitnet.reading.picture import read_picture
from digitnet.reading.stages import in_words, save_stages
from tests.helpers.pictures import page

MODEL = bundled_model("large")


def test_what_was_mended_is_said_in_a_line() -> None:
    digits = load_sample().test
    digit = digits.images[np.flatnonzero(digits.labels == 1)[0]]
    leaning = Image.fromarray(digit).resize((280, 280)).rotate(-25)
    reading = read_picture(MODEL, leaning)
    said = in_words(reading.ink, reading.digits[0])
    assert said.startswith("light ink on dark paper")
    assert "to the right, straightened" in said


def test_the_stages_of_a_number_are_saved_digit_by_digit(tmp_path: Path) -> None:
    reading = read_picture(MODEL, page(2, 6))
    paths = save_stages(tmp_path / "stages", "page", reading)
    names = ["page-ink", "page-1-form", "page-1-seen", "page-2-form", "page-2-seen"]
    assert [path.name for path in paths] == [f"{name}.png" for name in names]
    np.testing.assert_array_equal(np.asarray(Image.open(paths[2])), reading.digits[0].seen)
    np.testing.assert_array_equal(np.asarray(Image.open(paths[3])), reading.digits[1].form)


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(PictureError, match="cannot be written"):
        save_stages(tmp_path / "file", "page", read_picture(MODEL, page(2)))
