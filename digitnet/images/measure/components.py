"""Connected components of a mask, by uniting the runs of neighbouring rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Integers = NDArray[np.int64]
Box = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels; right and bottom are exclusive."""


_LARGE = 0.15
"""Least area of a component that is not small, by the largest one's."""
_PAIRS = 100_000
"""Pairs of boxes whose gaps are computed at a time."""


@dataclass(frozen=True, eq=False)
class Components:
    """The 8-connected components of a mask, numbered from 0 in order of their first row.

    Attributes
    ----------
    labels : ndarray of int64, shape (height, width)
        The number of the component that a pixel belongs to; -1 on the ground.
    areas : ndarray of int64, shape (n,)
        Pixels of each component.
    boxes : ndarray of int64, shape (n, 4)
        Left, top, right, bottom of each; right and bottom are exclusive.
    """

    labels: Integers
    areas: Integers
    boxes: Integers

    @property
    def mask(self) -> Mask:
        """Mask of all components: bool, shape (height, width)."""
        return self.labels >= 0

    @property
    def sides(self) -> Integers:
        """Width and height of each box: shape (n, 2)."""
        return self.boxes[:, 2:] - self.boxes[:, :2]

    @property
    def at_edge(self) -> Mask:
        """Which touch the edge of the picture: bool, shape (n,)."""
        height, width = self.labels.shape
        left, top, right, bottom = self.boxes.T
        touching: Mask = (left <= 0) | (top <= 0) | (right >= width) | (bottom >= height)
        return touching

    @cached_property
    def widths(self) -> NDArray[np.float64]:
        """Width = 2 · area / perimeter of each, in pixels: shape (n,)."""
        inside = np.pad(self.mask, 1, constant_values=True)
        across = inside[:, :-2] & inside[:, 1:-1] & inside[:, 2:]
        outline = self.mask & ~(across[:-2] & across[1:-1] & across[2:])
        perimeters = np.bincount(self.labels[outline], minlength=len(self.areas))
        widths: NDArray[np.float64] = 2 * self.areas / np.maximum(perimeters, 1)
        return widths

    def main(self, among: Mask | bool = True) -> int:
        """Index of the largest, preferring one that does not touch the edge and is not small.

        Parameters
        ----------
        among : ndarray of bool, shape (n,)
            Candidates.
        """
        areas = self.areas * among
        inner = int(np.argmax(areas * ~self.at_edge))
        large = areas[inner] >= _LARGE * areas.max() and not self.at_edge[inner]
        return inner if large else int(np.argmax(areas))

    def only(self, kept: Mask) -> Components:
        """The kept components, renumbered in the same order."""
        numbers = np.where(kept, np.cumsum(kept) - 1, -1)
        labels = np.append(numbers, -1)[self.labels]
        return Components(labels, self.areas[kept], self.boxes[kept])

    def gaps(self, others: Integers) -> Integers:
        """Pixels between each box and the nearest of others, along the axis with more of them.

        Parameters
        ----------
        others : ndarray of int64, shape (m, 4)
            At least one box.
        """
        nearest = np.empty(len(self.boxes), dtype=np.int64)
        some = max(1, _PAIRS // len(others))  # all pairs of a page of pieces would fill the memory
        for first in range(0, len(nearest), some):
            left, top, right, bottom = self.boxes[first : first + some, :, np.newaxis].swapaxes(
                0, 1
            )
            gaps = others[:, 0] - right
            for further in (left - others[:, 2], others[:, 1] - bottom, top - others[:, 3]):
                np.maximum(gaps, further, out=gaps)
            nearest[first : first + some] = gaps.min(axis=1)
        return nearest


def components(mask: Mask) -> Components:
    """Label the 8-connected components of a mask.

    Runs of consecutive pixels are the nodes, runs that touch across a row boundary the edges
    (He, Chao, Suzuki, IEEE Transactions on Image Processing 17, 2008, "A run-based two-scan
    labeling algorithm"); the union is by repeated hooking to the smaller number and pointer
    jumping, so that every step is one NumPy operation over all runs.

    Parameters
    ----------
    mask : ndarray of bool, shape (height, width)

    Returns
    -------
    Components
    """
    rows, starts, ends = _runs(mask)
    roots = _united(len(rows), *_touching(rows, starts, ends, mask.shape[1]))
    is_first = roots == np.arange(len(roots))
    numbers, count = (np.cumsum(is_first) - 1)[roots], int(is_first.sum())
    labels = np.full(mask.shape, -1, dtype=np.int64)
    labels[mask] = np.repeat(numbers, ends - starts)
    boxes = np.empty((count, 4), dtype=np.int64)
    boxes[:, :2] = max(mask.shape)
    boxes[:, 2:] = 0
    np.minimum.at(boxes[:, 0], numbers, starts)
    np.minimum.at(boxes[:, 1], numbers, rows)
    np.maximum.at(boxes[:, 2], numbers, ends)
    np.maximum.at(boxes[:, 3], numbers, rows + 1)
    areas = np.bincount(numbers, weights=ends - starts, minlength=count).astype(np.int64)
    return Components(labels, areas, boxes)


def _runs(mask: Mask) -> tuple[Integers, Integers, Integers]:
    """Row, start and exclusive end of every horizontal run, in reading order."""
    stride = mask.shape[1] + 1  # a column of ground separates the rows
    edged = np.zeros(mask.shape[0] * stride + 1, dtype=np.bool_)
    edged[1:].reshape(-1, stride)[:, :-1] = mask
    change = np.flatnonzero(edged[1:] != edged[:-1])
    rows = change[::2] // stride
    starts, ends = change[::2] - rows * stride, change[1::2] - rows * stride
    return rows, starts, ends


def _touching(
    rows: Integers, starts: Integers, ends: Integers, width: int
) -> tuple[Integers, Integers]:
    """Pairs of runs, one row apart, that touch along a side or at a corner."""
    stride = width + 2
    first = np.searchsorted(rows * stride + ends, (rows + 1) * stride + starts, side="left")
    last = np.searchsorted(rows * stride + starts, (rows + 1) * stride + ends, side="right")
    counts = np.maximum(last - first, 0)
    upper = np.repeat(np.arange(len(rows)), counts)
    within = np.arange(len(upper)) - np.repeat(np.cumsum(counts) - counts, counts)
    return upper, np.repeat(first, counts) + within


def _united(count: int, one: Integers, other: Integers) -> Integers:
    """Smallest node of each node's connected component."""
    roots = np.arange(count)
    while len(one):
        low = np.minimum(roots[one], roots[other])
        np.minimum.at(roots, roots[one], low)
        np.minimum.at(roots, roots[other], low)
        while not np.array_equal(roots, jumped := roots[roots]):
            roots = jumped
        apart = roots[one] != roots[other]
        one, other = one[apart], other[apart]
    return roots
