"""A digit on a page in some light before a camera: every condition a number."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from .around import table
from .camera import Page, encoded, exposed, viewed
from .paper import Shape, gradient, guilloche, ruling, shadow, specks
from .writing import Colour, Grey, Span, strokes

Drawn = Callable[[Grey, np.random.Generator], Grey]
Finish = Callable[[Page, Grey, np.random.Generator], Page]

WHITE: Colour = (0.93, 0.92, 0.89)
BLACK: Colour = (0.13, 0.13, 0.16)
BLUE: Colour = (0.13, 0.20, 0.55)
RULES: Colour = (0.45, 0.58, 0.78)


@dataclass(frozen=True)
class Scene:
    """What is in the picture. The defaults are a pen on white paper in good light.

    Attributes
    ----------
    size : tuple of float
        Least and greatest side of the digit's square, as a share of the page's shorter side.
    weight : float
        Width of the strokes, in 28ths of the digit's square.
    ink, paper : tuple of three floats
        Colours, 0 to 1.
    cover, grain : float
        Share of the paper that the ink covers, and how unevenly: pencil and chalk are grainy.
    rules, spacing, squared : float, float, bool
        Darkness of ruled lines, their distance in heights of a digit, whether they are squares.
    pattern, repeat : float
        Darkness of a fine pattern all over the paper, and what it repeats after, in heights of
        a digit.
    specks : int
        How many.
    beside, beside_ink : callable, tuple of three floats
        Draws what is on the paper beside the digit, whose place it gets; and its colour.
    sheet, table, knots : callable, tuple of three floats, float
        Draws the sheet of paper around the digit; the colour of the table that it lies on; how
        strong the table's grain is.
    fall : float
        Share of the light that is missing at the darkest side.
    shadow, edge : float
        Share of the light that is missing in a shadow, and how soft its edge is.
    angle : float
        How far the view moves the corners, as a share of the shorter side.
    blur : float
        In 28ths of the digit's square.
    noise : float
        Standard deviation, full white being 1.
    quality : int or None
        Of the JPEG; a PNG without.
    finish : callable
        Changes the picture once it is taken: a frame, a crop. It gets the digit's place.
    """

    size: Span = (0.4, 0.9)
    weight: float = 1.8
    ink: Colour = BLACK
    paper: Colour = WHITE
    cover: float = 1.0
    grain: float = 0.0
    rules: float = 0.0
    spacing: float = 1.0
    squared: bool = False
    pattern: float = 0.0
    repeat: float = 0.1
    specks: int = 0
    beside: Drawn | None = None
    beside_ink: Colour = BLACK
    sheet: Drawn | None = None
    table: Colour = (0.36, 0.26, 0.18)
    knots: float = 0.0
    fall: float = 0.1
    shadow: float = 0.0
    edge: float = 0.05
    angle: float = 0.0
    blur: float = 0.1
    noise: float = 0.01
    quality: int | None = 88
    finish: Finish | None = None


def photo(
    scene: Scene, digit: NDArray[np.uint8], side: tuple[int, int], rng: np.random.Generator
) -> io.BytesIO:
    """Write a digit somewhere on a page and photograph it.

    Parameters
    ----------
    scene : Scene
    digit : ndarray of uint8, shape (28, 28)
        Or a number, which is wider.
    side : tuple of int
        Least and greatest side of the picture, in pixels, before it is finished.
    rng : numpy.random.Generator

    Returns
    -------
    BytesIO
        A JPEG file, or PNG.
    """
    height, width = (int(edge) for edge in rng.integers(side[0], side[1], 2, endpoint=True))
    margin = round(scene.angle * min(height, width))
    square = round(rng.uniform(*scene.size) * (min(height, width) - 2 * margin))
    written = strokes(digit, square, scene.weight, 1.5)
    if written.shape[1] > square:  # a number has a picture that is wide enough for it
        width = max(width, written.shape[1] + square // 2 + 3 * margin)
    shape = (height + 2 * margin, width + 2 * margin)
    ink = placed(written, shape, 2 * margin, rng)
    page = _written(scene, _blank(scene, ink, square, rng), ink, rng)
    view = viewed(page, margin, rng)
    light = gradient(view.shape[:2], scene.fall, rng)
    if scene.shadow:
        light = light * shadow(view.shape[:2], scene.shadow, scene.edge, rng)
    taken = exposed(view * light[..., None], scene.blur * square / 28, scene.noise, rng)
    if scene.finish:
        taken = scene.finish(taken, ink, rng)
    return encoded(taken, scene.quality)


def placed(ink: Grey, shape: Shape, margin: int, rng: np.random.Generator) -> Grey:
    """A piece of ink somewhere on an empty page, at least a margin from its edges."""
    height, width = ink.shape
    top = rng.integers(margin, shape[0] - margin - height, endpoint=True)
    left = rng.integers(margin, shape[1] - margin - width, endpoint=True)
    page = np.zeros(shape, np.float32)
    page[top : top + height, left : left + width] = ink
    return page


def mixed(ground: Page, colour: Colour, share: Grey) -> Page:
    """A colour over a ground: 0 leaves the ground, 1 covers it."""
    page: Page = ground + share[..., None] * (np.array(colour, np.float32) - ground)
    return page


def _blank(scene: Scene, ink: Grey, square: int, rng: np.random.Generator) -> Page:
    """The paper before the digit is written on it."""
    shape = ink.shape
    page = np.broadcast_to(np.array(scene.paper, np.float32), (*shape, 3))
    height = square * 20 / 28
    if scene.rules:
        thick = max(1.0, height / 60)
        lines = ruling(shape, scene.spacing * height, thick, scene.squared, rng)
        page = mixed(page, RULES, scene.rules * lines)
    if scene.pattern:
        page = mixed(page, RULES, scene.pattern * guilloche(shape, scene.repeat * height, rng))
    if scene.specks:
        spots = specks(shape, scene.specks, max(1.0, height / 50), rng)
        page = mixed(page, BLACK, 0.8 * spots)
    if scene.beside:
        page = mixed(page, scene.beside_ink, scene.beside(ink, rng))
    if scene.sheet:
        on = scene.sheet(ink, rng)[..., None]
        page = on * page + (1 - on) * table(shape, scene.table, scene.knots, rng)
    return page


def _written(scene: Scene, page: Page, ink: Grey, rng: np.random.Generator) -> Page:
    """Ink over paper; a grainy ink misses the hollows of the paper."""
    share = np.float32(scene.cover) * ink
    if scene.grain:
        hollows = ndimage.gaussian_filter(rng.standard_normal(ink.shape, dtype=np.float32), 1)
        hollows = hollows / hollows.std()
        share = share * (1 + np.float32(scene.grain) * hollows).clip(0, 1)
    return mixed(page, scene.ink, share)
