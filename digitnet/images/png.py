"""PNG files that say who wrote them, so that no other picture is written over."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from digitnet.errors import PictureError
from digitnet.files import Mark, replacing

PNG: Final = Mark("a picture that digitnet wrote", b"\x89PNG", b"Software\0digitnet")


def save_png(path: Path, picture: Image.Image, **options: Any) -> None:
    """Write a picture as PNG, whole or not at all.

    Parameters
    ----------
    path : Path
        Its folder is made if there is none.
    picture : Image
    **options
        Of Pillow's PNG, such as ``dpi``.

    Raises
    ------
    PictureError
        If it cannot be written, or another picture has that name.
    """
    software = PngInfo()
    software.add_text("Software", "digitnet")
    with replacing(path, PictureError, PNG) as target:
        picture.save(target, "PNG", pnginfo=software, **options)
