"""Read the source of a picture, a path, bytes or an open file, up to a limit."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, BinaryIO, Final

from numpy.typing import NDArray
from PIL import Image

from digitnet.errors import PictureError
from digitnet.files import open_regular

Source = str | Path | bytes | BinaryIO | Image.Image | NDArray[Any]
"""A path, the bytes of a file, an open binary file, a PIL image, or an array of levels."""

MAX_BYTES: Final = 100_000_000
"""Most bytes of a file, two for each pixel; a stream is read into memory."""

ADVICE: Final = "Give a PNG, JPEG, TIFF, WebP or another picture of pixels."


def name_of(source: Source) -> str:
    """Name of a picture in messages: its path or its file's name, if it has one."""
    if isinstance(source, str | Path):
        return str(Path(source))
    named = getattr(source, "name", None) or getattr(source, "filename", None)
    return named if isinstance(named, str) else "The picture"


def open_source(source: str | Path | bytes | BinaryIO, name: str) -> BinaryIO:
    """Open a source as a seekable file of at most MAX_BYTES.

    Raises
    ------
    PictureError
        If it is missing, not a regular file, larger, or of another type.
    """
    if isinstance(source, str | Path):
        return _limited(_opened(Path(source), name), name)
    if isinstance(source, bytes):
        return io.BytesIO(source)
    if not hasattr(source, "read") or isinstance(source, io.TextIOBase):
        raise PictureError(
            f"{name} cannot be read from a value of this type.",
            "Expected a path, bytes, an open binary file, a PIL image or a NumPy array, "
            f"found {type(source).__name__}.",
            "Open files in binary mode; make other arrays NumPy's: numpy.asarray(picture).",
        )
    copy = io.BytesIO()
    while piece := source.read(MAX_BYTES + 1 - copy.tell()):  # a stream may never end
        copy.write(piece)
    return _limited(copy, name)


def _opened(path: Path, name: str) -> BinaryIO:
    """The file at a path."""
    try:
        return open_regular(path)
    except FileNotFoundError as error:
        raise PictureError(
            f"{name} does not exist.",
            "Expected a picture file, found nothing at this path.",
            "Check the spelling and the folder.",
        ) from error
    except IsADirectoryError as error:
        raise PictureError(
            f"{name} is a folder.", "Expected a picture file, found a folder.", ADVICE
        ) from error
    except (OSError, ValueError) as error:
        found = getattr(error, "strerror", None) or error
        raise PictureError(
            f"{name} cannot be read.",
            f"Expected a regular file that may be read, found: {found}.",
            "Check the name and its permissions; what comes through a pipe is read as -.",
        ) from error


def _limited(file: BinaryIO, name: str) -> BinaryIO:
    """Check that the file has at most MAX_BYTES."""
    size = file.seek(0, io.SEEK_END)
    if size > MAX_BYTES:
        file.close()
        raise PictureError(
            f"{name} is too large.",
            f"Expected at most {MAX_BYTES:,} bytes, found more.",
            "Scale the picture down or save it as JPEG.",
        )
    file.seek(0)
    return file
