from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from digitnet.datasets import download as download_module
from digitnet.datasets.cache import obtain
from digitnet.datasets.download import Manifest, RemoteFile
from digitnet.errors import DataError, DownloadError

CONTENT = np.random.default_rng(0).bytes(200_000)
PACKED = gzip.compress(CONTENT, mtime=0)
FILE = RemoteFile("digits", len(CONTENT), hashlib.sha256(CONTENT).hexdigest())


@pytest.fixture(autouse=True)
def no_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data" / FILE.name


def fetch(target: Path, *mirrors: str) -> list[tuple[str, int, int | None]]:
    """Download `FILE` and return all that the listener heard."""
    heard: list[tuple[str, int, int | None]] = []
    obtain(
        target.parent,
        mirrors,
        lambda name, done, total: heard.append((name, done, total)),
        Manifest((), (FILE,)),
    )
    return heard


def refusal(target: Path, *mirrors: str) -> str:
    """What the error says was found; nothing may be left behind."""
    with pytest.raises(DownloadError) as caught:
        fetch(target, *mirrors)
    assert list(target.parent.iterdir()) == []
    return caught.value.found.removesuffix(".")


def serve(server: HTTPServer, content: bytes, folder: str = "/mnist") -> str:
    server.expect_request(f"{folder}/digits.gz").respond_with_data(content)
    return server.url_for(folder)


Answer = bytes | Callable[[bytes], Iterable[bytes]]


@contextmanager
def raw_server(*answers: Answer) -> Iterator[str]:
    """Give each connection in turn these bytes and hang up, the last answer for ever after.

    An answer that is a function is given the request, and yields what to send.
    """
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def run() -> None:
            given = 0
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                answer = answers[min(given, len(answers) - 1)]
                with connection, suppress(ConnectionError):
                    request = connection.recv(65536)
                    for piece in (answer,) if isinstance(answer, bytes) else answer(request):
                        connection.sendall(piece)
                        if over.is_set():
                            break
                given += 1

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        finally:
            over.set()
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def drip(head: bytes, drop: bytes) -> Callable[[bytes], Iterator[bytes]]:
    """Answer with the head, and then with a drop now and then, for ever."""

    def answer(request: bytes) -> Iterator[bytes]:
        yield head
        while True:
            time.sleep(0.01)
            yield drop

    return answer


def http(body: bytes, length: int | None) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"
    if length is not None:
        head += f"Content-Length: {length}\r\n".encode()
    return head + b"\r\n" + body


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def test_a_file_is_unpacked_into_a_folder_that_is_made(
    httpserver: HTTPServer, target: Path
) -> None:
    heard = fetch(target, serve(httpserver, PACKED))
    assert target.read_bytes() == CONTENT
    assert list(target.parent.iterdir()) == [target]
    assert heard[-1] == ("digits", len(PACKED), len(PACKED))
    done = [received for _, received, _ in heard]
    assert done == sorted(done)
    assert len(done) > 2


def test_a_mirror_address_may_end_with_a_slash_or_not(httpserver: HTTPServer, target: Path) -> None:
    fetch(target, serve(httpserver, PACKED) + "/")
    assert target.read_bytes() == CONTENT


def test_without_a_content_length_the_total_is_unknown(target: Path) -> None:
    with raw_server(http(PACKED, None)) as mirror:
        heard = fetch(target, mirror)
    assert target.read_bytes() == CONTENT
    assert heard[-1] == ("digits", len(PACKED), None)


def test_a_chunked_answer_is_read(httpserver: HTTPServer, target: Path) -> None:
    def chunks(request: Request) -> Response:
        return Response(PACKED[i : i + 5000] for i in range(0, len(PACKED), 5000))

    httpserver.expect_request("/digits.gz").respond_with_handler(chunks)
    fetch(target, httpserver.url_for("/"))
    assert target.read_bytes() == CONTENT


def test_a_redirect_is_followed(httpserver: HTTPServer, target: Path) -> None:
    elsewhere = serve(httpserver, PACKED) + "/digits.gz"
    httpserver.expect_request("/old/digits.gz").respond_with_data(
        status=302, headers={"Location": elsewhere}
    )
    fetch(target, httpserver.url_for("/old"))
    assert target.read_bytes() == CONTENT


def test_the_stored_file_is_asked_for_and_not_one_packed_for_the_way(
    httpserver: HTTPServer, target: Path
) -> None:
    fetch(target, serve(httpserver, PACKED))
    assert httpserver.log[0][0].headers["Accept-Encoding"] == "identity"


def test_a_mirror_that_fails_is_followed_by_the_next(httpserver: HTTPServer, target: Path) -> None:
    good = serve(httpserver, PACKED)
    bad = serve(httpserver, gzip.compress(b"something else"), "/bad")
    fetch(target, bad, good)
    assert target.read_bytes() == CONTENT


def test_every_mirror_is_named_with_its_reason_and_what_to_do(
    httpserver: HTTPServer, target: Path
) -> None:
    gone = httpserver.url_for("/gone")
    httpserver.expect_request("/gone/digits.gz").respond_with_data("no", status=404)
    short = serve(httpserver, gzip.compress(CONTENT[:-1]), "/short")
    refused = f"http://127.0.0.1:{free_port()}/"
    with pytest.raises(DownloadError) as caught:
        fetch(target, gone, short, refused)
    assert str(caught.value) == (
        "digits could not be downloaded from any mirror.\n"
        "Expected a file of 200,000 bytes, found:\n"
        f"    {target}: not there\n"
        f"    {gone}: HTTP 404 NOT FOUND\n"
        f"    {short}: 199,999 bytes instead of 200,000\n"
        f"    {refused}: Failed to establish a new connection: [Errno 111] Connection refused\n"
        "Check the network, name another mirror, or copy the files, plain or .gz, "
        f"into {target.parent} by hand."
    )
    assert list(target.parent.iterdir()) == []


def test_a_503_with_a_page_is_tried_again_and_then_refused(
    httpserver: HTTPServer, target: Path
) -> None:
    httpserver.expect_request("/digits.gz").respond_with_data(
        "<html>Back soon</html>",
        status=503,
        content_type="text/html",
        headers={"Retry-After": "3600"},  # which must not be waited for
    )
    assert refusal(target, httpserver.url_for("/")).endswith("HTTP 503 SERVICE UNAVAILABLE")
    assert len(httpserver.log) == 3


def test_a_503_that_passes_is_got_over(httpserver: HTTPServer, target: Path) -> None:
    httpserver.expect_ordered_request("/digits.gz").respond_with_data(status=503)
    httpserver.expect_ordered_request("/digits.gz").respond_with_data(PACKED)
    fetch(target, httpserver.url_for("/"))
    assert target.read_bytes() == CONTENT


def test_a_404_is_not_tried_again(httpserver: HTTPServer, target: Path) -> None:
    httpserver.expect_request("/digits.gz").respond_with_data(status=404)
    refusal(target, httpserver.url_for("/"))
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<!DOCTYPE html><p>Log in to this network", r"Not a gzipped file \(b'<!'\)"),
        (b"", "0 bytes instead of 200,000"),
        (
            gzip.compress(CONTENT[::-1], mtime=0),
            r"another file: SHA-256 \w{12}… instead of \w{12}…",
        ),
        (gzip.compress(CONTENT + b"!", mtime=0), "longer than the 200,000 bytes expected"),
        (gzip.compress(bytes(10**8), mtime=0), "longer than the 200,000 bytes expected"),
        (PACKED[:-8] + b"12345678", "CRC check failed.*"),
        (PACKED + bytes(300_000), r"more than \d+,\d+ bytes came for it"),
    ],
    ids=["page", "nothing", "wrong", "long", "bomb", "damaged", "endless"],
)
def test_an_answer_that_is_not_the_file_is_refused(
    httpserver: HTTPServer, target: Path, content: bytes, reason: str
) -> None:
    found = refusal(target, serve(httpserver, content))
    assert re.search(f"/mnist: {reason}$", found), found


def test_half_a_file_is_refused(httpserver: HTTPServer, target: Path) -> None:
    found = refusal(target, serve(httpserver, PACKED[:100_000]))
    assert re.search(r"ends early, after [\d,]+ of 200,000 bytes$", found), found


def test_a_download_that_broke_off_begins_anew_at_the_next_mirror(
    httpserver: HTTPServer, target: Path
) -> None:
    with raw_server(http(PACKED[:100_000], len(PACKED))) as mirror:
        heard = fetch(target, mirror, serve(httpserver, PACKED))
    assert target.read_bytes() == CONTENT
    done = [received for _, received, _ in heard]
    again = done.index(0, 1)
    assert 0 < done[again - 1] <= 100_000
    assert done[-1] == len(PACKED)


def test_a_connection_dropped_within_the_file_is_told(target: Path) -> None:
    with raw_server(http(PACKED[:100_000], len(PACKED))) as mirror:
        found = refusal(target, mirror)
    assert re.search(r"(broke off|ends early,) after", found), found


def test_a_connection_dropped_before_any_answer_is_tried_again(target: Path) -> None:
    with raw_server(b"", http(PACKED, len(PACKED))) as mirror:
        fetch(target, mirror)
    assert target.read_bytes() == CONTENT


def test_a_server_that_always_hangs_up_is_refused(target: Path) -> None:
    with raw_server(b"") as mirror:
        found = refusal(target, mirror)
    assert "Remote end closed connection without response" in found


def test_a_server_that_stays_silent_is_left(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download_module, "TIMEOUT", (0.1, 0.1))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = refusal(target, f"http://127.0.0.1:{listener.getsockname()[1]}/")
    assert "Read timed out" in found


@pytest.mark.parametrize(
    "answer",
    [
        drip(b"HTTP/1.1 200 OK\r\n\r\n" + PACKED[:100], b"\0"),
        drip(b"HTTP/1.1 200 OK\r\n", b"X-More: header\r\n"),
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["bytes", "headers", "continue"],
)
def test_a_server_that_sends_a_little_now_and_then_is_left(
    target: Path, monkeypatch: pytest.MonkeyPatch, answer: Answer
) -> None:
    monkeypatch.setattr(download_module, "PATIENCE", 0.2)
    with raw_server(answer) as mirror:
        found = refusal(target, mirror)
    assert found.endswith("/: too slow: over 0.2 s for 65,536 bytes, or 3600 s in all")


def test_a_download_that_takes_too_long_in_all_is_left(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download_module, "CHUNK", 1)
    monkeypatch.setattr(download_module, "LONGEST", 0.2)
    with raw_server(drip(b"HTTP/1.1 200 OK\r\n\r\n" + PACKED[:100], b"\0")) as mirror:
        found = refusal(target, mirror)
    assert found.endswith("/: too slow: over 90 s for 1 bytes, or 0.2 s in all")


def test_what_a_server_says_is_shown_on_one_line_without_its_escapes(target: Path) -> None:
    said = b"\x1b[31mred\x1b[0m " + b"no! " * 10_000
    with raw_server(b"HTTP/1.1 404 " + said + b"\r\nContent-Length: 0\r\n\r\n") as mirror:
        _, cached, reason = refusal(target, mirror).splitlines()
    assert cached == f"    {target}: not there"
    assert reason.startswith(f"    {mirror}: HTTP 404 \\x1b[31mred\\x1b[0m no! no! ")
    assert reason.endswith("…")
    assert len(reason) < 250


@pytest.mark.parametrize(
    "header",
    [f"Content-Length: {'9' * 5000}", "Location: http://[::1/x"],
    ids=["length", "address"],
)
def test_a_header_that_means_nothing_is_no_traceback(target: Path, header: str) -> None:
    status = "302 Found" if header.startswith("Location") else "200 OK"
    with raw_server(f"HTTP/1.1 {status}\r\n{header}\r\n\r\n".encode()) as mirror:
        refusal(target, mirror)


def test_without_a_network_it_fails_at_once(target: Path, caplog: pytest.LogCaptureFixture) -> None:
    found = refusal(target, "http://mirror.invalid/", f"http://127.0.0.1:{free_port()}/")
    assert "Retrying" not in caplog.text  # which urllib3 logs, and waits before
    assert "resolve" in found or "Name or service not known" in found
    assert "Connection refused" in found


@pytest.mark.parametrize("mirror", ["ftp://127.0.0.1/", "no-scheme", "http://", "http://[::1/"])
def test_an_address_that_is_none_is_a_reason_like_others(target: Path, mirror: str) -> None:
    assert f"{mirror}: " in refusal(target, mirror)


def test_a_file_that_was_there_stays_if_none_better_comes(
    httpserver: HTTPServer, target: Path
) -> None:
    target.write_bytes(b"old")
    with pytest.raises(DownloadError):
        fetch(target, serve(httpserver, b"page"))
    assert target.read_bytes() == b"old"


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_fetched(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(DataError) as caught:
        fetch(tmp_path / "data" / "digits", serve(httpserver, PACKED))
    assert caught.value.what == f"{tmp_path / 'data' / 'digits'} cannot be written."
    assert not isinstance(caught.value, DownloadError)
    assert httpserver.log == []


def test_a_proxy_of_the_environment_is_used(
    httpserver: HTTPServer, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", httpserver.url_for("/"))
    serve(httpserver, PACKED)
    fetch(target, "http://mirror.invalid/mnist")
    assert target.read_bytes() == CONTENT
    assert httpserver.log[0][0].host == "mirror.invalid"


def test_a_proxy_that_is_down_is_named_as_the_reason(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    assert "the proxy: " in refusal(target, "http://mirror.invalid/mnist")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody vouches for, with its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl, which makes the certificate, is not installed")
    path = tmp_path_factory.mktemp("tls") / "certificate.pem"
    request = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=digitnet"
    names = "-addext subjectAltName=IP:127.0.0.1"
    subprocess.run(
        [openssl, *f"{request} {names}".split(), "-keyout", f"{path}.key", "-out", path],
        check=True,
        capture_output=True,
    )
    return path


@pytest.fixture
def https_server(certificate: Path) -> Iterator[HTTPServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, str(certificate) + ".key")
    with HTTPServer(host="127.0.0.1", ssl_context=context) as server:
        yield server


def test_a_certificate_that_nobody_vouches_for_is_refused(
    https_server: HTTPServer, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    assert "CERTIFICATE_VERIFY_FAILED" in refusal(target, serve(https_server, PACKED))
    assert https_server.log == []


def test_a_certificate_in_requests_ca_bundle_is_trusted(
    https_server: HTTPServer, target: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    fetch(target, serve(https_server, PACKED))
    assert target.read_bytes() == CONTENT


def test_a_ca_bundle_that_is_missing_is_a_reason_like_others(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere/bundle.pem")
    assert "/nowhere/bundle.pem" in refusal(target, "https://127.0.0.1/")


PROGRAM = f"""
import sys
from digitnet.datasets.cache import obtain
from digitnet.datasets.download import Manifest, RemoteFile
wanted = Manifest((sys.argv[2],), ({FILE!r},))
obtain(sys.argv[1], (), lambda *progress: print("on", flush=True), wanted)
"""


def start(target: Path, mirror: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(target.parent), mirror],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_processes_at_once_do_no_harm(target: Path) -> None:
    both = threading.Barrier(2, timeout=30)

    def together(request: Request) -> Response:
        def body() -> Iterator[bytes]:
            yield PACKED[:100_000]
            both.wait()  # until each has half of it
            yield PACKED[100_000:]

        return Response(body())

    with HTTPServer(host="127.0.0.1", threaded=True) as server:
        server.expect_request("/digits.gz").respond_with_handler(together)
        processes = [start(target, server.url_for("/")) for _ in range(2)]
        ends = [process.communicate(timeout=60)[1] for process in processes]
    assert ends == ["", ""]
    assert target.read_bytes() == CONTENT
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.posix
def test_ctrl_c_leaves_nothing_behind(target: Path) -> None:
    release = threading.Event()

    def slow(request: Request) -> Response:
        def body() -> Iterator[bytes]:
            yield PACKED[:150_000]
            release.wait(30)

        return Response(body())

    with HTTPServer(host="127.0.0.1", threaded=True) as server:
        server.expect_request("/digits.gz").respond_with_handler(slow)
        process = start(target, server.url_for("/"))
        assert process.stdout is not None
        process.stdout.readline()
        assert [path.suffix for path in target.parent.iterdir()] == [".part"]
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
        release.set()
    assert errors.endswith("KeyboardInterrupt\n")
    assert list(target.parent.iterdir()) == []
