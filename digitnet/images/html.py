"""Pictures as HTML elements that contain their data, for notebooks."""

from __future__ import annotations

import base64
import io
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.images.colours import LIGHT, rgb


def row(*parts: str) -> str:
    """Elements side by side, wrapped where necessary."""
    style = "display:flex;flex-wrap:wrap;gap:16px;align-items:center;margin:4px 0"
    return f'<div style="{style}">{"".join(parts)}</div>'


def img(picture: Image.Image, alt: str, side: int) -> str:
    """Show a picture with so many pixels along its longer side.

    Parameters
    ----------
    picture : Image
        A larger one is scaled down to twice that size, for high-resolution screens.
    alt : str
        Description for screen readers.
    side : int
    """
    picture.thumbnail((2 * side, 2 * side), Image.Resampling.BOX)
    scale = side / max(picture.size)
    width, height = (max(1, round(length * scale)) for length in picture.size)
    file = io.BytesIO()
    picture.save(file, "PNG")
    data = base64.b64encode(file.getvalue()).decode()
    return (
        f'<img src="data:image/png;base64,{data}" alt="{escape(alt)}" width="{width}" '
        f'height="{height}" style="image-rendering:pixelated;border:1px solid #8888">'
    )


def signed(values: NDArray[Any]) -> Image.Image:
    """Draw numbers on white: blue is positive, orange is negative.

    Parameters
    ----------
    values : ndarray of float, shape (height, width)
    """
    strength = (np.abs(values) / max(float(np.abs(values).max()), 1e-9))[..., np.newaxis]
    colour = np.where(values[..., np.newaxis] < 0, rgb(LIGHT.orange), rgb(LIGHT.blue))
    return Image.fromarray(np.rint(255 + strength * (colour - 255)).astype(np.uint8))
