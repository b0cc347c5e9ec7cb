"""The contents of a sheet's boxes, and their files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.errors import DataError
from digitnet.files import replacing
from digitnet.sheet.page import BOX_HEIGHT, BOX_WIDTH

SCALE = 8
"""Pixels a millimetre of a crop: the stroke of a ball pen is then 3 pixels wide."""
MARGIN = 14
"""Pixels of a crop around its box: half of the gap to the next one."""
WIDTH, HEIGHT = round(BOX_WIDTH * SCALE), round(BOX_HEIGHT * SCALE)
"""Pixels of a crop's box."""


@dataclass(frozen=True, eq=False)
class Crop:
    """The content of one box.

    Attributes
    ----------
    label : int
        The digit of the row.
    number : int
        The box in its row, from 1 to 10.
    pixels : ndarray of uint8, shape (180, 140)
        Dark ink on white paper; the box lines are removed.
    """

    label: int
    number: int
    pixels: NDArray[np.uint8]


def save_crops(crops: Sequence[Crop], folder: Path, name: str) -> list[Path]:
    """Write each crop as FOLDER/label/name-number.png, never over another picture.

    If another picture already has one of these names, the sheet is called name-2, name-3 and so
    on. A sheet that was saved before keeps its name.

    Parameters
    ----------
    crops : sequence of Crop
    folder : Path
        Created if needed.
    name : str
        Name of the sheet: the photo's name without its suffix.

    Returns
    -------
    list of Path
        The files, in the order of the crops.

    Raises
    ------
    DataError
        If a file cannot be written.
    """
    pngs = [_png(crop) for crop in crops]
    for i in count(1):
        sheet = name if i == 1 else f"{name}-{i}"
        paths = [folder / str(crop.label) / f"{sheet}-{crop.number:02}.png" for crop in crops]
        if all(_is_free(path, png) for path, png in zip(paths, pngs, strict=True)):
            break
    for path, png in zip(paths, pngs, strict=True):
        with replacing(path, DataError) as target:
            target.write(png)
    return paths


def _png(crop: Crop) -> bytes:
    target = io.BytesIO()
    Image.fromarray(crop.pixels).save(target, "PNG", optimize=True)
    return target.getvalue()


def _is_free(path: Path, png: bytes) -> bool:
    """Whether the path is free, or has the same picture."""
    return not path.exists() or (path.is_file() and path.read_bytes() == png)
