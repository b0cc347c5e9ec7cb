"""Files known by their length and SHA-256, wherever a copy of them comes from."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

CHUNK = 1 << 16  # bytes that are read at a time
Listener = Callable[[str, int, int | None], None]
"""Hears a file's name, the bytes received, and how many there will be, or None."""


class BadCopyError(Exception):
    """A copy is of no use; the text says why, in a few words."""


class CutShortError(BadCopyError):
    """A copy ended early: a second attempt may bring all of it."""


@dataclass(frozen=True)
class RemoteFile:
    """A file as it must be.

    Parameters
    ----------
    name : str
        Its name without .gz.
    size, sha256 : int, str
        Its length in bytes and its SHA-256 in hexadecimal, both uncompressed.
    """

    name: str
    size: int
    sha256: str

    def checked(self, copy: io.BufferedIOBase) -> Iterator[bytes]:
        """Yield an opened copy in pieces, never more than the file has, and check it on the way.

        Nothing may be used before the iterator has ended: the hash is known only then. A copy
        that cannot be read, is damaged or another file raises BadCopyError.
        """
        digest, length = hashlib.sha256(), 0
        try:
            while piece := copy.read(CHUNK):
                length += len(piece)
                if length > self.size:
                    raise BadCopyError(f"longer than the {self.size:,} bytes expected")
                digest.update(piece)
                yield piece
        except EOFError as error:
            raise CutShortError(f"ends early, after {length:,} of {self.size:,} bytes") from error
        except (OSError, zlib.error) as error:
            raise BadCopyError(str(error)) from error
        if length < self.size:
            raise BadCopyError(f"{length:,} bytes instead of {self.size:,}")
        if (found := digest.hexdigest()) != self.sha256:
            raise BadCopyError(
                f"another file: SHA-256 {found[:12]}… instead of {self.sha256[:12]}…"
            )


@dataclass(frozen=True)
class Manifest:
    """A data set's files as they must be, and addresses of folders that hold each as a .gz."""

    mirrors: tuple[str, ...]
    files: tuple[RemoteFile, ...]
