"""Numbers and digits at the limits of what is read as one digit, as several, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tests.synthetic.beside import line
from tests.synthetic.score import chosen
from tests.synthetic.writing import Grey, bounds, strokes

Rng = np.random.Generator


def written(seed: int) -> NDArray[np.uint8]:
    """Page levels of what a kind of writing of `WRITINGS`, that of the seed, puts on paper."""
    rng = np.random.default_rng(seed)
    return _on_paper(WRITINGS[seed % len(WRITINGS)](rng), rng)


def with_small_lines(seed: int) -> NDArray[np.uint8]:
    """Page levels of a number, and of a line of a third to two thirds of its height below it."""
    rng = np.random.default_rng(seed)
    height = _height(rng, 40, 80)
    large, small = (_row(round(share * height), 4, rng) for share in (1, rng.uniform(0.3, 0.7)))
    width = max(large.shape[1], small.shape[1])
    lines = [np.pad(ink, ((0, height), (0, width - ink.shape[1]))) for ink in (large, small)]
    return _on_paper(np.vstack(lines)[:-height], rng)


def _on_paper(ink: Grey, rng: Rng) -> NDArray[np.uint8]:
    ink = np.pad(ink, rng.integers(0, 2 + len(ink) // 4))
    page = 0.9 - rng.uniform(0.4, 0.85) * ink
    page += rng.choice([0.0, 0.01]) * rng.standard_normal(page.shape)
    levels: NDArray[np.uint8] = np.rint(255 * page.clip(0, 1)).astype(np.uint8)
    return levels


def _height(rng: Rng, least: float = 20, most: float = 160) -> int:
    return round(float(np.exp(rng.uniform(np.log(least), np.log(most)))))


def _digit(height: int, rng: Rng) -> Grey:
    """One of the sample's digits, cut out, by a pen of any weight."""
    digit, _ = chosen(int(rng.integers(2000)))
    ink = strokes(digit, max(8, round(height * 28 / 20)), rng.uniform(1.2, 3.5), 1.2)
    left, top, right, bottom = bounds(ink > 0)
    return ink[top:bottom, left:right]


def _put(page: Grey, ink: Grey, top: int, left: int) -> None:
    """Ink on a page, as far as it is on it."""
    up, aside = max(0, -top), max(0, -left)
    place = page[top + up :, left + aside :][: len(ink) - up, : ink.shape[1] - aside]
    part = ink[up : up + len(place), aside : aside + place.shape[1]]
    np.maximum(place[: len(part), : part.shape[1]], part, out=place[: len(part), : part.shape[1]])


def _row(height: int, count: int, rng: Rng) -> Grey:
    """Digits side by side that touch or do not, of one height or of many, on a slope."""
    uneven, slope, loose = rng.uniform(0, 0.5), rng.uniform(-0.3, 0.3), rng.uniform(-0.15, 0.4)
    page = np.zeros((3 * height, 3 * height * count), np.float32)
    left = top = height
    for _ in range(count):
        ink = _digit(round(height * (1 - uneven * rng.random())), rng)
        down = rng.uniform(-0.5, 1) * (height - len(ink))
        _put(page, ink, round(top + down), left)
        step = ink.shape[1] + round(rng.uniform(-0.2, 0.2) * height + loose * height)
        left, top = left + step, round(top + slope * step)
    return _cut_out(page)


def _cut_out(page: Grey) -> Grey:
    left, top, right, bottom = bounds(page > 0)
    return page[top:bottom, left:right]


def _number(rng: Rng) -> Grey:
    return _row(_height(rng), int(rng.integers(2, 6)), rng)


def _lines(rng: Rng) -> Grey:
    """Lines one below another, that may hang into each other."""
    height = _height(rng, most=60)
    page = np.zeros((16 * height, 24 * height), np.float32)
    top = height
    for _ in range(rng.integers(2, 5)):
        row = _row(height, int(rng.integers(1, 5)), rng)
        _put(page, row, top, height + round(rng.uniform(0, 1.5) * height))
        top += round(len(row) + rng.uniform(-0.5, 0.5) * height)
    return _cut_out(page)


def _broken(rng: Rng) -> Grey:
    """A digit or two with gaps through them, at any slope."""
    ink = _row(_height(rng), int(rng.integers(1, 3)), rng)
    height = len(ink)
    for _ in range(rng.integers(1, 6)):
        middle = np.array(ink.shape[::-1]) * rng.uniform(0.1, 0.9, 2)
        turn = rng.choice([0.0, np.pi / 2, rng.uniform(0, np.pi)])
        reach = 2 * sum(ink.shape) * np.array([np.cos(turn), np.sin(turn)])
        gap = line(ink.shape, middle - reach, middle + reach, rng.uniform(0.03, 0.3) * height)
        ink = ink * (1 - gap)
    return ink


def _dotted(rng: Rng) -> Grey:
    """Digits with dots, bars and commas in and around them."""
    height = _height(rng)
    ink = np.pad(_row(height, int(rng.integers(1, 4)), rng), height // 3)
    for _ in range(rng.integers(1, 4)):
        start = np.array(ink.shape[::-1]) * rng.random(2)
        turn, long = rng.uniform(0, np.pi), height * rng.uniform(0, 0.8)
        end = start + long * np.array([np.cos(turn), np.sin(turn)])
        drawn = line(ink.shape, start, end, max(1.0, height * rng.uniform(0.04, 0.15)))
        ink = np.maximum(ink, drawn)
    return ink


def _turned(rng: Rng) -> Grey:
    """A digit that lies on its side, or aslant, squeezed or not."""
    height = _height(rng)
    ink = Image.fromarray(_row(height, int(rng.integers(1, 3)), rng))
    wide = round(ink.width * rng.uniform(0.5, 2))
    turn = float(rng.choice([90, 180, 270, rng.uniform(0, 360)]))
    turned = ink.resize((max(1, wide), height)).rotate(turn, Image.Resampling.BICUBIC, expand=True)
    return np.asarray(turned, np.float32).clip(0, 1)


def _tiny(rng: Rng) -> Grey:
    """Digits of a few pixels, broken or not."""
    ink = Image.fromarray((_broken, _number)[rng.integers(2)](rng))
    side = _height(rng, 5, 50)
    wide, high = (max(3, round(edge * side / max(ink.size))) for edge in ink.size)
    return np.asarray(ink.resize((wide, high), Image.Resampling.BOX), np.float32)


def _scribble(rng: Rng) -> Grey:
    """Lines of strokes up and down, apart or without an end, small or as large as the picture."""
    lines, height, apart = int(rng.integers(1, 4)), _height(rng, 20, 300), rng.random() < 0.3
    wide = round(min(1000, height * rng.uniform(1, 16)))
    page = Image.new("L", (wide, round(1.3 * height * lines)))
    pen = ImageDraw.Draw(page)
    often = rng.uniform(0.1, 0.5) * height
    for at in range(lines):
        x = np.cumsum(rng.uniform(0.3, 1.7, 2 * round(wide / often / 2)) * often)
        low = 0.7 * (np.arange(len(x)) % 2)
        y = height * (1.3 * at + rng.uniform(0, 0.3, len(x)) + low)
        points = list(zip(x.tolist(), y.tolist(), strict=True))
        for i in range(0, len(points) - 1, 1 + apart):
            pen.line(points[i : i + 2], 255, max(2, height // 15))
    return _cut_out(np.asarray(page, np.float32) / np.float32(255))


def _rings(rng: Rng) -> Grey:
    """Rings around each other."""
    count = int(rng.integers(4, 16))
    wide = int(rng.integers(3, 8))
    page = Image.new("L", (4 * count * wide + 8, 4 * count * wide + 8))
    for ring in range(count):
        edge = 2 + 2 * ring * wide
        end = page.width - edge
        ImageDraw.Draw(page).ellipse((edge, edge, end, end), outline=255, width=wide)
    return np.asarray(page, np.float32) / np.float32(255)


def _huge(rng: Rng) -> Grey:
    """A digit with others around it that are far smaller."""
    height = _height(rng, 100, 300)
    ink = np.pad(_digit(height, rng), height // 2)
    for _ in range(rng.integers(1, 40)):
        small = _digit(max(6, round(height * rng.uniform(0.04, 0.3))), rng)
        top, left = (rng.random(2) * ink.shape).astype(int).tolist()
        if not ink[top : top + len(small), left : left + small.shape[1]].any():
            _put(ink, small, top, left)
    return ink


def _page(rng: Rng) -> Grey:
    """Many short lines of thin strokes, which fall into many pieces."""
    height, count = _height(rng, 20, 40), int(rng.integers(5, 14))
    page = np.zeros((2 * height * (count + 1), 14 * height), np.float32)
    for n in range(count):
        row = _row(height, int(rng.integers(1, 5)), rng)
        _put(page, row, 2 * height * n + height // 2, round(height * rng.uniform(0.5, 2)))
    return _cut_out(page)


WRITINGS: Final[tuple[Callable[[Rng], Grey], ...]] = (
    _number,
    _lines,
    _broken,
    _dotted,
    _turned,
    _tiny,
    _scribble,
    _rings,
    _huge,
    _page,
)
