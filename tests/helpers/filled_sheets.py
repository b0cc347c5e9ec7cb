"""Sheets filled in with sample digits, and photos of them made by the tests."""

from __future__ import annotations

import io
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import map_coordinates

from digitnet.datasets.mnist import load_sample
from digitnet.sheet.page import BOX_HEIGHT, BOX_WIDTH, DPI, Paper, box, draw_sheet, to_pixels
from digitnet.sheet.photo import homography

Grey = NDArray[np.uint8]
Page = NDArray[np.float64]
MM = DPI / 25.4
CROP_SCALE = 8.0  # pixels a millimetre of a crop
CROP_MARGIN = 14  # pixels from its edge to the box


class Filled(NamedTuple):
    page: Page
    edges: dict[tuple[int, int], NDArray[np.float64]]
    """Left, top, right, bottom of the ink, in a crop's pixels, by label and number."""


def filled(rng: np.random.Generator, paper: Paper = "A4", share: float = 0.9) -> Filled:
    """Put sample digits of various sizes into a share of the boxes, in dark ink."""
    page = np.asarray(draw_sheet(paper)).astype(np.float64)
    train = load_sample().train
    edges = {}
    for label in range(10):
        chosen = rng.choice(np.flatnonzero(train.labels == label), 10, replace=False)
        for number in (np.flatnonzero(rng.random(10) < share) + 1).tolist():
            ink = _scaled(train.images[chosen[number - 1]], rng.uniform(0.4, 0.85))
            room = np.array([BOX_WIDTH, BOX_HEIGHT]) - np.array(ink.shape[::-1]) / MM
            offset = rng.uniform(0.08, 0.92, 2) * room
            x, y = to_pixels(paper, *(np.array(box(label, number - 1)) + offset))
            part = page[y : y + ink.shape[0], x : x + ink.shape[1]]
            part[:] = part * (1 - ink) + rng.uniform(20, 90) * ink
            ends = (np.tile(offset, 2) + edges_of(ink > 0.5) / MM) * CROP_SCALE + CROP_MARGIN
            edges[label, number] = ends
    return Filled(page, edges)


def edges_of(ink: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Left, top, right, bottom."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return np.array([columns[0], rows[0], columns[-1] + 1, rows[-1] + 1], np.float64)


def _scaled(digit: Grey, height: float) -> Page:
    """Ink of a digit, 0 to 1, up to so large a share of a box."""
    rows, columns = np.flatnonzero(digit.any(axis=1)), np.flatnonzero(digit.any(axis=0))
    crop = digit[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = min(height * BOX_HEIGHT / crop.shape[0], 0.85 * BOX_WIDTH / crop.shape[1]) * MM
    size = max(1, int(crop.shape[1] * scale)), max(1, int(crop.shape[0] * scale))
    return np.asarray(Image.fromarray(crop).resize(size, Image.Resampling.BICUBIC)) / 255


def curled(page: Page, millimetres: float) -> Page:
    """Page that bulges between its corners, which stay where they are."""
    height, width = page.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    bulge = millimetres * MM * np.sin(np.pi * x / width) * np.sin(np.pi * y / height)
    bent: Page = map_coordinates(page, [y + bulge, x + bulge / 2], order=1, mode="nearest")
    return bent


def photographed(
    rng: np.random.Generator,
    page: Page,
    *,
    angle: float = 0.0,
    size: tuple[int, int] = (1600, 1200),
    tilt: float = 0.08,
    shade: float = 0.5,
    noise: float = 4.0,
    quality: int = 80,
    desk: float = 70.0,
) -> Grey:
    """Photo of a page on a desk: turned (degrees), tilted, shaded, noisy, and saved as JPEG."""
    height, width = page.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    seen = (corners - [width / 2, height / 2]) @ np.array([[cos, sin], [-sin, cos]])
    seen *= 0.85 * (np.array(size) / np.ptp(seen, axis=0)).min()
    least = min(np.linalg.norm(seen[1] - seen[0]), np.linalg.norm(seen[2] - seen[1]))
    seen += np.array(size) / 2 + rng.uniform(-tilt, tilt, (4, 2)) * least
    taken = _warped(page, homography(seen, corners), size)
    paper = _warped(np.full_like(page, 255), homography(seen, corners), size) / 255
    light = (0.85 * taken + 15 * paper) + desk * (1 - paper)
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    across = np.cos(direction := rng.uniform(0, 2 * np.pi)) * x + np.sin(direction) * y
    light *= 1 - shade * (across - across.min()) / np.ptp(across)
    light += rng.normal(0, noise, light.shape)
    target = io.BytesIO()
    Image.fromarray(light.clip(0, 255).astype(np.uint8)).save(target, "JPEG", quality=quality)
    return np.asarray(Image.open(target))


def _warped(page: Page, to_page: NDArray[np.float64], size: tuple[int, int]) -> Page:
    """Page as the camera sees it, with twice its pixels averaged to one."""
    fine = to_page @ np.diag([0.5, 0.5, 1.0])
    coefficients = (fine / fine[2, 2]).ravel()[:8].tolist()
    picture = Image.fromarray(page.clip(0, 255).astype(np.uint8)).transform(
        (2 * size[0], 2 * size[1]),
        Image.Transform.PERSPECTIVE,
        coefficients,
        Image.Resampling.BILINEAR,
    )
    return np.asarray(picture.reduce(2)).astype(np.float64)
