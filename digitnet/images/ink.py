"""Find the ink of a picture: paper away, polarity from evidence, threshold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from digitnet.images.morphology import closing, dilation, opening

Grey = NDArray[np.float32]

# Handwriting of a few millimetres is still 20 pixels high when a page is this large.
_WORKING_SIDE = 1600
# Polarity is a matter of a few hundred pixels.
_THUMBNAIL = 48
# A contrast that no camera's noise or JPEG block reaches on even paper, and faint pencil does.
_LEAST_CONTRAST = 0.04


@dataclass(frozen=True)
class Ink:
    """What was found on a picture.

    Attributes
    ----------
    pixels : ndarray of float32, shape (height, width)
        0 where there is paper, up to 1 where there is ink.
    scale : int
        Pixels of the picture, along a side, that one pixel of ``pixels`` stands for.
    dark : bool
        The ink was darker than the paper.
    """

    pixels: Grey
    scale: int
    dark: bool


def find_ink(grey: NDArray[np.uint8]) -> Ink:
    """Ink of a picture, as light ink on a ground of 0.

    Parameters
    ----------
    grey : ndarray of uint8, shape (height, width)
        As :func:`digitnet.images.picture.open_picture` gives it.

    Returns
    -------
    Ink
        Without a single pixel above 0 where nothing stands out from the paper.
    """
    scale = max(1, -(-max(grey.shape) // _WORKING_SIDE))
    small = np.asarray(Image.fromarray(grey).reduce(scale)) if scale > 1 else grey
    light = small.astype(np.float32) / np.float32(255)
    size = max(3, min(light.shape) // 2)
    dark = _is_dark(small)
    contrast = closing(light, size) - light if dark else light - opening(light, size)
    return Ink(_inked(contrast), scale, dark)


def _is_dark(grey: NDArray[np.uint8]) -> bool:
    """Whether the ink is darker than the paper: Σ min(g - m, 0)² > Σ max(g - m, 0)².

    m is the median over a window of half the picture's side, which is paper, lit as it is there,
    as long as ink covers less of the window than paper does. What lies far from the median is
    ink, whichever way it lies.
    """
    thumbnail = Image.fromarray(grey)
    thumbnail.thumbnail((_THUMBNAIL, _THUMBNAIL), Image.Resampling.BOX)
    padded = np.pad(np.asarray(thumbnail), _THUMBNAIL // 4, mode="reflect")
    window = 2 * (min(thumbnail.size) // 4) + 1
    paper = np.asarray(Image.fromarray(padded).filter(ImageFilter.MedianFilter(window)))
    edge = _THUMBNAIL // 4
    paper = paper[edge : edge + thumbnail.height, edge : edge + thumbnail.width]
    away = np.asarray(thumbnail, dtype=np.float32) - paper
    return bool(np.sum(away.clip(None, 0) ** 2) > np.sum(away.clip(0, None) ** 2))


def _inked(contrast: Grey) -> Grey:
    """Contrast divided by that of the ink, and 0 away from the strokes."""
    noise = 1.4826 * float(np.median(np.abs(contrast - np.median(contrast))))
    least = max(_LEAST_CONTRAST, 4 * noise)
    candidates = contrast[contrast > least]
    if not len(candidates):
        return np.zeros_like(contrast)
    threshold = _two_means(candidates)
    level = float(np.percentile(candidates[candidates > threshold], 90))
    strong = contrast > threshold
    near = dilation(strong.astype(np.float32), _height(strong) // 5) > 0
    faint = max(0.04 * level, 3 * noise)
    inked: Grey = np.where(near & (contrast > faint), contrast / level, 0).clip(0, 1)
    return inked.astype(np.float32)


def _height(mask: NDArray[np.bool_]) -> int:
    """Rows from the first with ink to the last. A tenth of it is two of MNIST's pixels."""
    rows = np.flatnonzero(mask.any(axis=1))
    return int(rows[-1] - rows[0] + 1)


def _two_means(contrast: Grey) -> float:
    """T = (mean of the ink + paper's 0) / 2, iterated.

    Ridler and Calvard, IEEE Transactions on Systems, Man and Cybernetics 8, 1978; the paper's
    mean is known to be 0 here, and unlike Otsu's threshold this one does not mind ink being
    a thousandth of the picture.
    """
    threshold = float(contrast.mean()) / 2
    for _ in range(20):
        moved = float(contrast[contrast > threshold].mean()) / 2
        if abs(moved - threshold) < 1e-4:
            break
        threshold = moved
    return threshold
