"""What is around the paper: a table, a frame, or nothing, where it was cut close."""

from __future__ import annotations

import numpy as np
from PIL import Image
from scipy import ndimage

from .camera import Page
from .paper import Shape
from .writing import Colour, Grey, Span, bounds


def sheet(ink: Grey, rng: np.random.Generator, tilt: float, gap: Span) -> Grey:
    """A sheet of paper around the digit: 1 on it, 0 beside it.

    Parameters
    ----------
    ink : ndarray of float32, shape (height, width)
        The digit on its page.
    rng : numpy.random.Generator
    tilt : float
        Greatest angle that it is turned by, in radians.
    gap : tuple of float
        Least and greatest distance of its edges from the digit, as a share of its height.
    """
    left, top, right, bottom = bounds(ink)
    angle = rng.uniform(-tilt, tilt)
    y, x = np.indices(ink.shape, dtype=np.float32)
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    on = np.ones_like(ink)
    for side in range(4):
        way = angle + side * np.pi / 2
        outwards = np.array([np.cos(way), np.sin(way)])
        edge = (corners @ outwards).max() + rng.uniform(*gap) * (bottom - top)
        away = x * np.float32(outwards[0]) + y * np.float32(outwards[1])
        np.minimum(on, (edge - away + 0.5).clip(0, 1), out=on)
    return on


def table(shape: Shape, colour: Colour, grain: float, rng: np.random.Generator) -> Page:
    """A table of wood: its grain, of this standard deviation, runs along or across the picture."""
    noise = rng.standard_normal(shape, dtype=np.float32)
    wide = max(2.0, min(shape) / 12)
    run = (wide / 15, wide) if rng.integers(2) else (wide, wide / 15)
    fibres = ndimage.gaussian_filter(noise, run)
    fibres = fibres / max(float(fibres.std()), 1e-6)
    page: Page = np.array(colour, np.float32) * (1 + np.float32(grain) * fibres[..., None])
    return page


def framed(
    page: Page, rng: np.random.Generator, colour: Colour, width: Span, sides: int, least: int
) -> Page:
    """An even border is put around the picture, as by a program or a scanner.

    Parameters
    ----------
    page : ndarray of float32, shape (height, width, 3)
    rng : numpy.random.Generator
    colour : tuple of three floats
    width : tuple of float
        Least and greatest width of the border, as a share of the shorter side.
    sides : int
        4, or 2 for the upper and the lower.
    least : int
        In pixels.
    """
    widths = rng.uniform(*width, 4) * min(page.shape[:2])
    if rng.integers(2):
        widths[:] = widths[0]
    above, below, before, after = (max(least, round(share)) for share in widths)
    if sides == 2:
        before = after = 0
    rows, columns = page.shape[0] + above + below, page.shape[1] + before + after
    wider = np.broadcast_to(np.array(colour, np.float32), (rows, columns, 3)).copy()
    wider[above : above + page.shape[0], before : before + page.shape[1]] = page
    return wider


def cropped(page: Page, ink: Grey, rng: np.random.Generator, sides: int, beyond: Span) -> Page:
    """The picture cut close to the digit at some of its sides.

    Parameters
    ----------
    page : ndarray of float32, shape (height, width, 3)
    ink : ndarray of float32, shape (height, width)
        Where the digit is.
    rng : numpy.random.Generator
    sides : int
        Up to so many, at least one.
    beyond : tuple of float
        Least and greatest share of the digit's height that is cut off; what is less than 0
        remains between the digit and the edge.
    """
    left, top, right, bottom = bounds(ink)
    off = rng.uniform(*beyond, 4) * (bottom - top)
    ends = np.rint([left + off[0], top + off[1], right - off[2], bottom - off[3]]).astype(int)
    kept = [0, 0, page.shape[1], page.shape[0]]
    for side in rng.permutation(4)[: rng.integers(1, sides, endpoint=True)]:
        kept[side] = int(np.clip(ends[side], 0, kept[side + 2] if side < 2 else kept[side]))
    return page[kept[1] : kept[3], kept[0] : kept[2]]


def reduced(page: Page, longer: int) -> Page:
    """The picture with so many pixels on its longer side, by area averaging."""
    scale = longer / max(page.shape[:2])
    size = (max(1, round(page.shape[1] * scale)), max(1, round(page.shape[0] * scale)))
    small = Image.fromarray(np.rint(255 * page.clip(0, 1)).astype(np.uint8))
    return np.asarray(small.resize(size, Image.Resampling.BOX), np.float32) / np.float32(255)
