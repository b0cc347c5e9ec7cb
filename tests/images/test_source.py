"""What pictures come from: formats that hold only pixels, regular files, and never too much."""

from __future__ import annotations

import io
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitnet.errors import PictureError
from digitnet.images import source as room
from digitnet.images.formats import FORMATS, endings, readable
from digitnet.images.picture import open_picture
from tests.helpers.pipes import make_pipe, make_socket

LOOP = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 20 20\n%%EndComments\n{} loop\n"


def refusal(source: Path | io.BytesIO | io.FileIO) -> str:
    with pytest.raises(PictureError) as caught:
        open_picture(source, "x.png")
    return str(caught.value)


@pytest.mark.posix
@pytest.mark.parametrize("name", ["loop.eps", "loop.png"])
def test_postscript_is_refused_whatever_its_name_and_no_program_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    started = tmp_path / "started"
    ghostscript = tmp_path / "gs"
    ghostscript.write_text(f"#!/bin/sh\ntouch {started}\n")
    ghostscript.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert shutil.which("gs") == str(ghostscript)
    (tmp_path / name).write_bytes(LOOP)
    assert refusal(tmp_path / name) == (
        "x.png is not a picture.\n"
        "Expected a picture, found PostScript, which is a program.\n"
        "Give a PNG, JPEG, TIFF, WebP or another picture of pixels."
    )
    assert not started.exists()


def test_only_the_stated_formats_are_read() -> None:
    assert set(readable()) <= set(FORMATS) < set(Image.OPEN) | {"AVIF", "HEIF"}
    assert {".png", ".jpg", ".jpeg", ".tif", ".webp", ".bmp", ".ico", ".tga", ".jp2"} < endings()
    assert not {".eps", ".ps", ".wmf", ".mpg", ".pdf", ".psd", ".fits"} & endings()


@pytest.mark.posix
@pytest.mark.parametrize(
    ("make", "found"),
    [
        (make_pipe, "a named pipe"),
        (make_socket, "a socket"),
        (lambda path: path.symlink_to("/dev/zero"), "a device"),
    ],
)
def test_what_is_no_regular_file_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], object], found: str
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    make(Path("pipe"))
    assert refusal(Path("pipe")) == (
        "x.png cannot be read.\n"
        f"Expected a regular file that may be read, found: {found}.\n"
        "Check the name and its permissions; what comes through a pipe is read as -."
    )


def test_an_open_pipe_is_read_once_and_from_where_it_stands() -> None:
    data = io.BytesIO()
    Image.fromarray(np.eye(8, dtype=np.uint8) * 255).save(data, "PNG")
    reader, writer = os.pipe()
    os.write(writer, b"before" + data.getvalue())
    os.close(writer)
    with os.fdopen(reader, "rb", buffering=0) as pipe:
        assert pipe.read(6) == b"before"
        assert open_picture(pipe).shape == (8, 8)


@pytest.mark.posix
def test_a_stream_that_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAX_BYTES", 1_000_000)
    with Path("/dev/zero").open("rb", buffering=0) as endless:
        assert refusal(endless) == (
            "x.png is too large.\n"
            "Expected at most 1,000,000 bytes, found more.\n"
            "Scale the picture down or save it as JPEG."
        )


def test_a_file_of_more_bytes_than_a_picture_has_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "sparse.webp").open("wb") as sparse:
        sparse.truncate(room.MAX_BYTES + 1)
    assert refusal(tmp_path / "sparse.webp").startswith("x.png is too large.\n")
