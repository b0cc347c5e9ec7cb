"""Numbers as people photograph them, by kind: digits side by side on all sorts of paper."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.errors import DigitnetError
from digitnet.images.form.mnist import to_mnist
from digitnet.model.digit import read_forms
from digitnet.model.model import Model, bundled_model
from digitnet.reading.reader import Reader

from .around import cropped
from .beside import line_through, lines_below
from .camera import Page
from .photos import GREY
from .scene import BLACK, BLUE, WHITE, Scene, photo
from .score import chosen
from .writing import Grey, bounds, number, strokes

SIDE: Final = (260, 420)
"""Least and greatest height of a picture, in pixels, before it is cut."""
_BASE = 24  # row of MNIST's 28 on which its digits stand


@dataclass(frozen=True)
class Kind:
    """How numbers are written, and on what.

    Attributes
    ----------
    scene : callable
        Of a generator: the paper, the pen and the camera.
    gaps : tuple of int
        Least and greatest number of columns between two digits, of MNIST's 28; below 0 they touch.
    digits : tuple of int
        Least and greatest number of digits in a line.
    lines : int
        Up to so many.
    points : float
        Share of the digits that a point follows; a dash ends the number as often.
    uneven : int
        Rows by which digits stand above or below the line, at most.
    turned : float
        Degrees that the line is turned by, at most.
    """

    scene: Callable[[np.random.Generator], Scene]
    gaps: tuple[int, int] = (1, 7)
    digits: tuple[int, int] = (3, 8)
    lines: int = 1
    points: float = 0.0
    uneven: int = 0
    turned: float = 0.0


def _plain(rng: np.random.Generator) -> Scene:
    return Scene(size=(0.25, 0.5), weight=rng.uniform(1.5, 2.4), ink=(BLACK, BLUE)[rng.integers(2)])


def _ruled(rng: np.random.Generator, *, squared: bool) -> Scene:
    spacing = rng.uniform(0.4, 0.9) if squared else rng.uniform(0.8, 1.4)
    return Scene(size=(0.25, 0.5), ink=BLUE, rules=0.6, spacing=spacing, squared=squared)


def _cheque(rng: np.random.Generator) -> Scene:
    """Patterned paper with the form's line, cut close around the amount."""
    return Scene(
        size=(0.3, 0.6),
        weight=rng.uniform(1.6, 2.6),
        ink=(BLACK, BLUE, GREY)[rng.integers(3)],
        pattern=0.5,
        repeat=rng.uniform(0.06, 0.2),
        beside=partial(line_through, width=rng.uniform(0.02, 0.04), at=(0.95, 1.15)),
        blur=0.3,
        noise=0.02,
        quality=75,
        finish=_cut_close,
    )


def _cut_close(page: Page, ink: Grey, rng: np.random.Generator) -> Page:
    return cropped(page, ink, rng, sides=4, beyond=(-0.2, 0.0))


def _form_line(rng: np.random.Generator) -> Scene:
    line = partial(line_through, width=rng.uniform(0.02, 0.04), at=(0.9, 1.1))
    return Scene(size=(0.3, 0.5), beside=line, beside_ink=(BLACK, GREY)[rng.integers(2)])


def _bold_lines(rng: np.random.Generator) -> Scene:
    """Ruled paper whose lines are as bold and as dark as the writing, in uneven light."""
    lines = partial(lines_below, width=rng.uniform(0.04, 0.1), gap=rng.uniform(1.1, 2.5))
    return Scene(
        size=(0.15, 0.35),
        weight=rng.uniform(1.5, 2.4),
        ink=(BLACK, BLUE)[rng.integers(2)],
        beside=lines,
        beside_ink=(BLACK, GREY)[rng.integers(2)],
        angle=0.03,
        fall=0.5,
        shadow=0.2,
        edge=0.06,
        blur=rng.uniform(0.1, 0.4),
        noise=rng.uniform(0.002, 0.015),
    )


def _screen(rng: np.random.Generator) -> Scene:
    ink, ground = ((BLACK, WHITE), ((1.0, 1.0, 1.0), (0.0, 0.0, 0.0)))[rng.integers(2)]
    pen = rng.uniform(1.3, 3.0)
    return Scene(
        size=(0.3, 0.6), weight=pen, ink=ink, paper=ground, fall=0, blur=0, noise=0, quality=None
    )


NUMBERS: Final[dict[str, Kind]] = {
    "plain paper": Kind(_plain),
    "ruled paper": Kind(partial(_ruled, squared=False)),
    "squared paper": Kind(partial(_ruled, squared=True)),
    "pencil": Kind(lambda _: Scene(size=(0.3, 0.5), weight=1.4, ink=GREY, cover=0.6, grain=0.3)),
    "shadow": Kind(lambda _: Scene(size=(0.25, 0.5), shadow=0.4, edge=0.02)),
    "a drawing": Kind(_screen),
    "a form's line": Kind(_form_line),
    "cheque": Kind(_cheque, points=0.15),
    "cut close": Kind(lambda rng: Scene(ink=_plain(rng).ink, size=(0.3, 0.6), finish=_cut_close)),
    "touching": Kind(_plain, gaps=(-2, 1)),
    "points and dashes": Kind(_plain, gaps=(5, 9), points=0.3),
    "slanting": Kind(_plain, turned=6),
    "no common line": Kind(_plain, uneven=6),
    "several lines": Kind(_plain, lines=4),
    "wide apart": Kind(_plain, gaps=(12, 30), digits=(2, 5)),
    "bold lines": Kind(_bold_lines),
}
"""The kinds, by name. A picture's seed has its kind's place in the list: new kinds come last."""


def numbers_of(kind: str, seed: int) -> tuple[io.BytesIO, str]:
    """A picture of a number, as a file, and what is written: the same for the same arguments."""
    how = NUMBERS[kind]
    rng = np.random.default_rng([list(NUMBERS).index(kind), seed])
    lines = [_line(how, rng) for _ in range(rng.integers(1, how.lines, endpoint=True))]
    width = max(page.shape[1] for page, _ in lines)
    space = int(rng.integers(8, 20))
    pages = [np.pad(page, ((0, space), (0, width - page.shape[1]))) for page, _ in lines]
    page = np.vstack(pages)[: -space or None]
    scene = how.scene(rng)
    rows = len(page) / 28
    side = int(SIDE[0] * max(1, 0.6 * rows)), int(SIDE[1] * max(1, 0.6 * rows))
    return photo(scene, _turned(page, how, rng), side, rng), "\n".join(text for _, text in lines)


def _line(how: Kind, rng: np.random.Generator) -> tuple[NDArray[np.uint8], str]:
    """A line, uint8 of 28 rows or more, and its digits."""
    parts = [_legible(rng) for _ in range(rng.integers(*how.digits, endpoint=True))]
    gaps = rng.integers(*how.gaps, len(parts) - 1, endpoint=True)
    room = ((how.uneven, how.uneven), (0, 0))
    off = rng.integers(-how.uneven, how.uneven, len(parts), endpoint=True)
    digits = [
        np.roll(np.pad(digit, room), down, axis=0)
        for (digit, _), down in zip(parts, off, strict=True)
    ]
    page = number(digits, gaps.tolist())
    if how.points:
        page = _pointed(page, digits, gaps.tolist(), how.points, rng)
    return page, "".join(str(label) for _, label in parts)


def _legible(rng: np.random.Generator) -> tuple[NDArray[np.uint8], int]:
    """A digit whose middle line still shows it, by the model of single digits, and its label.

    A small loop that the pen has filled is gone with the middle line: a 2 becomes a 9.
    """
    while True:
        seed = int(rng.integers(5000))
        if _survives(seed):
            return chosen(seed)


@cache
def _survives(seed: int) -> bool:
    digit, label = chosen(seed)
    form = to_mnist(strokes(digit, 112, 2.0, 1.5))
    (read,) = read_forms(bundled_model("large"), form[np.newaxis])
    return read.sure and read.digit == label


def _pointed(
    page: NDArray[np.uint8],
    digits: Sequence[NDArray[np.uint8]],
    gaps: Sequence[int],
    share: float,
    rng: np.random.Generator,
) -> NDArray[np.uint8]:
    """Points between some digits that are far enough apart, and a dash or a point at the end."""
    page = np.pad(page, ((0, 0), (0, 14)))
    end = 4
    for digit, gap in zip(digits, [*gaps, 14], strict=True):
        left, _, right, _ = bounds(digit)
        end += right - left
        if gap >= 5 and rng.random() < share:
            middle = end + 2
            if gap == 14 and rng.integers(2):
                page[14:16, middle : middle + 9] = 255
            else:
                page[_BASE - 2 : _BASE, middle : middle + 2] = 255
        end += gap
    return page


def _turned(page: NDArray[np.uint8], how: Kind, rng: np.random.Generator) -> NDArray[np.uint8]:
    """The page, turned a little."""
    if not how.turned:
        return page
    turned = Image.fromarray(page).rotate(
        rng.uniform(-how.turned, how.turned), Image.Resampling.BICUBIC, expand=True
    )
    return np.asarray(turned)


@dataclass(frozen=True)
class Read:
    """How many numbers of a kind a model read exactly, and how many answers were sure.

    Attributes
    ----------
    count, right, sure, sure_wrong : int
    """

    count: int
    right: int
    sure: int
    sure_wrong: int


def read_kind(model: Model, kind: str, seeds: Sequence[int]) -> Read:
    """Read a number for each seed."""
    right = sure = wrong = 0
    for seed in seeds:
        file, text = numbers_of(kind, seed)
        try:
            reading = Reader(model).read(file.getvalue(), "number", number=True)
        except DigitnetError:
            continue
        right += reading.text == text
        sure += reading.sure
        wrong += reading.sure and reading.text != text
    return Read(len(seeds), right, sure, wrong)


def table(found: Mapping[str, Mapping[str, Read]]) -> str:
    """Markdown: a line a kind, a column a model, and what was sure and wrong at the end."""
    models = list(found)
    lines = [["kind", *models], ["---", *["--:"] * len(models)]]
    for kind in found[models[0]]:
        shares = [found[model][kind].right / found[model][kind].count for model in models]
        lines.append([kind, *(f"{share:.0%}" for share in shares)])
    for name, share in _SUMMARY.items():
        lines.append([name, *(f"{share(list(found[model].values())):.1%}" for model in models)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


_SUMMARY: Final[dict[str, Callable[[Sequence[Read]], float]]] = {
    "all": lambda read: sum(r.right for r in read) / sum(r.count for r in read),
    "right ones that are sure": lambda read: (
        sum(r.sure - r.sure_wrong for r in read) / max(1, sum(r.right for r in read))
    ),
    "sure ones that are wrong": lambda read: (
        sum(r.sure_wrong for r in read) / max(1, sum(r.sure for r in read))
    ),
}
