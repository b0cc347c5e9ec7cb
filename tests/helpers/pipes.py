"""Names in the file system that are no regular files."""

from __future__ import annotations

import os
import socket
from pathlib import Path


def make_pipe(path: Path) -> None:
    """Make a named pipe; looked up when called, because Windows has none."""
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    """Make a socket in the working folder: a whole path may be too long for it."""
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)
