"""A page as a camera sees it: at an angle, blurred, noisy, in a file."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from digitnet.sheet.photo import homography

Page = NDArray[np.float32]


def viewed(page: Page, margin: int, rng: np.random.Generator) -> Page:
    """The page without its margin, seen at an angle that moves each corner by up to the margin.

    Parameters
    ----------
    page : ndarray of float32, shape (height, width, 3)
        0 to 1.
    margin : int
        In pixels. What is two margins from the edge of the page stays in view.
    """
    if not margin:
        return page
    height, width = page.shape[0] - 2 * margin, page.shape[1] - 2 * margin
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=float)
    seen = corners + margin + rng.uniform(-margin, margin, (4, 2))
    # Pillow takes the map from the view to the page, row by row, without the last entry of 1.
    mapping = homography(corners, seen).ravel()[:8]
    photo = Image.fromarray(np.rint(255 * page.clip(0, 1)).astype(np.uint8)).transform(
        (width, height), Image.Transform.PERSPECTIVE, mapping.tolist(), Image.Resampling.BICUBIC
    )
    return np.asarray(photo, dtype=np.float32) / np.float32(255)


def exposed(page: Page, blur: float, noise: float, rng: np.random.Generator) -> Page:
    """Blur by a Gaussian of ``blur`` pixels, then noise of a standard deviation of ``noise``."""
    photo = ndimage.gaussian_filter(page, (blur, blur, 0)) if blur else page
    grain: Page = rng.standard_normal(page.shape, dtype=np.float32) * np.float32(noise)
    return photo + grain


def encoded(page: Page, quality: int | None) -> io.BytesIO:
    """A JPEG file of this quality, a PNG without one; three channels, or four with opacity."""
    file = io.BytesIO()
    picture = Image.fromarray(np.rint(255 * page.clip(0, 1)).astype(np.uint8))
    if quality is None:
        picture.save(file, "PNG", compress_level=1)
    else:
        picture.save(file, "JPEG", quality=quality)
    file.seek(0)
    return file
