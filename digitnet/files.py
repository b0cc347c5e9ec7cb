"""A file is written beside its target, flushed to the disk, then renamed over it.

A crash, a Ctrl-C, a full disk or a power cut leaves the old file or the new one,
never a part of one.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a temporary file in the folder of `path`; on leaving, it becomes `path`.

    Parameters
    ----------
    path : Path
        Its folder is made if there is none. If the block raises, nothing is left
        behind and what was at `path` stays.

    Raises
    ------
    OSError
        As the system says it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)  # mkstemp lets nobody else read it
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def check_writable(path: Path) -> None:
    """Find out before hours of work whether `path` could be written after them.

    Raises
    ------
    OSError
        As the system says it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    with tempfile.TemporaryFile(dir=path.parent):
        pass
