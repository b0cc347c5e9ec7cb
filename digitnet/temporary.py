"""Temporary files; a command removes those that a killed command left."""

from __future__ import annotations

import re
import secrets
import stat
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME: Final = re.compile(r"\..+\.[0-9a-f]{16}\.part", re.DOTALL)
CLOSED: Final = 60.0
"""Seconds: on Windows a file must be closed before it is renamed, which takes much less."""
ATTEMPTS: Final = 100
"""Attempts to create a folder while other processes remove it."""


@contextmanager
def temporary(target: Path) -> Iterator[BinaryIO]:
    """Open a new file beside the target; remove it at the end unless it has been renamed.

    The folder is created if needed, removed again if it stays empty, and cleared of the temporary
    files of killed processes. A lock distinguishes them from those of living processes: it ends
    with its process.

    Parameters
    ----------
    target : Path
        The final path of the file.

    Yields
    ------
    BinaryIO
        The file, open for writing and locked until it is closed.

    Raises
    ------
    OSError
        If the folder cannot be created or written to.
    """
    made = [folder for folder in (target.parent, *target.parent.parents) if not folder.exists()]
    file = _locked(target)
    try:
        with file:
            yield file
    finally:
        # After success it has been renamed. If it cannot be removed, the first error is the one
        # to report.
        with suppress(OSError):
            Path(file.name).unlink()
        for folder in made:
            with suppress(OSError):  # fails if the folder is not empty
                folder.rmdir()


def _locked(target: Path) -> BinaryIO:
    """Create a file with a unique name, locked until it is closed or its process ends."""
    attempts = 0
    while True:
        attempts += 1
        # Not tempfile: only the owner can read its files, and a cache may be shared.
        beside = target.with_name(f".{target.name}.{secrets.token_hex(8)}.part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _clear(target.parent)
            file = beside.open("xb")
        except (FileNotFoundError, FileExistsError):
            if attempts == ATTEMPTS:
                raise
            continue  # another process has created the folder and removed it again
        with suppress(OSError):  # some network folders have no locks: no file is removed there
            _lock(file, wait=True)
        if beside.exists():  # another process may have removed it before it was locked
            return file
        file.close()


def _clear(folder: Path) -> None:
    """Remove the temporary files of processes that have ended."""
    for path in folder.glob(".*.part"):
        # A file that cannot be opened, locked or removed is in use or belongs to another user.
        with suppress(OSError):
            old = path.lstat()
            if not NAME.fullmatch(path.name) or not stat.S_ISREG(old.st_mode):
                continue
            if sys.platform == "win32":
                if time.time() - old.st_mtime > CLOSED:
                    path.unlink()
                continue
            with path.open("r+b") as file:
                _lock(file, wait=False)
                path.unlink()


def _lock(file: BinaryIO, *, wait: bool) -> None:
    """Lock a file; without `wait`, raise OSError if another process has locked it.

    Windows needs no lock: an open file cannot be removed there.
    """
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
