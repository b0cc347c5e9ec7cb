"""Strips: pictures that are hundreds of times longer than wide, or a few pixels wide."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest

from digitnet.errors import PictureError
from digitnet.model.model import bundled_model
from digitnet.reading.reader import Reader

MODEL = bundled_model("small")


@pytest.mark.parametrize("long", [2, 29, 1601, 49976])
@pytest.mark.parametrize("short", [1, 3, 28, 56])
def test_a_strip_of_anything_is_read_or_refused_without_a_warning(short: int, long: int) -> None:
    rng = np.random.default_rng([short, long])
    noise = rng.integers(0, 256, (short, long), dtype=np.uint8)
    across, along = (np.full((short, long), 230, np.uint8) for _ in range(2))
    across[:, long // 3 : long // 3 + max(1, long // 40)] = 20
    along[short // 2 : short // 2 + max(1, short // 20)] = 20
    for strip in (noise, across, along):
        for picture in (strip, np.ascontiguousarray(strip.T)):
            with suppress(PictureError):
                assert Reader(MODEL).read(picture).digits
