"""Grey levels of colours and of transparent pictures: each limit decides some picture."""

from __future__ import annotations

import numpy as np
from PIL import Image

from digitnet.images.grey import GreyLimits, to_grey
from tests.helpers.limits import moved


def test_each_limit_of_grey_levels_is_noticed_when_it_moves() -> None:
    sheets = []
    for step in (50, 78):  # levels between the ink of a sheet and its paper
        sheet = np.full((40, 40, 4), 200, np.uint8)
        sheet[..., 3] = 255
        sheet[:, :12, 3] = 0
        sheet[10:30, 20:24, :3] = 200 - step
        sheets.append(sheet)
    colours = np.random.default_rng(1).integers(0, 256, (900, 700, 3), np.uint8)
    pictures = [Image.fromarray(array) for array in (*sheets, colours)]
    usual = [to_grey(picture, "test") for picture in pictures]
    for name, limits in moved(GreyLimits()):
        others = [to_grey(picture, "test", limits) for picture in pictures]
        same = [np.array_equal(one, other) for one, other in zip(usual, others, strict=True)]
        assert not all(same), name
