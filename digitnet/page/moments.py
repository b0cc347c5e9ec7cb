"""The weights of a training run at its moments, in 8 bits each, for the slider of time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from digitnet.page.packed import packed

_LARGEST: Final = 127
"""Of 8 bits, so that there are as many steps below 0 as above."""


def bytes_of_a_moment(layers: Sequence[int]) -> int:
    """About how many bytes of the page each moment takes: base64 and a scale for each array."""
    count = sum(n * (m + 1) for m, n in pairwise(layers))
    return 4 * -(-count // 3) + 25 * 2 * len(layers) + 20


def thinned(count: int, most: int) -> list[int]:
    """Which of so many moments to keep: the first, the last, and others evenly between."""
    if count <= most:
        return list(range(count))
    kept: list[int] = np.rint(np.linspace(0, count - 1, max(2, most))).astype(int).tolist()
    return kept


def embedded_moments(
    vectors: NDArray[np.floating[Any]], layers: Sequence[int], most: int
) -> dict[str, Any]:
    """Moments for the page: each array q · scale with q from -127 to 127.

    Parameters
    ----------
    vectors : ndarray, shape (moments, weights)
        W^(0), B^(0), W^(1), … of each moment, one after the other.
    layers : sequence of int
        Neurons of the input and of each layer.
    most : int
        Moments that the page has room for.

    Returns
    -------
    dict
        ``kept``: which moments. ``scales``: for each but the last, a number for each array.
        ``weights``: q of these moments. The last moment is the model itself, and not in it.
    """
    kept = thinned(len(vectors), most)
    sizes = [size for m, n in pairwise(layers) for size in (m * n, n)]
    ends = np.cumsum(sizes)[:-1]
    scales, quantised = [], []
    for k in kept[:-1]:
        arrays = np.split(vectors[k].astype(np.float64), ends)
        steps = [float(np.abs(array).max()) / _LARGEST for array in arrays]
        scales.append([float(f"{step:.6g}") for step in steps])
        quantised += [
            np.rint(array / (step or 1)) for array, step in zip(arrays, steps, strict=True)
        ]
    weights = packed(np.concatenate(quantised), "i1") if quantised else ""
    return {"kept": kept, "scales": scales, "weights": weights}
