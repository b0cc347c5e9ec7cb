"""Every limit of the sheet is there for something: moved by 30 %, some photo is read otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from digitnet.errors import PictureError
from digitnet.sheet.marks import MarkLimits, find_marks
from digitnet.sheet.page import BOX_HEIGHT, BOX_WIDTH, COLUMNS, MARKS, box, draw_sheet, to_pixels
from digitnet.sheet.photo import SHEET, read_sheet
from tests.helpers.filled_sheets import MM, curled, filled, photographed
from tests.helpers.limits import moved

Grey = NDArray[np.uint8]


def photos() -> Iterator[Grey]:
    """Filled pages at any angle, in any light, near and far."""
    for seed in range(6):
        rng = np.random.default_rng(seed)
        page = curled(filled(rng, ("A4", "Letter")[seed % 2]).page, rng.uniform(0, 1.5))
        size = ((1600, 1200), (1000, 750), (700, 525))[seed % 3]
        shade, desk = rng.uniform(0.2, 0.75), rng.uniform(20, 240)
        angle, noise = rng.uniform(0, 360), rng.uniform(2, 9)
        tilt = rng.uniform(0, 0.2)
        yield photographed(
            rng, page, angle=angle, tilt=tilt, shade=shade, desk=desk, noise=noise, size=size
        )


def written(seed: int) -> Grey:
    """A page with a stroke of any length, weight and level in or beside each of its boxes."""
    rng = np.random.default_rng(seed)
    page = draw_sheet("A4")
    pen = ImageDraw.Draw(page)
    for label in range(10):
        for column in range(COLUMNS):
            x, y = to_pixels("A4", *box(label, column))
            x += round(rng.uniform(-0.15, 1) * BOX_WIDTH * MM)
            y += round(rng.uniform(0.1, 0.9) * BOX_HEIGHT * MM)
            for _ in range(2):
                length, weight = rng.uniform(0.5, 4) * MM, round(rng.uniform(0.1, 0.7) * MM)
                turn = rng.choice([0.0, 1.57, rng.uniform(0, 1.57)])
                end = (x + length * np.cos(turn), y + length * np.sin(turn))
                pen.line([(x, y), end], fill=round(rng.uniform(0, 245)), width=max(1, weight))
                x, y = x + round(2 * MM), y + round(rng.uniform(-1, 1) * MM)
    return np.asarray(page)


def rings(seed: int) -> Grey:
    """Rings around dots of any size and form, none of which is part of a page."""
    rng = np.random.default_rng(seed)
    paper, largest = round(rng.uniform(60, 255)), (16, 90)[seed % 2]
    picture = Image.new("L", (1600, 1200), paper)
    pen = ImageDraw.Draw(picture)
    for place in np.argwhere(np.ones((16, 12))):
        level = round(paper * rng.uniform(0, 0.95))
        side = np.exp(rng.uniform(np.log(6), np.log(largest)))
        sides = np.array([side, max(5.0, side * rng.uniform(0.7, 1))])
        middle = 100.0 * place + 50
        off = middle + sides * rng.uniform(-0.16, 0.16, 2)
        dot = sides * rng.uniform(0.15, 0.7)
        line = max(1, round(rng.uniform(0.05, 0.2) * side))
        pen.ellipse(_around(middle, sides), outline=level, width=line)
        pen.ellipse(_around(off, dot), fill=level)
        if rng.random() < 0.5:
            pen.ellipse(_around(off, dot * rng.uniform(0.3, 0.95)), fill=paper)
    return np.asarray(picture)


def _around(middle: NDArray[np.floating], sides: NDArray[np.floating]) -> list[float]:
    return [*(middle - sides / 2).tolist(), *(middle + sides / 2).tolist()]


def pages_of_marks(seed: int) -> Grey:
    """Four marks of unlike sizes somewhere near where a page has them, others beside them."""
    rng = np.random.default_rng(seed)
    picture = Image.new("L", (1200, 1600), 230)
    pen = ImageDraw.Draw(picture)
    scale, shear = rng.uniform(2.5, 5.5), rng.uniform(0.6, 1.4)
    for corner, (x, y) in enumerate(MARKS.tolist()):
        place = np.array([90 + scale * shear * x, 90 + scale * y])
        _mark(pen, place, 12 * scale * rng.uniform(0.5, 1.5), odd=corner == 0)
    for _ in range(rng.integers(24)):
        place = rng.uniform(250, 1100, 2)
        _mark(pen, place, 12 * scale * rng.uniform(0.8, 2), odd=bool(rng.random() < 0.5))
    return np.asarray(picture)


def _mark(pen: ImageDraw.ImageDraw, middle: NDArray[np.float64], side: float, *, odd: bool) -> None:
    for part, level in ((1.0, 0), (5 / 7, 230), ((2 if odd else 3) / 7, 0)):
        pen.rectangle(_around(middle, np.full(2, side * part)), fill=level)


def corners(photo: Grey, limits: MarkLimits) -> object:
    """Where the corner marks are, or why they are not found."""
    try:
        return find_marks(photo, limits=limits).tolist()
    except PictureError as error:
        return str(error)


def digits(photo: Grey, limits: Any, part: str) -> list[tuple[int, int, bytes]]:
    """All that is cut out, with other limits of one part."""
    crops = read_sheet(photo, limits=replace(SHEET, **{part: limits}))
    return [(crop.label, crop.number, crop.pixels.tobytes()) for crop in crops]


def unnoticed(
    limits: Any, photos: Sequence[Grey], result: Callable[[Grey, Any], object]
) -> list[str]:
    """Names of the limits that move and change no result."""
    before = [result(photo, limits) for photo in photos]
    found: dict[str, bool] = {}
    for name, others in moved(limits):
        found[name] = found.get(name, False) or any(
            result(photo, others) != was for photo, was in zip(photos, before, strict=True)
        )
    return [name for name in found if not found[name]]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_marks_of_some_picture_are_found_otherwise_when_a_limit_moves_by_30_per_cent() -> None:
    pictures = [*map(rings, range(4)), *map(pages_of_marks, range(30)), *photos()]
    assert unnoticed(SHEET.marks, pictures, corners) == []


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_digits_of_some_sheet_are_cut_out_otherwise_when_a_limit_moves_by_30_per_cent() -> None:
    pictures = [*map(written, range(3)), *photos()]
    assert unnoticed(SHEET.lines, pictures, partial(digits, part="lines")) == []
    assert unnoticed(SHEET.digits, pictures, partial(digits, part="digits")) == []
