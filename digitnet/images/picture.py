"""Open a picture of any source safely, as grey levels."""

from __future__ import annotations

import io
import warnings
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from digitnet.errors import PictureError
from digitnet.images.formats import HEAD, INSTALL_HEIC, is_heic, read_heic, readable
from digitnet.images.grey import to_grey
from digitnet.images.source import ADVICE, Source, name_of, open_source

MAX_PIXELS = 50_000_000
"""The largest photos of today's phones, except composites; in colour and turned upright they need
450 MB of memory, and no picture needs more."""
DEMANDING: Final = frozenset({"WEBP", "JPEG2000"})
"""Formats that need twice the memory while they are decoded, like progressive JPEG."""


def open_picture(source: Source, name: str | None = None) -> NDArray[np.uint8]:
    """Grey levels of a picture, along the colour axis on which its edges are strongest.

    Every mode of the formats in `digitnet.images.formats` is read; the EXIF orientation is
    applied, a transparent ground is replaced by one that the ink stands out from, and modes of
    more than 8 bits are stretched from their own darkest to their own lightest value.

    Parameters
    ----------
    source : str, Path, bytes, binary file, PIL image or ndarray
        A path, or the bytes of a file; an open file is read from its position. An array is
        grey, shape (height, width), or coloured, shape (height, width, 3 or 4): uint8 from 0 to
        255, or floats from 0 to 1.
    name : str, optional
        Its name in messages; by default that of :func:`name_of`.

    Returns
    -------
    ndarray of uint8, shape (height, width)
        Grey levels, 0 to 255, with dark or light ink.

    Raises
    ------
    PictureError
        If the source is missing, not a regular file, empty, truncated, not a picture, or larger
        than ``MAX_PIXELS`` pixels or ``MAX_BYTES`` bytes.
    """
    name = name or name_of(source)
    # Pillow warns of large pictures, odd EXIF and odd palettes, which are handled here.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return to_grey(_decoded(source, name), name)
        except PictureError:
            raise
        except Image.DecompressionBombError as error:
            raise _too_large(name, str(error), MAX_PIXELS) from error
        # Pillow raises many kinds of errors for damaged files, from OSError to IndexError.
        except Exception as error:
            raise PictureError(
                f"{name} cannot be read.",
                f"Expected a whole picture, found damage: {error}.",
                "Save or copy the picture again; it may have been cut short on its way.",
            ) from error


def _decoded(source: Source, name: str) -> Image.Image:
    """The decoded picture, upright; the first of several frames."""
    if isinstance(source, np.ndarray):
        return _from_array(source, name)
    if isinstance(source, Image.Image):
        return ImageOps.exif_transpose(_loaded(source, name))
    with open_source(source, name) as file:
        head = file.read(HEAD)
        file.seek(-len(head), io.SEEK_CUR)
        if is_heic(head) and not read_heic():
            raise PictureError(
                f"{name} is a HEIC picture, and these are read only with pillow-heif.",
                "Expected pillow-heif to be installed, found that it is not.",
                f"Install it: {INSTALL_HEIC}. Or save the picture as JPEG.",
            )
        try:
            with Image.open(file, formats=readable()) as picture:
                ImageOps.exif_transpose(_loaded(picture, name), in_place=True)
                return picture
        except UnidentifiedImageError as error:
            raise PictureError(
                f"{name} is not a picture.", f"Expected a picture, found {_kind(head)}.", ADVICE
            ) from error


def _loaded(picture: Image.Image, name: str) -> Image.Image:
    """Decode the picture, after checking its size."""
    demanding = picture.format in DEMANDING or "progressive" in picture.info
    _require_size(picture.size, name, MAX_PIXELS // 2 if demanding else MAX_PIXELS)
    picture.load()
    return picture


def _from_array(array: NDArray[Any], name: str) -> Image.Image:
    """Convert an array of levels to a picture."""
    if not array.size or array.ndim not in (2, 3) or array.shape[2:] not in ((), (3,), (4,)):
        raise PictureError(
            f"{name} has not the shape of a picture.",
            f"Expected (height, width), or (height, width, 3 or 4) in colour, found {array.shape}.",
            "Give one picture at a time, its colours along the last axis.",
        )
    _require_size((array.shape[1], array.shape[0]), name, MAX_PIXELS)
    found = str(array.dtype)
    if array.dtype.kind == "f":
        low, high = array.min(), array.max()
        found = f"{found} from {low:g} to {high:g}"
        if low >= 0 and high <= 1:
            array = np.rint(255 * array).astype(np.uint8)
    if array.dtype != np.uint8:
        raise PictureError(
            f"{name} has levels that could mean anything.",
            f"Expected uint8 from 0 to 255, or floats from 0 to 1, found {found}.",
            "Divide the levels by the lightest there can be: array / 255.",
        )
    return Image.fromarray(np.ascontiguousarray(array))


def _require_size(size: tuple[int, int], name: str, most: int) -> None:
    """Refuse a picture that is too large for the memory."""
    if size[0] * size[1] > most:
        raise _too_large(name, f"{size[0]} × {size[1]} pixels", most)


def _too_large(name: str, found: str, most: int) -> PictureError:
    return PictureError(
        f"{name} is too large.",
        f"Expected at most {most:,} pixels, found {found}.",
        "Scale the picture down or cut the digit out of it.",
    )


def _kind(head: bytes) -> str:
    """Describe a file that is not a picture."""
    if not head:
        return "an empty file"
    for mark, kind in ((b"%PDF", "a PDF"), (b"%!PS", "PostScript, which is a program")):
        if head.startswith(mark):
            return kind
    return "a HEIC picture that is damaged" if is_heic(head) else "a file that is none"
