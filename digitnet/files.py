"""Write a file completely or not at all, and never over a file of another kind.

A crash, a Ctrl-C, a full disk or a power cut leaves either the old file or the new one,
never a part.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from digitnet.errors import DataError, DigitnetError
from digitnet.temporary import NAME, temporary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

ENDS: Final = 1 << 16
"""Bytes at each end of a file that are searched for its mark: enough for the directory of an .npz
of hundreds of arrays."""
_OTHERS: Final = {
    stat.S_ISDIR: "a folder of that name",
    stat.S_ISCHR: "a device",
    stat.S_ISBLK: "a device",
    stat.S_ISFIFO: "a named pipe",
    stat.S_ISSOCK: "a socket",
}
"""Kinds of paths that are not regular files."""


class Mark(NamedTuple):
    """How to recognise the files of one writer.

    Attributes
    ----------
    kind : str
        Their kind, as in "a model of digitnet".
    begins, holds : bytes
        Bytes at its beginning; bytes near its beginning or its end.
    lacks : bytes
        Bytes by which to recognise other files that also have these.
    """

    kind: str
    begins: bytes
    holds: bytes = b""
    lacks: bytes = b""

    def of(self, path: Path) -> bool:
        """Whether the file has the mark or is empty, so that replacing it loses no data."""
        with path.open("rb") as file:
            head = file.read(ENDS)
            file.seek(-min(ENDS, path.stat().st_size), os.SEEK_END)
            tail = file.read()
        ends = head + b"\n" + tail
        other = bool(self.lacks) and self.lacks in ends
        return not head or (head.startswith(self.begins) and self.holds in ends and not other)


@contextmanager
def replacing(
    path: Path, kind: type[DigitnetError] = DataError, mark: Mark | None = None
) -> Iterator[BinaryIO]:
    """Write to a temporary file, which replaces `path` when the block ends without an error.

    The folder is created if needed. If the block ends early (by an error or Ctrl-C), the
    temporary file is removed and `path` is unchanged. Every call has its own temporary name: two
    processes may write the same file at once, and each writes a complete file. Temporary files
    of killed processes in the folder are removed first.

    A symbolic link is followed: its target is replaced, and keeps its mode and, if permitted, its
    owner. Another hard link to it keeps the old content, as a backup should.

    Parameters
    ----------
    path : Path
        The file to write.
    kind : type of DigitnetError
        The error to raise.
    mark : Mark, optional
        The mark of a file that may be replaced; by default any regular file may.

    Yields
    ------
    BinaryIO
        The temporary file, open for writing.

    Raises
    ------
    DigitnetError
        Of that kind, if the folder cannot be created or written to, the disk is full, or the
        existing file is not a regular file with the mark.
    """
    with _reported(path, kind):
        target, old = _target(path, kind, mark)
        with temporary(target) as file:
            if old is not None:  # before any content is written that others may not read
                _take_over(Path(file.name), old)
            yield file
            file.flush()
            # Without this, a power cut after the rename may leave an empty file.
            os.fsync(file.fileno())
            if sys.platform == "win32":  # where an open file can be neither renamed nor removed
                file.close()
            # Elsewhere before it is closed, which gives up the lock.
            Path(file.name).replace(target)


def check_writable(
    path: Path, kind: type[DigitnetError] = DataError, mark: Mark | None = None
) -> None:
    """Check, before a long computation, that its result can be written to `path`.

    Raises
    ------
    DigitnetError
        As `replacing` does.
    """
    with _reported(path, kind):
        target, _ = _target(path, kind, mark)
        with temporary(target):
            pass


def check_ending(
    path: Path, endings: Collection[str], what: str, kind: type[DigitnetError] = DataError
) -> None:
    """Check that the name of what is to be written ends in one of these, in any case.

    Raises
    ------
    DigitnetError
        If it does not.
    """
    if path.suffix.lower() not in endings:
        first, *_ = endings
        raise kind(
            f"{path}: {what} cannot be written under this name.",
            f"Expected a name that ends in {' or '.join(endings)}, "
            f"found {path.suffix or 'no ending'}.",
            f"Choose another name, such as {path.stem}{first}.",
        )


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file to read its bytes: a named pipe would block, and a device never ends.

    Raises
    ------
    OSError
        If the file does not exist, is not readable, or is not a regular file; then `strerror`
        names its kind, such as ``a named pipe``.
    """
    mode = path.stat().st_mode
    other = _other_kind(mode)
    if other is not None and not stat.S_ISDIR(mode):  # a folder reports itself
        raise OSError(errno.EINVAL, other, str(path))
    return path.open("rb")


@contextmanager
def _reported(path: Path, kind: type[DigitnetError]) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        found = error.strerror or str(error)
        named = error.filename
        if named and not NAME.fullmatch(Path(named).name):  # nobody knows the temporary file
            found += f": {named}"
        raise kind(
            f"{path} cannot be written.",
            f"Expected a folder that can be written to and has room, found: {found}.",
            "Choose another folder, make room, or change its permissions.",
        ) from error


def _other_kind(mode: int) -> str | None:
    """Name of the kind of a file by its mode; None for a regular file."""
    return next((kind for is_kind, kind in _OTHERS.items() if is_kind(mode)), None)


def _target(
    path: Path, kind: type[DigitnetError], mark: Mark | None
) -> tuple[Path, os.stat_result | None]:
    """Return the target of the path and its status, if it may be replaced."""
    try:
        old = path.stat()
    except FileNotFoundError:
        return Path(os.path.realpath(path)), None
    except NotADirectoryError:  # the folder is a file: creating the folder will report it
        return path, None
    if (found := _other_kind(old.st_mode)) is not None:
        raise kind(
            f"{path} cannot be written.",
            f"Expected a regular file or none, found {found}.",
            "Choose another name.",
        )
    if mark is not None and not mark.of(path):
        raise kind(
            f"{path} is not {mark.kind}, and stays as it is.",
            f"Expected no file of that name or {mark.kind}, "
            f"found another file of {old.st_size:,} bytes.",
            "Choose another name, or move that file away.",
        )
    return Path(os.path.realpath(path)), old


def _take_over(new: Path, old: os.stat_result) -> None:
    """Give a file the mode and, if permitted, the owner of the file that it replaces."""
    if sys.platform != "win32":
        with suppress(PermissionError):
            os.chown(new, old.st_uid, old.st_gid)
    new.chmod(stat.S_IMODE(old.st_mode))
