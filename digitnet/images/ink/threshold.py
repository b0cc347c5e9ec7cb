"""Which pixels have enough contrast to the paper to be strokes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from digitnet.images.measure.components import Components, Mask, components
from digitnet.images.measure.morphology import Grey
from digitnet.images.paper.light import LightLimits, contrast, is_uneven


@dataclass(frozen=True)
class ThresholdLimits:
    """Limits of the contrast and the shape of strokes."""

    least: float = 0.04
    """Least contrast of strokes, above noise and JPEG blocks on even paper, below faint pencil."""
    least_even: float = 0.04 / 3
    """Least contrast of strokes on paper of a single grey level."""
    darkest_paper: float = 5.0
    """Percentile of the pixels at the darkest of the paper's grain."""
    paper: float = 30.0
    """Percentile of the pixels that is paper even with the boldest digit."""
    grain: float = 10 / 3
    """Most contrast of grain, by the difference of these two."""
    peak: float = 0.5
    """Least contrast of a pixel that counts for a piece's level, by the piece's highest."""
    cut: float = 0.45
    """Least contrast of a stroke's pixel, by its piece's level."""
    bold: float = 0.4
    """Least level of a piece, by that of the boldest; less is a stain."""
    clean: float = 0.25
    """Both fractions on clean paper, which keeps light strokes."""
    fragment: float = 0.35
    """Most size of a fragment of a digit, by that of the digit."""
    slender: float = 5.25
    """Least length of a stroke by its width; a round spot has 3, a dot of a few pixels 5."""


@dataclass(frozen=True, eq=False)
class Contrast:
    """Contrast of each pixel to its paper, and the pieces that are strokes.

    Attributes
    ----------
    values : ndarray of float32, shape (height, width)
        0 on the paper.
    floor : float
        Highest contrast of the paper's grain.
    pieces : Components
        The strokes, in connected pieces.
    limits : ThresholdLimits
        The limits by which they were found.
    dropped : int
        Pixels of dropped pieces that look like strokes.
    ruled : float
        Thickness of the removed ruled lines, in pixels; 0 without any.
    """

    values: Grey
    floor: float
    pieces: Components
    limits: ThresholdLimits
    dropped: int = 0
    ruled: float = 0.0

    @classmethod
    def of(cls, values: Grey, floor: float, limits: ThresholdLimits) -> Contrast:
        """Find the strokes."""
        return cls(values, floor, components(_strokes(values, floor, limits)), limits)

    @property
    def is_clean(self) -> bool:
        """Whether the paper is so even that the faintest contrast is ink."""
        return self.floor < self.limits.least

    @property
    def cut(self) -> float:
        """Least contrast of a stroke's pixel, by its piece's level."""
        return self.limits.clean if self.is_clean else self.limits.cut

    @property
    def slender(self) -> Mask:
        """Which pieces are as slender as strokes: bool, shape (n,)."""
        return self.pieces.areas >= self.limits.slender * self.pieces.widths**2

    @property
    def left_out(self) -> float:
        """Pixels of dropped strokes by those that are kept; 0 if none are kept."""
        kept = int(self.pieces.areas.sum())
        return self.dropped / kept if kept else 0.0

    def changed(self, values: Grey) -> Contrast:
        """The page with other contrast, and the strokes of that."""
        page = Contrast.of(values, self.floor, self.limits)
        return replace(page, ruled=self.ruled)

    def without(self, dropped: Mask, *, written: bool = True) -> tuple[Contrast, int]:
        """The page without some of its pieces, and their number.

        Parameters
        ----------
        dropped : ndarray of bool, shape (n,)
        written : bool
            Whether they may be writing; those that look like strokes are then counted.
        """
        if not dropped.any():
            return self, 0
        gone = np.append(dropped, False)[self.pieces.labels]
        values = np.where(gone, np.float32(0), self.values)
        strokes = dropped & self.slender & ~self.pieces.at_edge & written
        page = replace(self, values=values, pieces=self.pieces.only(~dropped))
        page = replace(page, dropped=self.dropped + int(self.pieces.areas[strokes].sum()))
        return page, int(dropped.sum())


def above_paper(
    light: Grey, dark: bool, paper_limits: LightLimits, limits: ThresholdLimits
) -> tuple[Contrast, bool]:
    """Contrast to the paper, whose light is followed as closely as the strokes allow.

    Parameters
    ----------
    light : ndarray of float32, shape (height, width)
        Grey levels, 0 to 1.
    dark : bool
        Whether the ink is darker than the paper.
    paper_limits : LightLimits
    limits : ThresholdLimits

    Returns
    -------
    page : Contrast
    uneven : bool
        Whether the light is uneven.
    """
    size = max(3, int(paper_limits.widest * min(light.shape)))
    values, paper = contrast(light, dark, size, paper_limits)
    uneven = is_uneven(paper, paper_limits)
    page = Contrast.of(*_above_grain(values, limits), limits)
    # Once the strokes are known, the light can be followed as closely as they allow.
    closer = int(paper_limits.widths * _widest(page))
    if closer < size or (uneven and size > paper_limits.closest):
        size = max(paper_limits.closest, min(closer, size))
        values, _ = contrast(light, dark, size, paper_limits, uneven=uneven)
        page = Contrast.of(*_above_grain(values, limits), limits)
    return page, uneven


def _above_grain(values: Grey, limits: ThresholdLimits) -> tuple[Grey, float]:
    """Contrast above the paper's own, and the highest contrast of the paper's grain."""
    lowest, low = (float(p) for p in np.percentile(values, [limits.darkest_paper, limits.paper]))
    grain = low - lowest
    least = limits.least if grain > 0 else limits.least_even
    # For paper and ink together, some 1.2 standard deviations of the grain lie between these
    # two, and half a one between the darker third of the paper and its median.
    middle = low + 0.5 / 1.2 * grain
    return (values - np.float32(middle)).clip(0), max(least, limits.grain * grain)


def _strokes(values: Grey, floor: float, limits: ThresholdLimits) -> Mask:
    """Pixels above a fraction of the ink's contrast, measured for each connected piece.

    A faint digit beside a bold one keeps its strokes, and so does writing in a shadow; a piece of
    far less than the highest contrast is a stain or shows through the paper.
    """
    pieces = components(values > floor)
    if not len(pieces.areas):
        return pieces.mask
    inside = pieces.mask
    labels, inked = pieces.labels[inside], values[inside]
    peak = np.zeros(len(pieces.areas), dtype=np.float32)
    np.maximum.at(peak, labels, inked)
    upper = inked > peak[labels] * np.float32(limits.peak)
    count = np.bincount(labels, weights=upper, minlength=len(peak))
    level = np.bincount(labels, weights=inked * upper, minlength=len(peak)) / count
    is_clean = floor < limits.least
    bold = level >= level[np.argmax(level * count)] * (limits.clean if is_clean else limits.bold)
    cut = level * (limits.clean if is_clean else limits.cut)
    strokes = np.zeros(values.shape, dtype=np.bool_)
    strokes[inside] = (inked > cut[labels]) & bold[labels]
    return strokes


def _widest(page: Contrast) -> int:
    """Width of the widest stroke, in whole pixels."""
    pieces = page.pieces
    inner = ~pieces.at_edge
    widths = pieces.widths[inner] if inner.any() else pieces.widths
    return int(np.ceil(widths.max(initial=1)))
