"""What is read is a regular file: a named pipe would be waited for, and a device never ends."""

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
"""What a path may name that is no regular file."""


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file to read its bytes.

    Raises
    ------
    OSError
        If there is none, it may not be read, or the path names something else: then its
        `strerror` says what, such as ``a named pipe``.
    """
    mode = path.stat().st_mode
    other = other_kind(mode)
    if other is not None and not stat.S_ISDIR(mode):  # a folder says so itself
        raise OSError(errno.EINVAL, other, str(path))
    return path.open("rb")


def is_folder(path: Path | str) -> bool:
    """Whether it is a folder, as far as one may look; what can be no path is none."""
    return os.path.isdir(path)  # noqa: PTH112 - Path raises where this says no


def other_kind(mode: int) -> str | None:
    """What something of this mode is, unless it is a regular file."""
    return next((kind for is_kind, kind in _OTHERS.items() if is_kind(mode)), None)
