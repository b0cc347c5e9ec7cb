"""Files known by their length and SHA-256, wherever a copy of them comes from."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNK = 1 << 16  # bytes


class BadCopyError(Exception):
    """A copy cannot be used; the text is the reason, for a list of reasons."""


class CutShortError(BadCopyError):
    """A copy ended early: another attempt may bring all of it."""


class Readable(Protocol):
    """What a gzip stream is read from."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, none at the end."""

    def seek(self, offset: int, /) -> object:
        """Never called here: gzip asks for it to rewind."""


@dataclass(frozen=True)
class RemoteFile:
    """A file as it must be.

    Parameters
    ----------
    name : str
        Its name without .gz.
    size : int
        Its length uncompressed, in bytes.
    sha256 : str
        Its SHA-256 uncompressed, in hexadecimal.
    """

    name: str
    size: int
    sha256: str

    def complaint(self, path: Path) -> str | None:
        """Say why the plain file at `path` is not this one; None if it is.

        Returns
        -------
        str or None
            The reason in a few words.
        """
        try:
            found = path.stat().st_size
            if not path.is_file():
                return "not a file"
            if found != self.size:
                return f"{found:,} bytes instead of {self.size:,}"
            mapped = np.memmap(path, np.uint8, "r")
            return self._other_hash(hashlib.sha256(mapped.data).hexdigest())
        except FileNotFoundError:
            return "not there"
        except OSError as error:
            return str(error)

    def unpack(self, packed: Readable) -> Iterator[bytes]:
        """Unpack a gzip stream of this file and check it on the way.

        Nothing may be used before the iterator has ended without an exception: the hash is
        known only then. Never more bytes come out than the file has.

        Parameters
        ----------
        packed : Readable
            The gzip stream.

        Yields
        ------
        bytes
            The file, uncompressed, in pieces.

        Raises
        ------
        CutShortError
            If the stream ends early.
        BadCopyError
            If the stream is not gzip, damaged, or another file.
        """
        digest = hashlib.sha256()
        length = 0
        try:
            with gzip.GzipFile(fileobj=packed, mode="rb") as plain:
                while chunk := plain.read(CHUNK):
                    length += len(chunk)
                    if length > self.size:
                        raise BadCopyError(f"longer than the {self.size:,} bytes expected")
                    digest.update(chunk)
                    yield chunk
        except EOFError as error:
            raise CutShortError(f"ends early, after {length:,} of {self.size:,} bytes") from error
        except (OSError, zlib.error) as error:
            raise BadCopyError(str(error)) from error
        if length < self.size:
            raise BadCopyError(f"{length:,} bytes instead of {self.size:,}")
        if wrong := self._other_hash(digest.hexdigest()):
            raise BadCopyError(wrong)

    def _other_hash(self, found: str) -> str | None:
        if found == self.sha256:
            return None
        return f"another file: SHA-256 {found[:12]}… instead of {self.sha256[:12]}…"


@dataclass(frozen=True)
class Manifest:
    """What a data set's files must be, and where they can be had.

    Parameters
    ----------
    mirrors : tuple of str
        Addresses of folders that hold the files, gzipped.
    files : tuple of RemoteFile
        Training images, training labels, test images, test labels.
    """

    mirrors: tuple[str, ...]
    files: tuple[RemoteFile, RemoteFile, RemoteFile, RemoteFile]
