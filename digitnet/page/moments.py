"""The weights of a training run at its moments, in 8 bits each, for the slider of time."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.floating[Any]]

_LARGEST: Final = 127
"""Of 8 bits, so that there are as many steps below 0 as above."""


def fitting_moments(
    vectors: Vectors, layers: Sequence[int], room: int, least: int
) -> dict[str, Any]:
    """As many moments as there is room for, as `embedded_moments` gives them.

    Parameters
    ----------
    vectors, layers
        As for `embedded_moments`.
    room : int
        Bytes of JSON.
    least : int
        So many moments are kept also where there is no room for them.
    """
    most = len(vectors)
    found = embedded_moments(vectors, layers, most)
    while (taken := len(json.dumps(found))) > room and most > least:
        most = max(least, min(most - 1, most * room // taken))
        found = embedded_moments(vectors, layers, most)
    return found


def thinned(count: int, most: int) -> list[int]:
    """Which of so many moments to keep: the first, the last, and others evenly between."""
    if count <= most:
        return list(range(count))
    kept: list[int] = np.rint(np.linspace(0, count - 1, max(2, most))).astype(int).tolist()
    return kept


def embedded_moments(vectors: Vectors, layers: Sequence[int], most: int) -> dict[str, Any]:
    """Moments for the page: each array q · scale with q from -127 to 127.

    Parameters
    ----------
    vectors : ndarray, shape (moments, weights)
        W^(0), B^(0), W^(1), … of each moment, one after the other.
    layers : sequence of int
        Neurons of the input and of each layer.
    most : int
        Moments to keep.

    Returns
    -------
    dict
        ``kept``: which moments. ``scales``: for each but the last, a number for each array.
        ``weights``: of these moments q less that of the moment before, modulo 256, which is small
        and packs well: by zlib, as base64. The last moment is the model itself, and not in it.
    """
    kept = thinned(len(vectors), most)
    sizes = [size for m, n in pairwise(layers) for size in (m * n, n)]
    ends = np.cumsum(sizes)[:-1]
    scales, quantised = [], np.zeros((len(kept), sum(sizes)), np.int16)
    for row, k in enumerate(kept[:-1], 1):
        arrays = np.split(vectors[k].astype(np.float64), ends)
        steps = [float(f"{np.abs(array).max() / _LARGEST:.6g}") for array in arrays]
        scales.append(steps)
        parts = [array / (step or 1) for array, step in zip(arrays, steps, strict=True)]
        quantised[row] = np.rint(np.concatenate(parts))
    changes = np.diff(quantised, axis=0).astype(np.uint8).tobytes()
    weights = base64.b64encode(zlib.compress(changes, 9)).decode()
    return {"kept": kept, "scales": scales, "weights": weights}
