"""A socket with a name in the file system."""

from __future__ import annotations

import socket
from pathlib import Path


def make_socket(path: Path) -> None:
    """Make one in the working folder: a whole path may be too long for it."""
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)
