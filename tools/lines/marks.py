"""What stands in a line beside its digits: points, dashes, a neighbour's ends, the form's lines."""

from __future__ import annotations

import numpy as np

from digitnet.images.measure.morphology import Grey
from tools.lines.row import MARGIN, ROWS, Row

Point = tuple[float, float]
"""Column and row."""


def stroke(page: Grey, start: Point, end: Point, width: float) -> None:
    """Draw a straight stroke with soft edges."""
    (x0, y0), (x1, y1) = start, end
    left, right = int(min(x0, x1) - width) - 1, int(max(x0, x1) + width) + 2
    left, right = max(0, left), min(page.shape[1], right)
    if left >= right:
        return
    y, x = np.mgrid[: page.shape[0], left:right]
    across, down = x1 - x0, y1 - y0
    share = ((x - x0) * across + (y - y0) * down) / (across**2 + down**2 + 1e-9)
    share = np.clip(share, 0, 1)
    away = np.hypot(x - x0 - share * across, y - y0 - share * down)
    there = page[:, left:right]
    np.maximum(there, np.clip(width / 2 + 0.5 - away, 0, 1), out=there)


def between(row: Row, rng: np.random.Generator) -> float:
    """Write a point, a comma or a dash behind the last digit; the columns that it takes."""
    x, y = row.end + rng.uniform(0.5, 3), row.base - rng.uniform(-1, 2)
    width = rng.uniform(1.3, 3.2)
    kind = rng.choice(3, p=(0.5, 0.35, 0.15))
    if kind == 0:
        stroke(row.page, (x, y), (x + rng.uniform(-0.5, 1), y + rng.uniform(0, 0.8)), width)
        return x - row.end + rng.uniform(1.5, 4)
    if kind == 1:
        end = x - rng.uniform(0.5, 3), y + rng.uniform(1.5, 5)
        stroke(row.page, (x, y), end, 0.8 * width)
        return x - row.end + rng.uniform(1.5, 4)
    y -= row.hand.height * rng.uniform(0.3, 0.5)
    long = rng.uniform(2, 5)
    stroke(row.page, (x, y), (x + long, y), 0.8 * width)
    return x - row.end + long + rng.uniform(1, 3)


def behind(row: Row, rng: np.random.Generator) -> None:
    """End the number as amounts end: with a point, a comma, a dash, or two."""
    width, height = rng.uniform(1.3, 2.8), row.hand.height
    end = row.end + rng.uniform(1.5, 5)
    first = rng.random()
    if first < 0.12:
        stroke(row.page, (end, row.base), (end + rng.uniform(0, 1), row.base + 0.5), width)
        end += 4
    elif first < 0.2:
        tail = end - rng.uniform(0, 2), row.base + rng.uniform(2, 6)
        stroke(row.page, (end, row.base), tail, width)
        end += 3
    second = rng.random()
    if second < 0.16:
        long = rng.uniform(4, 26) if second < 0.1 else rng.uniform(4, 12)
        y = row.base - height * rng.uniform(0.1, 0.7)
        apart = (0.0,) if second < 0.1 else (0.0, rng.uniform(2.5, 5))
        for lower in apart:
            stroke(row.page, (end, y + lower), (end + long, y + lower + rng.normal(0, 0.8)), width)
        end += long + 1
    row.end = int(max(row.end, end - 1.5)) if max(first - 0.2, second - 0.16) < 0 else row.end


def around(row: Row, rng: np.random.Generator) -> None:
    """Draw what reaches into the line from elsewhere: the ends of other lines, a form's bar."""
    width, height = rng.uniform(1.3, 2.8), row.hand.height
    for _ in range(rng.integers(1, 5) if rng.random() < 0.12 else 0):
        x, below = rng.uniform(MARGIN - 12, row.end + 10), rng.random() < 0.6
        y = row.base + rng.uniform(6, 14) if below else row.base - height - rng.uniform(5, 12)
        stroke(row.page, (x, y), (x + rng.normal(0, 4), y + (8 if below else -8)), width)
    if rng.random() < 0.04:
        x = MARGIN - rng.uniform(4, 10)
        stroke(row.page, (x, 0), (x, ROWS), rng.uniform(1, 2))


def ruled(row: Row, page: Grey, rng: np.random.Generator) -> Grey:
    """Draw the lines of a form or of ruled paper: under the digits, over them or through them."""
    columns, rows = np.arange(page.shape[1]), np.arange(ROWS)[:, np.newaxis]
    for _ in range(rng.integers(1, 3) if rng.random() < 0.35 else 0):
        where = rng.choice(3, p=(0.6, 0.25, 0.15))
        row_of = (
            row.base + rng.uniform(-1, 5),
            row.base - row.hand.height - rng.uniform(-1, 5),
            row.base - row.hand.height * rng.uniform(0.1, 0.9),
        )[where]
        away = np.abs(rows - (row_of + rng.normal(0, 0.01) * (columns - columns.mean())))
        line = rng.uniform(0.15, 1) * np.clip(rng.uniform(0.3, 1.2) + 0.5 - away, 0, 1)
        page = np.maximum(page, line) if rng.random() < 0.6 else page + line * (1 - page)
    return _celled(row, page, rng) if rng.random() < 0.1 else page


def _celled(row: Row, page: Grey, rng: np.random.Generator) -> Grey:
    """Draw upright lines at equal distances: squared paper, or the cells of a form."""
    columns, rows = np.arange(page.shape[1]), np.arange(ROWS)[:, np.newaxis]
    apart, leaning = rng.uniform(0.5, 2.5) * row.hand.height, rng.normal(0, 0.02)
    at = (columns - leaning * rows - rng.uniform(0, apart) + apart / 2) % apart - apart / 2
    line = rng.uniform(0.15, 0.8) * np.clip(rng.uniform(0.2, 1.0) + 0.5 - np.abs(at), 0, 1)
    return np.maximum(page, line)
