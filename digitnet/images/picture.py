"""Open a picture safely, whatever it comes in, as grey levels."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from digitnet.errors import PictureError
from digitnet.images.grey import to_grey
from digitnet.images.heic import HEAD, INSTALL, is_heic, read_heic

Source = str | Path | bytes | BinaryIO | Image.Image | NDArray[Any]
"""A path, the bytes of a file, an open binary file, a PIL image, or an array of levels."""

# Two and a half times the largest pictures of today's telephones; 8-bit RGB of this size is 360 MB.
MAX_PIXELS = 120_000_000

_ADVICE = "Give a PNG, JPEG or any other picture that Pillow can open."


def open_picture(source: Source, name: str | None = None) -> NDArray[np.uint8]:
    """Grey levels of a picture, along the colour axis on which its edges are strongest.

    Every Pillow format and mode is read; the EXIF orientation is applied, a transparent
    ground is replaced by one that the ink stands out from, and modes of more than 8 bits are
    stretched from their own darkest to their own lightest value.

    Parameters
    ----------
    source : str, Path, bytes, binary file, PIL image or ndarray
        A path, or the bytes of a file; an open file is read from where it stands. An array is
        grey, shape (height, width), or coloured, shape (height, width, 3 or 4): uint8 from 0 to
        255, or floats from 0 to 1.
    name : str, optional
        What messages call the picture; if not given, as :func:`name_of` has it.

    Returns
    -------
    ndarray of uint8, shape (height, width)
        Grey levels, 0 to 255. Whether ink is darker than paper is not decided here.

    Raises
    ------
    PictureError
        The source is missing, a folder, empty, truncated, no picture, or larger than
        ``MAX_PIXELS`` pixels.
    """
    name = name or name_of(source)
    # Pillow warns of large pictures, odd EXIF and odd palettes: each is dealt with here.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return to_grey(_decoded(source, name), name)
        except PictureError:
            raise
        except Image.DecompressionBombError as error:
            raise _too_large(name, str(error)) from error
        # Pillow raises whatever the damage makes it trip over, from OSError to IndexError.
        except Exception as error:
            raise PictureError(
                f"{name} cannot be read.",
                f"Expected a whole picture, found damage: {error}.",
                "Save or copy the picture again; it may have been cut short on its way.",
            ) from error


def name_of(source: Source) -> str:
    """What messages call a picture: its path or its file's name, where it has one."""
    if isinstance(source, str | Path):
        return str(Path(source))
    named = getattr(source, "name", None) or getattr(source, "filename", None)
    return named if isinstance(named, str) else "The picture"


def _decoded(source: Source, name: str) -> Image.Image:
    """The picture with all its pixels in memory, upright; of several frames, the first."""
    if isinstance(source, np.ndarray):
        return _from_array(source, name)
    if isinstance(source, Image.Image):
        return _loaded(source, name)
    file = _file(source, name)
    head = _head(file)
    if head and is_heic(head) and not read_heic():
        raise PictureError(
            f"{name} is a HEIC picture, and these are read only with pillow-heif.",
            "Expected pillow-heif to be installed, found that it is not.",
            f"Install it: {INSTALL}. Or save the picture as JPEG.",
        )
    try:
        with Image.open(file) as picture:
            return _loaded(picture, name)
    except UnidentifiedImageError as error:
        raise PictureError(
            f"{name} is not a picture.", f"Expected a picture, found {_kind(head)}.", _ADVICE
        ) from error


def _loaded(picture: Image.Image, name: str) -> Image.Image:
    """The same, upright; refused for its size before a single pixel is decoded."""
    _require_size(picture.size, name)
    picture.load()
    return ImageOps.exif_transpose(picture)


def _file(source: str | Path | bytes | BinaryIO, name: str) -> Path | BinaryIO:
    """What Pillow can open."""
    if isinstance(source, str | Path):
        return _existing(Path(source), name)
    if isinstance(source, bytes):
        return io.BytesIO(source)
    if not hasattr(source, "read") or isinstance(source, io.TextIOBase):
        raise PictureError(
            f"{name} is nothing that can be read.",
            "Expected a path, bytes, an open binary file, a PIL image or a NumPy array, "
            f"found {type(source).__name__}.",
            "Open files in binary mode; make other arrays NumPy's: numpy.asarray(picture).",
        )
    return source


def _existing(path: Path, name: str) -> Path:
    """The path, if it is that of a file."""
    if path.is_dir():
        raise PictureError(
            f"{name} is a folder.", "Expected a picture file, found a folder.", _ADVICE
        )
    if not path.exists():
        raise PictureError(
            f"{name} does not exist.",
            "Expected a picture file, found nothing at this path.",
            "Check the spelling and the folder.",
        )
    return path


def _from_array(array: NDArray[Any], name: str) -> Image.Image:
    """An array of levels as a picture."""
    if not array.size or array.ndim not in (2, 3) or array.shape[2:] not in ((), (3,), (4,)):
        raise PictureError(
            f"{name} has not the shape of a picture.",
            f"Expected (height, width), or (height, width, 3 or 4) in colour, found {array.shape}.",
            "Give one picture at a time, its colours along the last axis.",
        )
    _require_size((array.shape[1], array.shape[0]), name)
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


def _require_size(size: tuple[int, int], name: str) -> None:
    """Refuse a picture that would fill the memory."""
    if size[0] * size[1] > MAX_PIXELS:
        raise _too_large(name, f"{size[0]} × {size[1]} pixels")


def _too_large(name: str, found: str) -> PictureError:
    return PictureError(
        f"{name} is too large.",
        f"Expected at most {MAX_PIXELS:,} pixels, found {found}.",
        "Scale the picture down or cut the digit out of it.",
    )


def _head(file: Path | BinaryIO) -> bytes | None:
    """The first bytes; None of a pipe, which can be read only once."""
    if isinstance(file, Path):
        if not file.is_file():
            return None
        with file.open("rb") as opened:
            return opened.read(HEAD)
    if not file.seekable():
        return None
    start = file.tell()
    head = file.read(HEAD)
    file.seek(start)
    return head


def _kind(head: bytes | None) -> str:
    """What a file is that Pillow does not know."""
    if head == b"":
        return "an empty file"
    if head and head.startswith(b"%PDF"):
        return "a PDF"
    return "a HEIC picture that is damaged" if head and is_heic(head) else "a file that is none"
