"""Download a verified file from a mirror, atomically."""

from __future__ import annotations

import gzip
import hashlib
import io
import multiprocessing.pool
import re
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from digitnet.files import replacing

if TYPE_CHECKING:
    import requests

Listener = Callable[[str, int, int | None], None]
"""Gets a file's name, the bytes received, and the total or None."""

CHUNK: Final = 1 << 16  # bytes per read
TIMEOUT: Final = (5.0, 30.0)  # seconds to connect, seconds without a byte
PATIENCE: Final = 90.0
"""Seconds until the answer begins, and for each CHUNK of it: 0.7 kB a second."""
LONGEST: Final = 3600.0  # seconds for a whole answer


class BadCopyError(Exception):
    """A copy is invalid; the text says why."""


@dataclass(frozen=True)
class RemoteFile:
    """A file with its expected length and hash.

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
        """Yield an opened copy in pieces, at most `size` bytes, and check it.

        The pieces must not be used before the iterator ends: the hash is known only then. A copy
        that is unreadable, damaged or another file raises BadCopyError.
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
            reason = f"ends early, after {length:,} of {self.size:,} bytes"
            raise BadCopyError(reason) from error
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
    """The expected files of a data set, and the URLs of folders with each as a .gz."""

    mirrors: tuple[str, ...]
    files: tuple[RemoteFile, ...]


def download(file: RemoteFile, path: Path, mirror: str, listen: Listener) -> Path:
    """Download NAME.gz from a mirror, unpack and check it, and save it as `path`; return `path`.

    Proxies and REQUESTS_CA_BUNDLE are taken from the environment as requests does it; certificates
    are always verified. `listen` is called with the name, the bytes received and the total, or
    None if it is unknown; the first call, with 0 bytes, is made before the request.

    Raises
    ------
    BadCopyError
        If the mirror does not send the complete file in time.
    DataError
        If the folder cannot be written.
    """
    packed = io.BytesIO()
    with replacing(path) as target:
        listen(file.name, 0, None)
        for piece, total in _in_time(_answer(f"{mirror.rstrip('/')}/{file.name}.gz")):
            packed.write(piece)
            if packed.tell() > 2 * file.size + 1024:  # an answer may never end
                raise BadCopyError(f"more than {packed.tell():,} bytes came for it")
            listen(file.name, packed.tell(), total)
        packed.seek(0)
        target.writelines(file.checked(gzip.GzipFile(fileobj=packed)))
    return path


Piece = tuple[bytes, int | None]
"""Bytes, and the total."""


def _answer(url: str) -> Iterator[Piece]:
    """Yield the content of `url`."""
    # They take a tenth of a second to import, and are rarely needed.
    import requests  # noqa: PLC0415
    from urllib3.exceptions import HTTPError  # noqa: PLC0415

    came = 0
    stored = {"Accept-Encoding": "identity"}  # the .gz as it is stored
    try:
        with (
            _session() as session,
            session.get(url, stream=True, timeout=TIMEOUT, headers=stored) as response,
        ):
            if response.status_code != requests.codes.ok:
                raise BadCopyError(f"HTTP {response.status_code} {response.reason}")
            total = response.raw.length_remaining
            while piece := response.raw.read(CHUNK):
                came += len(piece)
                yield piece, total
    # requests lets a few of urllib3's exceptions through, a bare OSError where REQUESTS_CA_BUNDLE
    # names no file, and a ValueError where it is sent on to an address that is none.
    except (requests.RequestException, HTTPError, OSError, ValueError) as error:
        reason = f"broke off after {came:,} bytes" if came else _reason(error)
        raise BadCopyError(reason) from error


def _session() -> requests.Session:
    """Make a session that retries after an answer of 5xx or a dropped connection.

    It does not retry without a network, nor wait as long as a mirror that is down may ask, but
    leaves that to the next mirror.
    """
    import requests  # noqa: PLC0415
    from requests.adapters import HTTPAdapter  # noqa: PLC0415
    from urllib3.util import Retry  # noqa: PLC0415

    retry = Retry(
        total=2,
        connect=0,
        read=1,
        backoff_factor=0.2,
        status_forcelist=(500, 502, 503, 504),
        raise_on_status=False,
        respect_retry_after_header=False,
    )
    session = requests.Session()
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    return session


def _in_time(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Yield the received pieces, each within PATIENCE and all within LONGEST.

    A thread reads them, because no timeout ends a read that gets a byte now and then.
    """
    end = time.monotonic() + LONGEST
    with multiprocessing.pool.ThreadPool(1) as pool:
        try:
            wait = PATIENCE
            while piece := pool.apply_async(next, (pieces, None)).get(wait):
                yield piece
                wait = max(0.0, min(PATIENCE, end - time.monotonic()))
        except multiprocessing.TimeoutError:
            reason = f"too slow: over {PATIENCE:g} s for {CHUNK:,} bytes, or {LONGEST:g} s in all"
            raise BadCopyError(reason) from None


def _reason(error: Exception) -> str:
    """Why the request failed: the cause below the exceptions of requests and urllib3."""
    cause = error.args[0] if error.args else error
    cause = getattr(cause, "reason", cause)
    proxy = getattr(cause, "original_error", None)
    # urllib3 begins with the connection's repr: "HTTPConnection(host='…', port=80): …"
    text = re.sub(r"^(<[^>]*>|\w+\([^)]*\)): ", "", str(proxy or cause))
    return f"the proxy: {text}" if proxy else text
