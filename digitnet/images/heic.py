"""HEIC, in which telephones keep their photos: pillow-heif reads it, an extra."""

from __future__ import annotations

from typing import Final

SUFFIXES: Final = frozenset({".heic", ".heif", ".hif"})
INSTALL: Final = "pip install 'digitnet[heic]'"
HEAD: Final = 64
"""Bytes in which the brands of a HEIC file stand."""
_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})


def is_heic(head: bytes) -> bool:
    """Whether a file that begins so is HEIC: by its brands (ISO/IEC 23008-12, 10.2)."""
    size = int.from_bytes(head[:4], "big")
    brands = {head[8:12], *(head[i : i + 4] for i in range(16, min(size, len(head)), 4))}
    return head[4:8] == b"ftyp" and not brands.isdisjoint(_BRANDS)


def read_heic() -> bool:
    """Let Pillow read HEIC where pillow-heif is installed, and say whether it is."""
    try:
        import pillow_heif  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        return False
    pillow_heif.register_heif_opener()
    return True
