"""Open only regular files: reading a named pipe would wait, and a device never ends."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

_OTHERS: Final = {
    stat.S_ISDIR: "a folder of that name",
    stat.S_ISCHR: "a device",
    stat.S_ISBLK: "a device",
    stat.S_ISFIFO: "a named pipe",
    stat.S_ISSOCK: "a socket",
}
"""Kinds of paths that are not regular files."""


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file to read its bytes.

    Raises
    ------
    OSError
        If the file does not exist, is not readable, or is not a regular file; then `strerror`
        names its kind, such as ``a named pipe``.
    """
    mode = path.stat().st_mode
    other = other_kind(mode)
    if other is not None and not stat.S_ISDIR(mode):  # a folder says so itself
        raise OSError(errno.EINVAL, other, str(path))
    return path.open("rb")


def is_folder(path: Path | str) -> bool:
    """Whether it is a folder; False if that cannot be found out or it is no valid path."""
    return os.path.isdir(path)  # noqa: PTH112 - Path raises where this is False


def other_kind(mode: int) -> str | None:
    """Name of the kind of a file by its mode; None for a regular file."""
    return next((kind for is_kind, kind in _OTHERS.items() if is_kind(mode)), None)
