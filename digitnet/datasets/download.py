"""From a mirror to a verified file, atomically."""

from __future__ import annotations

import gzip
import io
import multiprocessing.pool
import re
import time
from collections.abc import Iterator
from pathlib import Path

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from digitnet.datasets.remote import CHUNK, BadCopyError, CutShortError, Listener, RemoteFile
from digitnet.files import replacing

Piece = tuple[int, bytes, int | None]  # where it begins, its bytes, how many there will be in all

TIMEOUT = (5.0, 30.0)  # seconds to connect, seconds between two signs of life
PATIENCE = 90.0  # seconds for the answer to begin, and for each CHUNK of it: 0.7 kB a second
LONGEST = 3600.0  # seconds for an answer in all
# Again after an answer of 5xx or a dropped connection, but not where there is no network; and a
# mirror that is down may ask for an hour: the next mirror is nearer.
RETRY = Retry(
    total=2,
    connect=0,
    read=1,
    backoff_factor=0.2,
    status_forcelist=(500, 502, 503, 504),
    raise_on_status=False,
    respect_retry_after_header=False,
)


def download(file: RemoteFile, path: Path, mirror: str, listen: Listener) -> Path:
    """Fetch NAME.gz from a mirror, unpack and check it, and put it at `path`, which is returned.

    Where an answer breaks off, a second one goes on from there. Proxies and REQUESTS_CA_BUNDLE are
    taken from the environment as requests does it; certificates are always verified. `listen` is
    called with the name, the bytes received, and how many there will be, or None: first with
    0 bytes, when the mirror is asked.

    Raises
    ------
    BadCopyError
        If the mirror does not give the file, whole and in time.
    DataError
        If the folder cannot be written.
    """
    packed, url = io.BytesIO(), f"{mirror.rstrip('/')}/{file.name}.gz"
    with replacing(path) as target:
        listen(file.name, 0, None)
        for last in (False, True):
            try:
                for start, piece, total in _in_time(_answer(url, packed.tell())):
                    packed.seek(start)
                    packed.truncate()
                    packed.write(piece)
                    if packed.tell() > 2 * file.size + 1024:  # an answer may never end
                        raise BadCopyError(f"more than {packed.tell():,} bytes came for it")
                    listen(file.name, packed.tell(), total)
                packed.seek(0)
                target.seek(0)
                target.writelines(file.checked(gzip.GzipFile(fileobj=packed)))
                break
            except CutShortError:
                if last:
                    raise
    return path


def _answer(url: str, start: int) -> Iterator[Piece]:
    """Yield what is at `url` from byte `start` on, or from 0 if the server has no ranges."""
    place = None
    # The .gz as it is stored, not packed once more on the way.
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
    try:
        session = requests.Session()
        for scheme in ("https://", "http://"):
            session.mount(scheme, HTTPAdapter(max_retries=RETRY))
        with session, session.get(url, stream=True, timeout=TIMEOUT, headers=headers) as response:
            if response.status_code == 416:  # no more is there than came before
                return
            if response.status_code not in (200, 206):
                raise BadCopyError(f"HTTP {response.status_code} {response.reason}")
            place = start if response.status_code == 206 else 0
            length = response.raw.length_remaining
            total = None if length is None else place + length
            while piece := response.raw.read(CHUNK):
                yield place, piece, total
                place += len(piece)
    # requests lets a few of urllib3's exceptions through, a bare OSError where REQUESTS_CA_BUNDLE
    # names no file, and a ValueError where it is sent on to an address that is none.
    except (requests.RequestException, HTTPError, OSError, ValueError) as error:
        if place is None:
            raise BadCopyError(_reason(error)) from error
        raise CutShortError(f"broke off after {place:,} bytes") from error


def _in_time(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Pass on the pieces that come, each within PATIENCE and all within LONGEST.

    A thread waits for them, since no timeout ends a read that gets a byte now and then.
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
    """Say why no answer came: the cause below the layers of requests and urllib3."""
    cause = error.args[0] if error.args else error
    cause = getattr(cause, "reason", cause)
    proxy = getattr(cause, "original_error", None)
    # urllib3 begins with the connection's repr: "HTTPConnection(host='…', port=80): …"
    text = re.sub(r"^(<[^>]*>|\w+\([^)]*\)): ", "", str(proxy or cause))
    return f"the proxy: {text}" if proxy else text
