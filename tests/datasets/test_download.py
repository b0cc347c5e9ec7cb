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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from digitnet.datasets import download as download_module
from digitnet.datasets.download import download
from digitnet.datasets.remote import RemoteFile
from digitnet.errors import DataError, DownloadError

CONTENT = np.random.default_rng(0).bytes(200_000)
PACKED = gzip.compress(CONTENT)
FILE = RemoteFile("digits", len(CONTENT), hashlib.sha256(CONTENT).hexdigest())


@pytest.fixture(autouse=True)
def no_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "data" / FILE.name


def fetch(target: Path, *mirrors: str) -> list[tuple[str, int, int | None]]:
    """Download `FILE` and return all that the listener heard."""
    heard: list[tuple[str, int, int | None]] = []
    download(
        FILE, target, mirrors, lambda name, done, total: heard.append((name, done, total)), "absent"
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


@contextmanager
def raw_server(*answers: bytes) -> Iterator[str]:
    """Give each connection in turn these bytes and hang up, the last answer for ever after."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def run() -> None:
            given = 0
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(65536)
                    connection.sendall(answers[min(given, len(answers) - 1)])
                given += 1

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


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
        "digits cannot be had from any mirror.\n"
        "Expected a file of 200,000 bytes, found:\n"
        "    absent\n"
        f"    {gone}: HTTP 404 NOT FOUND\n"
        f"    {short}: 199,999 bytes instead of 200,000\n"
        f"    {refused}: Failed to establish a new connection: [Errno 111] Connection refused\n"
        "Look at the network, name another mirror, or copy the files, plain or .gz, "
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
        (gzip.compress(CONTENT[::-1]), r"another file: SHA-256 \w{12}… instead of \w{12}…"),
        (gzip.compress(CONTENT + b"!"), "longer than the 200,000 bytes expected"),
        (gzip.compress(bytes(10**8)), "longer than the 200,000 bytes expected"),
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


def test_half_a_file_is_tried_again_and_then_refused(httpserver: HTTPServer, target: Path) -> None:
    found = refusal(target, serve(httpserver, PACKED[:100_000]))
    assert re.search(r"ends early, after [\d,]+ of 200,000 bytes$", found), found
    assert len(httpserver.log) == 2


def test_a_connection_dropped_within_the_file_is_tried_again(target: Path) -> None:
    with raw_server(http(PACKED[:100_000], len(PACKED)), http(PACKED, len(PACKED))) as mirror:
        fetch(target, mirror)
    assert target.read_bytes() == CONTENT


def test_a_connection_always_dropped_within_the_file_is_refused(target: Path) -> None:
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
    target.parent.mkdir()
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
from pathlib import Path
from digitnet.datasets.download import download
from digitnet.datasets.remote import RemoteFile
file = RemoteFile("digits", {FILE.size}, {FILE.sha256!r})
download(file, Path(sys.argv[1]), [sys.argv[2]], lambda *progress: print("on", flush=True), "")
"""


def start(target: Path, mirror: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(target), mirror],
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
