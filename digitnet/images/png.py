"""PNG files with digitnet's mark, so that no other picture is replaced."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from digitnet.errors import PictureError
from digitnet.files import Mark, replacing

PNG: Final = Mark("a picture that digitnet wrote", b"\x89PNG", b"Software\0digitnet")


def save_png(path: Path, picture: Image.Image, **options: Any) -> None:
    """Write a picture as PNG, completely or not at all.

    Parameters
    ----------
    path : Path
        Its folder is created if needed.
    picture : Image
    **options
        Of Pillow's PNG, such as ``dpi``.

    Raises
    ------
    PictureError
        If it cannot be written, or the file exists without digitnet's mark.
    """
    software = PngInfo()
    software.add_text("Software", "digitnet")
    with replacing(path, PictureError, PNG) as target:
        picture.save(target, "PNG", pnginfo=software, **options)
