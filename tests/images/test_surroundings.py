"""What lies around the paper: a table, a screen's frame, the light beyond a shadow."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from digitnet.images.paper.surroundings import SurroundingsLimits, without_surroundings
from digitnet.images.pipeline import find_ink

Picture = NDArray[np.uint8]


def page(
    levels: tuple[int, int], shape: str = "polygon", at: tuple[int, int] = (100, 70)
) -> tuple[Picture, NDArray[np.bool_]]:
    """A 7 on a part of 200 × 260 pixels of the first level around which there is the other."""
    picture = Image.new("L", (260, 200), levels[1])
    pen = ImageDraw.Draw(picture)
    if shape == "polygon":
        pen.polygon([(60, 12), (240, 30), (222, 190), (40, 172)], fill=levels[0])
    else:
        pen.ellipse((60, 10, 240, 190), fill=levels[0])
    digit = Image.new("L", picture.size)
    x, y = at
    ImageDraw.Draw(digit).line([(x, y), (x + 40, y), (x + 15, y + 60)], fill=255, width=6)
    drawn = np.asarray(digit) > 0
    return (np.asarray(picture) * np.where(drawn, 0.3, 1.0)).astype(np.uint8), drawn


@pytest.mark.parametrize("levels", [(230, 90), (110, 220)])
def test_the_paper_goes_on_where_a_table_or_a_light_was(levels: tuple[int, int]) -> None:
    picture, drawn = page(levels)
    found, changed = without_surroundings(picture, SurroundingsLimits())
    assert changed
    # The blur of the smaller picture, in which the outline was found, reaches no further.
    assert np.array_equal(found, np.where(drawn, picture, levels[0]))


def test_a_sheet_on_a_table_with_a_grain_is_read_as_the_sheet_alone() -> None:
    picture, drawn = page((230, 90))
    grain = np.random.default_rng(1).normal(0, 12, picture.shape) * (picture == 90)
    found = find_ink((picture + grain).astype(np.uint8))
    assert np.array_equal(found.pixels > 0.5, drawn)
    assert "surroundings removed" in found.mended


def test_a_thin_0_is_the_ink_of_its_sheet_and_what_it_surrounds_is_paper() -> None:
    picture, drawn = page((230, 60))
    picture[drawn] = 230
    y, x = np.mgrid[0:200, 0:260]
    ring = np.abs(np.hypot(y - 100, x - 135) - 28) < 2
    picture[ring] = 40
    found, changed = without_surroundings(picture, SurroundingsLimits())
    assert changed
    assert np.array_equal(found, np.where(ring, picture, 230))


def test_the_edge_of_a_shadow_through_a_digit_takes_nothing_of_it() -> None:
    picture, _ = page((110, 220), at=(210, 70))
    found, changed = without_surroundings(picture, SurroundingsLimits())
    assert not changed
    assert np.array_equal(found, picture)


def test_a_round_part_is_no_sheet() -> None:
    picture, _ = page((230, 90), "ellipse")
    assert not without_surroundings(picture, SurroundingsLimits())[1]


def test_a_sheet_without_writing_is_none() -> None:
    picture, drawn = page((230, 90))
    picture[drawn] = 230
    assert not without_surroundings(picture, SurroundingsLimits())[1]


def test_light_that_falls_little_by_little_has_no_edge() -> None:
    light = np.tile(np.linspace(80, 240, 260), (200, 1))
    light[70:130, 180:188] *= 0.3
    assert not without_surroundings(light.astype(np.uint8), SurroundingsLimits())[1]
