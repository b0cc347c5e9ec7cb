"""Temporary files that no crash leaves for ever: the next command clears what a killed one left."""

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
"""Times that a folder is made while other processes remove it."""


@contextmanager
def temporary(target: Path) -> Iterator[BinaryIO]:
    """Open a new file beside the target, which is removed if it still has its name at the end.

    The folder is made if it is not there, removed again if it stays empty, and cleared of the
    temporary files of processes that were killed. A lock tells them from a living one's: it ends
    with its process, however that ends.

    Parameters
    ----------
    target : Path
        What the file will be called in the end.

    Yields
    ------
    BinaryIO
        The file, open for writing and locked until it is closed.

    Raises
    ------
    OSError
        If the folder cannot be made or written to.
    """
    made = [folder for folder in (target.parent, *target.parent.parents) if not folder.exists()]
    file = _locked(target)
    try:
        with file:
            yield file
    finally:
        # If all went well, it is gone already. If it cannot be removed, the first error is the one
        # to report.
        with suppress(OSError):
            Path(file.name).unlink()
        for folder in made:
            with suppress(OSError):  # it stays where something was written
                folder.rmdir()


def _locked(target: Path) -> BinaryIO:
    """Make a file with a name of its own, locked until it is closed or its process ends."""
    attempts = 0
    while True:
        attempts += 1
        # Not tempfile: its files are readable by their owner only, and a cache may be shared.
        beside = target.with_name(f".{target.name}.{secrets.token_hex(8)}.part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _clear(target.parent)
            file = beside.open("xb")
        except (FileNotFoundError, FileExistsError):
            if attempts == ATTEMPTS:
                raise
            continue  # another process has made the folder, and removed it since it stayed empty
        with suppress(OSError):  # some network folders have no locks: there, nothing is cleared
            _lock(file, wait=True)
        if beside.exists():  # before it was locked, another process may have cleared it
            return file
        file.close()


def _clear(folder: Path) -> None:
    """Remove the temporary files that no living process writes to."""
    for path in folder.glob(".*.part"):
        # What cannot be opened, locked or removed is in use or somebody else's, and stays.
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
    """Lock a file, or raise OSError if another process has and it is not to be waited for.

    Windows needs no lock: there, a file that a process has open cannot be removed.
    """
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
