"""The formats of pictures that are read: they hold pixels, and nothing in them is run."""

from __future__ import annotations

from typing import Final

from PIL import Image

FORMATS: Final = (
    "PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP", "DIB", "TIFF", "PPM", "ICO", "JPEG2000", "HEIF",
    "TGA",
)  # fmt: skip
"""As Pillow calls them. HEIF comes with pillow-heif; TGA is last since it has no mark of its own.

Left out is above all EPS, for which Pillow starts Ghostscript: its content is a program.
"""
IN_WORDS: Final = "PNG, JPEG, GIF, WebP, AVIF, BMP, TIFF, PPM, ICO, TGA or JPEG 2000"


def readable() -> list[str]:
    """Those of `FORMATS` that this Pillow can open."""
    Image.init()  # until then it knows only its five most common formats
    return [name for name in FORMATS if name in Image.OPEN]


def endings() -> frozenset[str]:
    """Endings of the names of files in these formats, such as ``.png``."""
    known = readable()
    return frozenset(end for end, name in Image.registered_extensions().items() if name in known)
