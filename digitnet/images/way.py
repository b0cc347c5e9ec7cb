"""Find the ink of a picture: surroundings and paper away, polarity, threshold, specks away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.images.ink.boxes import without_boxes
from digitnet.images.ink.ruling import without_ruling
from digitnet.images.ink.specks import at_edge, is_writing, stroke_widths
from digitnet.images.measure.components import Mask, components
from digitnet.images.measure.morphology import Grey, dilation
from digitnet.images.paper.light import contrast, is_dark_ink, without_frame
from digitnet.images.paper.surroundings import without_surroundings

# Handwriting of a few millimetres is still 20 pixels high when a page is this large.
_WORKING_SIDE = 1600
# A contrast that no camera's noise or JPEG block reaches on even paper, and faint pencil does.
_LEAST_CONTRAST = 0.04
# The paper is what is left when everything narrower than so many strokes is filled.
_WIDTHS = 4
# Paper whose light differs by more than this, as a share of full white, is unevenly lit.
_UNEVEN = 0.12


@dataclass(frozen=True)
class Mended:
    """What stood between the picture and its ink.

    Attributes
    ----------
    dark_ink : bool
        The ink was darker than the paper.
    faint_ink : bool
        The ink had less than half of the contrast there can be.
    uneven_light : bool
        The paper was not lit evenly.
    frame : bool
        An even border surrounded the picture.
    surroundings : bool
        Something lay around the paper, or light fell beside it.
    ruled_lines : bool
        Ruled lines crossed the paper, or were a box around the digit.
    specks : int
        Specks and scraps that were no writing.
    """

    dark_ink: bool
    faint_ink: bool
    uneven_light: bool
    frame: bool
    surroundings: bool
    ruled_lines: bool
    specks: int

    def __str__(self) -> str:
        """Say it in a line: ``dark ink on light paper; uneven light removed``."""
        said = ["dark ink on light paper" if self.dark_ink else "light ink on dark paper"]
        said += ["faint ink strengthened"] * self.faint_ink
        said += ["uneven light removed"] * self.uneven_light
        said += ["frame removed"] * self.frame
        said += ["surroundings removed"] * self.surroundings
        said += ["ruled lines removed"] * self.ruled_lines
        if self.specks:
            said.append(f"{self.specks} speck{'s' * (self.specks > 1)} removed")
        return "; ".join(said)


@dataclass(frozen=True)
class Ink:
    """The writing on a picture.

    Attributes
    ----------
    pixels : ndarray of float32, shape (height, width)
        0 where there is paper, up to 1 where there is ink.
    scale : int
        Pixels of the picture, along a side, that one pixel of ``pixels`` stands for.
    mended : Mended
        What had to be done to find it.
    """

    pixels: Grey
    scale: int
    mended: Mended


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
    small, framed = without_frame(small)
    small, surrounded = without_surroundings(small)
    dark = is_dark_ink(small)
    light = small.astype(np.float32) / np.float32(255)
    size = max(3, min(light.shape) // 2)
    away, paper = contrast(light, dark, size)
    uneven = float(np.ptp(np.percentile(paper, [2, 98]))) > _UNEVEN
    away, floor = _above_noise(away)
    # Once the strokes are known, the paper can be followed as closely as they allow.
    closer = _WIDTHS * _widest(_strokes(away, floor))
    if closer < size:
        away, floor = _above_noise(contrast(light, dark, max(31, closer), uneven)[0])
    away, ruled = without_ruling(away, floor)
    writing = _strokes(away, floor)
    away, boxed = without_boxes(away, writing, floor)
    if boxed:
        writing = _strokes(away, floor)
    pixels, level, specks = _writing(away, floor, writing)
    mended = Mended(dark, 0 < level < 0.5, uneven, framed, surrounded, ruled or boxed, specks)
    return Ink(pixels, scale, mended)


def _above_noise(away: Grey) -> tuple[Grey, float]:
    """Contrast above the paper's own, and the contrast that the paper's grain can reach."""
    # The lower third is paper even under the boldest digit. Of a normal distribution the 5th and
    # 30th percentile, here of paper and ink together, lie some 1.2 deviations apart.
    lowest, low = (float(level) for level in np.percentile(away, [5, 30]))
    grain = (low - lowest) / 1.2
    least = _LEAST_CONTRAST if grain > 0 else _LEAST_CONTRAST / 3
    return (away - np.float32(low + grain / 2)).clip(0), max(least, 4 * grain)


def _strokes(away: Grey, floor: float) -> Mask:
    """Pixels above half of the ink's contrast, which each connected piece has of its own.

    On clean paper a quarter is enough, and keeps strokes that were drawn with less pressure.
    A faint digit beside a bold one keeps its strokes, and so does writing in a shadow; a piece
    of less than a quarter of the strongest contrast is a stain or a ghost of the paper.
    """
    pieces = components(away > floor)
    if not len(pieces.areas):
        return away > floor
    inside = pieces.labels >= 0
    labels, values = pieces.labels[inside], away[inside]
    peak = np.zeros(len(pieces.areas), dtype=np.float32)
    np.maximum.at(peak, labels, values)
    upper = values > peak[labels] / 2
    count = np.bincount(labels, weights=upper, minlength=len(peak))
    level = np.bincount(labels, weights=values * upper, minlength=len(peak)) / count
    clean = floor < _LEAST_CONTRAST
    bold = level >= level[np.argmax(level * count)] * (0.25 if clean else 0.4)
    strong = np.zeros(away.shape, dtype=np.bool_)
    cut = level * (0.25 if clean else 0.45)
    strong[inside] = (values > cut[labels]) & bold[labels]
    return strong


def _widest(strong: Mask) -> int:
    """Stroke width of the widest large piece, in whole pixels."""
    pieces = components(strong)
    if not len(pieces.areas):
        return 1
    inner = ~at_edge(pieces)
    areas = pieces.areas * inner if inner.any() else pieces.areas
    large = areas >= min(0.05 * areas.sum(), areas.max())
    return int(np.ceil(stroke_widths(pieces)[large].max()))


def _writing(away: Grey, floor: float, strong: Mask) -> tuple[Grey, float, int]:
    """Contrast divided by the ink's, its level, and how many specks were left out."""
    pieces = components(strong)
    if not len(pieces.areas):
        return np.zeros_like(away), 0.0, 0
    kept = is_writing(pieces)
    strong = strong & np.append(kept, False)[pieces.labels]
    level = float(np.percentile(away[strong], 90))
    others = (pieces.labels >= 0) & ~strong
    # On clean paper the faintest edge of a stroke is drawn; else it is blur, or left of a line.
    faintest, pixels = (0.04, 2) if floor < _LEAST_CONTRAST else (0.3, 1)
    near = dilation(strong.astype(np.float32), _height(strong) * pixels // 10) > 0
    soft = strong | (near & ~others & (away > max(floor, faintest * level)))
    inked: Grey = np.where(soft, away / level, 0).clip(0, 1).astype(np.float32)
    return inked, level, int((~kept).sum())


def _height(mask: Mask) -> int:
    """Rows from the first with ink to the last. A tenth of it is two of MNIST's pixels."""
    rows = np.flatnonzero(mask.any(axis=1))
    return int(rows[-1] - rows[0] + 1)
