"""A file appears under its name whole, or not at all.

A crash, a Ctrl-C, a full disk or a power cut leaves the old file or the new one,
never a part of one.
"""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from digitnet.errors import DataError, DigitnetError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def replacing(path: Path, kind: type[DigitnetError] = DataError) -> Iterator[BinaryIO]:
    """Write to a file beside `path`, which takes its name when the block ends without an error.

    The folder is made if it is not there. If the block ends early (by an error or Ctrl-C), the
    temporary file is removed and `path` stays as it was. Every call has a temporary name of its
    own: two processes may write the same file at once, and each puts a whole file there.

    Parameters
    ----------
    path : Path
        The file to write.
    kind : type of DigitnetError
        Which error to raise.

    Yields
    ------
    BinaryIO
        The temporary file, open for writing.

    Raises
    ------
    DigitnetError
        Of that kind, if the folder cannot be made or written to, or the disk is full.
    """
    beside = _beside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Not tempfile: its files are readable by their owner only, and a cache may be shared.
        with beside.open("xb") as target:
            yield target
            target.flush()
            # Without this, a power cut after the rename may leave the new name on an empty file.
            os.fsync(target.fileno())
        beside.replace(path)
    except OSError as error:
        raise _unwritable(path, str(error), kind) from error
    finally:
        # If all went well, it is gone already. If it cannot be removed, the first error is the one
        # to report.
        with suppress(OSError):
            beside.unlink()


def check_writable(path: Path, kind: type[DigitnetError] = DataError) -> None:
    """Find out, before a long computation, whether its result can be written to `path`.

    Raises
    ------
    DigitnetError
        Of the given kind, if it cannot.
    """
    if path.is_dir():
        raise _unwritable(path, "a folder of that name", kind)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        probe = _beside(path)
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError as error:
        raise _unwritable(path, str(error), kind) from error


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")


def _unwritable(path: Path, found: str, kind: type[DigitnetError]) -> DigitnetError:
    return kind(
        f"{path} cannot be written.",
        f"Expected a folder that can be written to and has room, found: {found}.",
        "Choose another folder, make room, or change its permissions.",
    )
