"""digitnet download: the whole of MNIST from a mirror of one's own, and no mirror at all."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.conftest import MNIST_NAMES
from tests.helpers.commands import NOWHERE, process

FIRST = MNIST_NAMES[0]


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_without_a_mirror_every_mirror_is_named_with_its_reason(
    tmp_path: Path, encoding: str
) -> None:
    done = process(tmp_path, "download", "--mirror", NOWHERE, PYTHONIOENCODING=encoding)
    assert (done.code, done.out) == (1, "")
    what, found, *reasons, advice = done.err.splitlines()
    assert what == f"Error: {FIRST} could not be downloaded from any mirror."
    assert found == "  Expected a file of 47,040,016 bytes, found:"
    places = (
        f"data/{FIRST}: not there",
        NOWHERE,
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
    )
    for place, reason in zip(places, reasons, strict=True):
        assert reason.startswith(f"    {place}")
    assert advice == (
        "  Check the network, name another mirror, or copy the files, plain or .gz, "
        "into data by hand."
    )
    assert list(tmp_path.rglob("*ubyte*")) == []


def test_a_mirror_that_has_other_files_is_refused(tmp_path: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_request(f"/{FIRST}.gz").respond_with_data(gzip.compress(b"something else"))
    mirror = httpserver.url_for("/")
    done = process(tmp_path, "download", "--mirror", mirror, NO_PROXY="127.0.0.1,localhost")
    assert (done.code, done.out) == (1, "")
    assert f"{mirror}: 14 bytes instead of 47,040,016\n" in done.err


@pytest.mark.mnist
def test_mnist_comes_from_a_mirror_once(
    tmp_path: Path, httpserver: HTTPServer, mnist_dir: Path
) -> None:
    for name in MNIST_NAMES:
        plain, packed = mnist_dir / name, mnist_dir / f"{name}.gz"
        body = packed.read_bytes() if packed.exists() else gzip.compress(plain.read_bytes(), 1)
        httpserver.expect_request(f"/{name}.gz").respond_with_data(body)
    args = ("download", "--mirror", httpserver.url_for("/"))
    first = process(tmp_path, *args, NO_PROXY="127.0.0.1,localhost")
    assert first == (0, "Downloaded and verified 4 of 4 files in data\n", "")
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == sorted(MNIST_NAMES)
    assert [request.path for request, _ in httpserver.log] == [f"/{n}.gz" for n in MNIST_NAMES]
    httpserver.clear_log()
    second = process(tmp_path, *args, NO_PROXY="127.0.0.1,localhost")
    assert second == (0, "Nothing to do: all 4 files are in data, verified\n", "")
    assert httpserver.log == []
