"""HEIC pictures, with pillow-heif and without."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from digitnet.errors import PictureError
from digitnet.images.formats import is_heic
from digitnet.images.picture import open_picture

# As an iPhone begins them; the second is Apple's for burst pictures, the last an AVIF.
IPHONE = bytes.fromhex("0000001866747970") + b"heic\0\0\0\0mif1heic"
BURST = bytes.fromhex("0000001866747970") + b"msf1\0\0\0\0msf1hevc"
AVIF = bytes.fromhex("0000001c66747970") + b"avif\0\0\0\0avifmif1miaf"


@pytest.mark.parametrize(
    ("head", "expected"),
    [(IPHONE, True), (BURST, True), (AVIF, False), (b"\x89PNG\r\n\x1a\n", False), (b"", False)],
)
def test_heic_is_known_by_its_brands_not_by_its_name(head: bytes, expected: bool) -> None:
    assert is_heic(head + bytes(20)) is expected


@pytest.mark.parametrize("as_bytes", [True, False])
def test_without_pillow_heif_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_bytes: bool
) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    path = tmp_path / "a.jpg"
    path.write_bytes(IPHONE + bytes(100))
    with pytest.raises(PictureError) as raised:
        open_picture(path.read_bytes() if as_bytes else path, "a.jpg")
    assert str(raised.value) == (
        "a.jpg is a HEIC picture, and these are read only with pillow-heif.\n"
        "Expected pillow-heif to be installed, found that it is not.\n"
        "Install it: pip install 'digitnet[heic]'. Or save the picture as JPEG."
    )
