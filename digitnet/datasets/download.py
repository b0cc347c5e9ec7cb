"""From mirrors to a verified file, atomically."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from digitnet.datasets.remote import BadCopyError, CutShortError
from digitnet.errors import DownloadError
from digitnet.files import replacing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from digitnet.datasets.remote import RemoteFile

    Listener = Callable[[str, int, int | None], None]

TIMEOUT = (5.0, 30.0)  # seconds to connect, seconds between two pieces of the answer
ATTEMPTS = 2  # for an answer that breaks off within its body, which urllib3 does not try again


def download(
    file: RemoteFile, path: Path, mirrors: Sequence[str], listen: Listener, cached: str
) -> None:
    """Fetch `file` from the first mirror that gives it whole, check it, and put it at `path`.

    Proxies and REQUESTS_CA_BUNDLE are taken from the environment as requests does it;
    certificates are always verified.

    Parameters
    ----------
    file : RemoteFile
        What must be found; a mirror holds it as NAME.gz.
    path : Path
        Where it goes, uncompressed.
    mirrors : sequence of str
        Addresses of folders, tried in this order.
    listen : callable
        Called with the name, the bytes received so far, and how many there will be (None if
        the mirror does not say). A new attempt begins at 0 again.
    cached : str
        Why the copy that is already there is of no use, for the message.

    Raises
    ------
    DownloadError
        If no mirror gave the file; the message holds each one's reason.
    DataError
        If the folder cannot be written.
    """
    reasons = [cached]
    with _session() as session:
        for mirror in mirrors:
            try:
                return _fetch(session, mirror, file, path, listen)
            except BadCopyError as error:
                reasons.append(f"{mirror}: {error}")
    raise DownloadError(
        f"{file.name} cannot be had from any mirror.",
        "\n    ".join([f"Expected a file of {file.size:,} bytes, found:", *reasons]),
        f"Look at the network, name another mirror, or copy the files, plain or .gz, "
        f"into {path.parent} by hand.",
    )


def _session() -> requests.Session:
    """Make a session that tries again, a few times and shortly, where that may help.

    It may after an answer of 5xx and after a connection that was dropped; it does not where no
    connection was made, and a machine without a network must not wait.
    """
    retry = Retry(
        total=2,
        connect=0,
        read=1,
        backoff_factor=0.2,
        status_forcelist=(500, 502, 503, 504),
        raise_on_status=False,
        # A mirror that is down may ask for an hour; the next mirror is nearer.
        respect_retry_after_header=False,
    )
    session = requests.Session()
    session.mount("https://", HTTPAdapter(max_retries=retry))
    session.mount("http://", HTTPAdapter(max_retries=retry))
    # The mirror's .gz as it is stored, not packed once more on the way.
    session.headers["Accept-Encoding"] = "identity"
    return session


def _fetch(
    session: requests.Session, mirror: str, file: RemoteFile, path: Path, listen: Listener
) -> None:
    """Fetch the file from one mirror, once more if the answer breaks off."""
    url = f"{mirror.rstrip('/')}/{file.name}.gz"
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with replacing(path) as target, _answer(session, url) as response:
                for chunk in file.unpack(_Received(response, file, listen)):
                    target.write(chunk)
        except CutShortError:
            if attempt == ATTEMPTS:
                raise
        else:
            return


@contextmanager
def _answer(session: requests.Session, url: str) -> Iterator[requests.Response]:
    """Ask for `url`; the answer's body is still to be read."""
    try:
        response = session.get(url, stream=True, timeout=TIMEOUT)
    # requests raises a bare OSError where REQUESTS_CA_BUNDLE names no file, and lets a few of
    # urllib3's exceptions through.
    except (requests.RequestException, HTTPError, OSError) as error:
        raise BadCopyError(_reason(error)) from error
    with response:
        if response.status_code != requests.codes.ok:
            raise BadCopyError(f"HTTP {response.status_code} {response.reason}")
        yield response


class _Received(io.RawIOBase):
    """The bytes of an answer as they come in, counted."""

    def __init__(self, response: requests.Response, file: RemoteFile, listen: Listener) -> None:
        self.raw = response.raw
        self.file = file
        self.listen = listen
        length = response.headers.get("Content-Length", "")
        self.total = int(length) if length.isdecimal() else None
        self.done = 0

    def read(self, size: int = -1, /) -> bytes:
        try:
            data: bytes = self.raw.read(size)
        except HTTPError as error:
            raise CutShortError(f"broke off after {self.done:,} bytes") from error
        self.done += len(data)
        # A gzip stream can go on for ever without unpacking to anything.
        if self.done > 2 * self.file.size + 1024:
            raise BadCopyError(f"more than {self.done:,} bytes came for it")
        self.listen(self.file.name, self.done, self.total)
        return data


def _reason(error: Exception) -> str:
    """Say in one line why no answer came: the cause below the layers of requests and urllib3."""
    cause = error.args[0] if error.args else error
    cause = getattr(cause, "reason", cause)
    proxy = getattr(cause, "original_error", None)
    text = " ".join(str(proxy or cause).split())
    # urllib3 begins with the connection's repr: "HTTPConnection(host='…', port=80): …"
    text = re.sub(r"^(<[^>]*>|\w+\([^)]*\)): ", "", text)
    return f"the proxy: {text}" if proxy else text
