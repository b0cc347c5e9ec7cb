"""The formats of pictures that are read: they contain pixels, and no code."""

from __future__ import annotations

from typing import Final

from PIL import Image

FORMATS: Final = (
    "PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP", "DIB", "TIFF", "PPM", "ICO", "JPEG2000", "HEIF",
    "TGA",
)  # fmt: skip
"""Their names in Pillow. HEIF needs pillow-heif; TGA is last because it has no signature.

EPS is left out because its content is a program, for which Pillow starts Ghostscript.
"""
HEIC_ENDINGS: Final = frozenset({".heic", ".heif", ".hif"})
"""Of the photos of telephones, which Pillow reads only with pillow-heif, an extra."""
INSTALL_HEIC: Final = "pip install 'digitnet[heic]'"
HEAD: Final = 64
"""Bytes that contain the brands of a HEIC file."""
_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})


def readable() -> list[str]:
    """Those of `FORMATS` that this Pillow can open."""
    Image.init()  # without this it knows only its five most common formats
    return [name for name in FORMATS if name in Image.OPEN]


def endings() -> frozenset[str]:
    """Suffixes of these formats, such as ``.png``."""
    known = readable()
    return frozenset(end for end, name in Image.registered_extensions().items() if name in known)


def is_heic(head: bytes) -> bool:
    """Whether a file with these first bytes is HEIC, by its brands (ISO/IEC 23008-12, 10.2)."""
    size = int.from_bytes(head[:4], "big")
    brands = {head[8:12], *(head[i : i + 4] for i in range(16, min(size, len(head)), 4))}
    return head[4:8] == b"ftyp" and not brands.isdisjoint(_BRANDS)


def read_heic() -> bool:
    """Register pillow-heif with Pillow; False if it is not installed."""
    try:
        import pillow_heif  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        return False
    pillow_heif.register_heif_opener()
    return True
