"""Pictures at the limits of what is taken for one thing or another: boxes, frames, dim paper."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from .score import chosen
from .writing import strokes

Page = NDArray[np.floating]

ODD: Final = ("box", "frame", "dim paper", "cut out", "sheet", "pieces", "streaks")


def odd(kind: str, seed: int) -> NDArray[np.uint8]:
    """Page levels of a digit, with what is around it of any size, slope, width and level.

    Parameters
    ----------
    kind : str
        One of `ODD`.
    seed : int
    """
    rng = np.random.default_rng([ODD.index(kind), seed])
    digit, _ = chosen(seed)
    side = round(float(np.exp(rng.uniform(np.log(8), np.log(220)))))
    if kind == "box":
        page = _boxed(strokes(digit, max(20, side), rng.uniform(1.5, 3), 1.0), rng)
    elif kind == "frame":
        page = _framed(strokes(digit, min(side, (10, 100)[seed % 2]), 2.4, 1.0), rng)
    elif kind == "cut out":
        ink = strokes(digit, max(20, side), rng.uniform(1.5, 4), 1.0)
        page = 0.9 - rng.uniform(0.3, 0.9) * _cut(ink) * rng.uniform(0.8, 1)
    elif kind == "streaks":
        page = _streaked(max(40, side), rng)
    elif kind == "pieces":
        page = _scattered(strokes(digit, max(28, side), rng.uniform(1.5, 3), 1.0), rng)
    elif kind == "sheet":
        page = _sheet(strokes(digit, max(40, side), rng.uniform(1.5, 3), 1.0), rng)
    else:
        ink = strokes(digit, max(20, side), rng.uniform(1.2, 3), 2.0)
        page = np.exp(rng.uniform(np.log(0.05), 0)) * (1 - rng.uniform(0.1, 0.9) * ink)
    noise = rng.choice([0.0, 0.004, 0.02]) * rng.standard_normal(page.shape)
    levels: NDArray[np.uint8] = np.rint(255 * (page + noise).clip(0, 1)).astype(np.uint8)
    return levels if rng.random() < 0.7 else 255 - levels


def _cut(ink: Page) -> Page:
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _boxed(ink: Page, rng: np.random.Generator) -> Page:
    """A box of four lines, each aslant in its own way, that the digit may touch."""
    digit = _cut(ink)
    height, width = digit.shape
    gap = np.array([height, width]) * rng.uniform(-0.05, 1.2)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)]) + 0.5
    corners += np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * gap[::-1] / 2
    corners += rng.uniform(-0.12, 0.12) * rng.standard_normal((4, 2)) * [width, height]
    edge = np.ceil(max(0.0, -corners.min())) + rng.integers(2, 12)
    size = np.ceil(np.maximum(corners.max(axis=0), [width, height]) + edge * 1.5).astype(int)
    page = Image.new("L", tuple((size + round(float(edge))).tolist()))
    line = max(1, round(rng.uniform(0.01, 0.12) * height))
    points = [tuple(point) for point in (corners + edge).tolist()]
    ImageDraw.Draw(page).line([*points, points[0]], fill=round(rng.uniform(60, 255)), width=line)
    drawn = np.array(page, np.float32) / 255
    at = round(float(edge))
    within = drawn[at : at + height, at : at + width]
    np.maximum(within, digit, out=within)
    return 0.92 - rng.uniform(0.4, 0.9) * drawn


def _framed(ink: Page, rng: np.random.Generator) -> Page:
    """A border of any width and level, uneven in places, on two or four sides."""
    wide = rng.uniform(0, 0.4, 4) if rng.random() < 0.5 else np.full(4, rng.uniform(0, 0.35))
    top, left, bottom, right = (np.rint(wide * len(ink)).astype(int)).tolist()
    paper, border = rng.uniform(0.1, 1, 2)
    page = np.pad(paper * (1 - 0.8 * ink), ((top, bottom), (left, right)), constant_values=border)
    if rng.random() < 0.5 and top:
        start = rng.integers(page.shape[1])
        page[rng.integers(top), start : start + rng.integers(1, page.shape[1])] = paper
    return page.astype(np.float32)


def _scattered(ink: Page, rng: np.random.Generator) -> Page:
    """Bars, spots and specks of any size around the digit, and at the edges."""
    side = len(ink)
    edge = round(side * rng.uniform(0, 0.8))
    page = Image.fromarray(np.rint(255 * np.pad(ink, edge)).astype(np.uint8))
    pen = ImageDraw.Draw(page)
    for _ in range(rng.integers(1, 6)):
        end = np.array(page.size) * rng.uniform(-0.1, 1.1, 2)
        long, wide = side * np.exp(rng.uniform(np.log(0.02), np.log([1.5, 0.3])))
        turn = rng.choice([0.0, np.pi / 2, rng.uniform(0, np.pi)])
        points = [*end, *(end + long * np.array([np.cos(turn), np.sin(turn)]))]
        pen.line(np.array(points).tolist(), fill=255, width=max(1, round(float(wide))))
    return 0.95 - rng.uniform(0.3, 0.9) * np.asarray(page, np.float32) / 255


def _streaked(side: int, rng: np.random.Generator) -> Page:
    """Upright streaks as wood has them, few or many; or a single stroke, which may be a 1."""
    count = int(rng.integers(5, 17))
    if rng.random() < 0.5:
        turn, image = rng.uniform(0, np.pi / 3), Image.new("L", (side, side), 204)
        reach = 0.4 * side * np.array([np.cos(turn), np.sin(turn)])
        ends = [*(side / 2 - reach), *(side / 2 + reach)]
        ImageDraw.Draw(image).line(ends, fill=102, width=max(2, side // 20))
        return np.asarray(image, np.float32) / 255
    page = np.full((side, side), 0.8)
    width = max(1, side // (4 * count))
    for column in np.linspace(2, side - 4 - width, count).astype(int).tolist():
        top = int(rng.integers(side // 8, side // 6 + 1))
        page[top : side - top, column : column + width] = 0.4
    return page


def _sheet(ink: Page, rng: np.random.Generator) -> Page:
    """A sheet of any size and light on another ground, with a step of light that may be soft."""
    height, width = ink.shape
    outer = np.array([height, width]) * rng.uniform(1.1, 5)
    rows, columns = np.ceil(outer).astype(int).tolist()
    page = Image.new("F", (columns, rows), float(rng.uniform(0.1, 1)))
    y, x = ((outer - [height, width]) * rng.uniform(0, 1, 2)).tolist()
    corners = np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
    corners += rng.standard_normal((4, 2)) * rng.uniform(0, 0.12) * width
    level = float(rng.uniform(0.2, 1))
    ground = page.getpixel((0, 0))
    pen = ImageDraw.Draw(page)
    pen.polygon([tuple(point) for point in corners.tolist()], fill=level)
    if rng.random() < 0.7:  # a finger lies on the edge
        (left, top), reach = (corners[0] + corners[1]) / 2, rng.uniform(0.02, 0.15) * width
        pen.ellipse((left - reach, top - reach, left + reach, top + reach), fill=ground)
    soft = rng.uniform(0, 0.2) * width
    small = page.resize((max(8, round(columns / (1 + soft))), max(8, round(rows / (1 + soft)))))
    light = np.array(small.resize(page.size, Image.Resampling.BILINEAR), np.float32)
    part = light[round(y) : round(y) + height, round(x) : round(x) + width]
    part *= 1 - rng.uniform(0.1, 0.9) * ink[: part.shape[0], : part.shape[1]]
    return light
