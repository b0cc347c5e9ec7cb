"""What each stage after the ink says that it found, and the picture after it."""

from __future__ import annotations

import numpy as np

from digitnet.images.stage import Picture
from digitnet.model.model import bundled_model
from digitnet.reading.reader import Reader
from tests.helpers.pictures import page

READER = Reader(bundled_model("small"))


def test_each_stage_counts_what_it_found() -> None:
    watched: dict[str, Picture] = {}
    reading = READER.read(page(4, 0, 7), watch=watched.__setitem__)
    found = reading.ink.found
    assert reading.text == "407"
    assert (found["pieces"], found["digits"], found["certainty"]) == (3, 3, 0)
    # The pieces are the brighter the later they are read.
    assert np.unique(watched["pieces"]).tolist() == [0, 85, 170, 255]
    left, middle, right = (
        np.flatnonzero((watched["pieces"] == level).any(axis=0)) for level in (85, 170, 255)
    )
    assert left.max() < middle.min()
    assert middle.max() < right.min()


def test_a_picture_in_doubt_is_counted_as_one() -> None:
    small = np.full((16, 16), 255, np.uint8)
    small[5:11, 7:9] = 0  # six rows: too small to tell
    reading = READER.read(small)
    assert reading.why == "the writing is 6 pixels high, too small to tell"
    assert reading.ink.found["certainty"] == 1
