"""Numbers as text that a page can hold: base64 of little-endian bytes, and pictures cut to ink."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
from numpy.typing import NDArray


def packed(array: NDArray[Any], dtype: str) -> str:
    """Base64 of the numbers as bytes, such as "<f4" for 32-bit floats."""
    return base64.b64encode(np.ascontiguousarray(array, dtype).tobytes()).decode()


def packed_image(image: NDArray[np.uint8]) -> list[Any]:
    """Left, top, width and height of the ink, and its levels as base64.

    Parameters
    ----------
    image : ndarray of uint8, shape (28, 28)
    """
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    if not len(rows):
        return [0, 0, 0, 0, ""]
    top, left = int(rows[0]), int(columns[0])
    part = image[top : rows[-1] + 1, left : columns[-1] + 1]
    return [left, top, part.shape[1], part.shape[0], packed(part, "u1")]
