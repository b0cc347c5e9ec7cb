"""The way to the ink: polarity, uneven light, no ink at all, and every stage in order."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from digitnet.images.pipeline import INK, SizeLimits, find_ink


@pytest.fixture
def four() -> NDArray[np.uint8]:
    """An open 4 in light ink (255) on a dark ground (0), 80 × 60."""
    picture = Image.new("L", (60, 80))
    pen = ImageDraw.Draw(picture)
    pen.line([(20, 15), (15, 45), (45, 45)], fill=255, width=6)
    pen.line([(38, 20), (34, 68)], fill=255, width=6)
    return np.asarray(picture)


@pytest.mark.parametrize("dark", [True, False])
def test_clean_ink_comes_back_as_it_was_drawn(four: NDArray[np.uint8], dark: bool) -> None:
    found = find_ink(255 - four if dark else four)
    ink = "dark ink on light paper" if dark else "light ink on dark paper"
    assert found.mended == (ink,)
    assert found.scale == 1
    assert np.array_equal(found.pixels, four / np.float32(255))


@pytest.mark.parametrize("dark", [True, False])
def test_faint_ink_is_brought_to_full_strength(four: NDArray[np.uint8], dark: bool) -> None:
    faint = np.where(four > 0, 120, 100 + 40 * dark).astype(np.uint8)
    assert np.array_equal(find_ink(faint).pixels, four / np.float32(255))


def test_a_gradient_of_light_is_not_ink(four: NDArray[np.uint8]) -> None:
    light = np.linspace(90, 250, 80)[:, np.newaxis]
    uneven = (light * np.where(four > 0, 0.4, 1.0)).astype(np.uint8)
    assert np.array_equal(find_ink(uneven).pixels > 0.5, four > 0)


@pytest.mark.parametrize("level", [0, 128, 255])
def test_even_paper_holds_no_ink(level: int) -> None:
    assert not find_ink(np.full((40, 40), level, dtype=np.uint8)).pixels.any()


def test_a_picture_larger_than_the_working_size_is_reduced() -> None:
    large = np.full((3300, 1700), 255, dtype=np.uint8)
    large[1000:2000, 800:860] = 0
    found = find_ink(large)
    assert found.scale == 3
    assert found.pixels.shape == (1100, 567)


def test_every_stage_is_watched_in_order(four: NDArray[np.uint8]) -> None:
    seen: list[tuple[str, str]] = []
    find_ink(four, watch=lambda name, picture: seen.append((name, picture.dtype.name)))
    names = [stage.name for stage in INK.stages]
    assert names[:4] == ["size", "surroundings", "polarity", "contrast"]
    assert names[-1] == "ink"
    assert seen == [(name, "uint8") for name in names[:3]] + [(n, "float32") for n in names[3:]]


def test_a_stage_that_finds_nothing_gives_the_very_picture_it_was_given(
    four: NDArray[np.uint8],
) -> None:
    pictures: dict[str, NDArray[np.generic]] = {}
    found = find_ink(four, watch=pictures.__setitem__).found
    names = [stage.name for stage in INK.stages]
    for before, name in pairwise(names):
        if name not in ("contrast", "ink") and not found[name]:
            assert pictures[name] is pictures[before]


def test_a_stage_can_be_given_other_limits_by_its_name(four: NDArray[np.uint8]) -> None:
    small = INK.with_limits(size=SizeLimits(side=40))
    assert find_ink(four, small).scale == 2
    assert small.limits["size"] == {"side": 40}
    assert {**small.limits, "size": None} == {**INK.limits, "size": None}


def test_a_stage_that_is_left_out_leaves_what_it_would_have_taken(four: NDArray[np.uint8]) -> None:
    page = np.pad(four, 30)
    page[124:136, 20:26] = 255
    page[8:11, 8:11] = page[6:9, 100:103] = 255
    whole, kept = find_ink(page), find_ink(page, INK.without("specks"))
    assert whole.mended == ("light ink on dark paper", "3 specks removed")
    assert kept.mended == whole.mended[:1]
    assert "specks" not in kept.found
    there = kept.pixels > whole.pixels
    assert there.sum() == 12 * 6 + 2 * 3 * 3
    assert there[124:136, 20:26].all()


def test_what_was_mended_is_said_in_the_order_of_the_stages() -> None:
    page = np.full((120, 160), 200, np.uint8)
    page[20:100, 60:72] = 140
    page[4:7, 4:7] = page[110:113, 150:153] = 140
    framed = np.pad(page, 6, constant_values=0)
    found = find_ink(framed)
    assert found.mended == (
        "surroundings removed",
        "dark ink on light paper",
        "2 specks removed",
        "faint ink strengthened",
    )
    counted = {name: n for name, n in found.found.items() if n}
    assert counted == {"surroundings": 1, "polarity": 1, "specks": 2, "ink": 1}
    assert list(found.found) == [stage.name for stage in INK.stages]
