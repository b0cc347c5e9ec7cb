from __future__ import annotations

import gzip
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from pytest_httpserver import HTTPServer

from digitnet.datasets.cache import obtain
from digitnet.datasets.download import Listener, Manifest, RemoteFile
from digitnet.datasets.idx import read_idx
from digitnet.datasets.mnist import MNIST, load_mnist, load_sample
from digitnet.errors import DataError, DownloadError
from tests.conftest import MNIST_NAMES, idx_bytes
from tests.helpers.rights import superuser

IMAGES = MNIST_NAMES[0]


@pytest.fixture(autouse=True)
def no_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def mirror(httpserver: HTTPServer, tiny_files: dict[str, bytes]) -> str:
    for name, content in tiny_files.items():
        httpserver.expect_request(f"/{name}.gz").respond_with_data(gzip.compress(content))
    return httpserver.url_for("/")


@pytest.fixture
def manifest(mirror: str, tiny_files: dict[str, bytes]) -> Manifest:
    return described(tiny_files, mirror)


@pytest.fixture
def unreachable(tiny_files: dict[str, bytes]) -> Manifest:
    """The tiny files, with a mirror whose name cannot be resolved."""
    return described(tiny_files, "http://mirror.invalid/")


def described(contents: dict[str, bytes], mirror: str) -> Manifest:
    a, b, c, d = (
        RemoteFile(name, len(content), hashlib.sha256(content).hexdigest())
        for name, content in contents.items()
    )
    return Manifest((mirror,), (a, b, c, d))


def download_mnist(
    data: Path | None = None,
    *,
    mirrors: Sequence[str] = (),
    listen: Listener = lambda *_: None,
    manifest: Manifest,
) -> list[str]:
    """Names of the files that had to be downloaded."""
    return [path.name for path, new in obtain(data, mirrors, listen, manifest) if new]


def contents_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def requested(server: HTTPServer) -> list[str]:
    return [request.path for request, _ in server.log]


def test_a_first_call_fetches_all_and_a_second_nothing(
    httpserver: HTTPServer, data: Path, manifest: Manifest, tiny_files: dict[str, bytes]
) -> None:
    assert download_mnist(data, manifest=manifest) == list(MNIST_NAMES)
    assert contents_of(data) == tiny_files
    httpserver.clear_log()
    assert download_mnist(data, manifest=manifest) == []
    assert requested(httpserver) == []


@pytest.mark.parametrize(
    "damage",
    [lambda good: good[:-1], lambda good: bytes([good[0] ^ 1]) + good[1:], lambda _: b""],
    ids=["short", "a bit of its header flipped", "empty"],
)
def test_a_damaged_file_is_found_out_and_fetched_again(
    httpserver: HTTPServer,
    data: Path,
    manifest: Manifest,
    tiny_files: dict[str, bytes],
    damage: type[bytes],
) -> None:
    download_mnist(data, manifest=manifest)
    httpserver.clear_log()
    (data / IMAGES).write_bytes(damage(tiny_files[IMAGES]))
    assert download_mnist(data, manifest=manifest) == [IMAGES]
    assert requested(httpserver) == [f"/{IMAGES}.gz"]
    assert contents_of(data) == tiny_files


@pytest.mark.parametrize("name", [IMAGES, f"{IMAGES}.gz", "train-images.idx3-ubyte"])
def test_another_data_set_under_mnist_s_names_is_told_and_stays(
    httpserver: HTTPServer,
    data: Path,
    manifest: Manifest,
    tiny_files: dict[str, bytes],
    name: str,
) -> None:
    other = idx_bytes(9, 28, 28, values=bytes(9 * 784))
    other = gzip.compress(other) if name.endswith(".gz") else other
    (data / name).write_bytes(other)
    for load in (download_mnist, load_mnist):
        with pytest.raises(DataError) as caught:
            load(data, manifest=manifest)
        sha256 = hashlib.sha256(tiny_files[IMAGES]).hexdigest()
        assert str(caught.value) == (
            f"{data / name} is not MNIST's file of that name, and stays as it is.\n"
            f"Expected SHA-256 {sha256[:12]}…, found another whole IDX file, of "
            "9 × 28 × 28 values: another data set, or a changed one.\n"
            f"To use that data set: --dataset {data}. For MNIST, name another folder with "
            "--data-dir, or move this file away."
        )
    assert contents_of(data) == {name: other}
    assert requested(httpserver) == []


def test_nothing_is_fetched_into_a_folder_whose_last_file_is_another_s(
    httpserver: HTTPServer, data: Path, manifest: Manifest
) -> None:
    other = idx_bytes(9, values=bytes(9))
    (data / MNIST_NAMES[3]).write_bytes(other)
    with pytest.raises(DataError, match="9 values: another data set"):
        download_mnist(data, manifest=manifest)
    assert contents_of(data) == {MNIST_NAMES[3]: other}
    assert requested(httpserver) == []


@pytest.mark.parametrize("ending", ["", ".gz"])
@pytest.mark.parametrize("below", ["", "raw", "MNIST/raw", "MNIST"])
@pytest.mark.parametrize("dot", ["-", "."])
def test_mnist_is_found_under_the_names_and_folders_that_people_have(
    data: Path,
    unreachable: Manifest,
    tiny_files: dict[str, bytes],
    dot: str,
    below: str,
    ending: str,
) -> None:
    (data / below).mkdir(parents=True, exist_ok=True)
    for name, content in tiny_files.items():
        path = data / below / f"{name.replace('-idx', f'{dot}idx')}{ending}"
        path.write_bytes(gzip.compress(content) if ending else content)
    before = sorted(data.rglob("*"))
    found = load_mnist(data, manifest=unreachable)
    assert found.train.images.tobytes() == tiny_files[IMAGES][16:]
    assert found.test.labels.tobytes() == tiny_files[MNIST_NAMES[3]][8:]
    assert isinstance(found.train.images, np.memmap)
    if not ending:  # plain files are read where they are
        assert sorted(data.rglob("*")) == before


def test_loading_finds_a_damaged_file_out_too(
    data: Path, manifest: Manifest, tiny_files: dict[str, bytes]
) -> None:
    whole = load_mnist(data, manifest=manifest)
    (data / IMAGES).unlink()
    (data / IMAGES).write_bytes(tiny_files[IMAGES][:-1])
    again = load_mnist(data, manifest=manifest)
    np.testing.assert_array_equal(again.train.images, whole.train.images)


def test_a_damaged_file_that_cannot_be_fetched_again_is_named(
    data: Path, unreachable: Manifest, tiny_files: dict[str, bytes]
) -> None:
    (data / IMAGES).write_bytes(tiny_files[IMAGES][:-1])
    with pytest.raises(DownloadError) as caught:
        load_mnist(data, manifest=unreachable)
    reasons = caught.value.found.splitlines()
    assert reasons[1] == f"    {data / IMAGES}: 15,695 bytes instead of 15,696"


def test_the_digits_are_those_of_the_files_and_memory_mapped(
    data: Path, manifest: Manifest, tiny_files: dict[str, bytes]
) -> None:
    digits = load_mnist(data, manifest=manifest)
    assert digits.name == "mnist"
    images = np.frombuffer(tiny_files[IMAGES][16:], np.uint8).reshape(20, 28, 28)
    np.testing.assert_array_equal(digits.train.images, images)
    assert digits.train.labels.tolist() == [*range(10), *range(10)]
    test_images = np.frombuffer(tiny_files[MNIST_NAMES[2]][16:], np.uint8).reshape(10, 28, 28)
    np.testing.assert_array_equal(digits.test.images, test_images)
    assert digits.test.labels.tolist() == [*range(10)]
    assert isinstance(digits.train.images, np.memmap)


def test_plain_files_copied_by_hand_need_no_mirror(
    data: Path, unreachable: Manifest, tiny_files: dict[str, bytes]
) -> None:
    for name, content in tiny_files.items():
        (data / name).write_bytes(content)
    assert download_mnist(data, manifest=unreachable) == []


def test_gzipped_files_copied_by_hand_are_unpacked_and_need_no_mirror(
    data: Path, unreachable: Manifest, tiny_files: dict[str, bytes]
) -> None:
    for name, content in tiny_files.items():
        (data / f"{name}.gz").write_bytes(gzip.compress(content))
    digits = load_mnist(data, manifest=unreachable)
    assert isinstance(digits.train.images, np.memmap)
    assert {name: (data / name).read_bytes() for name in MNIST_NAMES} == tiny_files
    assert len(list(data.iterdir())) == 8


@pytest.mark.posix
def test_a_read_only_folder_of_gzipped_files_is_used_as_it_is(
    data: Path, unreachable: Manifest, tiny_files: dict[str, bytes]
) -> None:
    for name, content in tiny_files.items():
        (data / f"{name}.gz").write_bytes(gzip.compress(content))
    before = contents_of(data)
    data.chmod(0o555)
    try:
        digits = load_mnist(data, manifest=unreachable)
        assert download_mnist(data, manifest=unreachable) == []
        assert contents_of(data) == before
    finally:
        data.chmod(0o755)
    images = np.frombuffer(tiny_files[IMAGES][16:], np.uint8).reshape(20, 28, 28)
    np.testing.assert_array_equal(digits.train.images, images)


@pytest.mark.posix
def test_a_pipe_in_the_place_of_a_packed_file_is_not_waited_for(
    data: Path, unreachable: Manifest
) -> None:
    pipe = data / f"{IMAGES}.gz"
    os.mkfifo(pipe)
    with pytest.raises(DownloadError) as caught:
        load_mnist(data, manifest=unreachable)
    assert f"\n    {pipe}: not a file\n" in caught.value.found


@pytest.mark.posix
def test_a_pipe_in_the_place_of_a_file_is_neither_waited_for_nor_replaced(
    data: Path, manifest: Manifest
) -> None:
    pipe = data / IMAGES
    os.mkfifo(pipe)
    with pytest.raises(DataError) as caught:
        load_mnist(data, manifest=manifest)
    assert str(caught.value) == (
        f"{pipe} cannot be written.\n"
        "Expected a regular file or none, found a named pipe.\n"
        "Choose another name."
    )
    assert pipe.is_fifo()


@pytest.mark.posix
@pytest.mark.parametrize("mode", [0o755, 0o555])
def test_a_wrong_gzipped_file_copied_by_hand_is_not_used(
    data: Path, unreachable: Manifest, tiny_files: dict[str, bytes], mode: int
) -> None:
    wrong = gzip.compress(tiny_files[IMAGES][:-1] + b"\0")
    (data / f"{IMAGES}.gz").write_bytes(wrong)
    data.chmod(mode)
    try:
        with pytest.raises((DownloadError, DataError)) as caught:
            load_mnist(data, manifest=unreachable)
        if isinstance(caught.value, DownloadError):  # which the superuser gets in either mode
            assert f"{IMAGES}.gz: another file: SHA-256" in caught.value.found
        assert contents_of(data) == {f"{IMAGES}.gz": wrong}
    finally:
        data.chmod(0o755)


def test_a_wrong_gzipped_file_copied_by_hand_is_made_up_for_by_a_mirror(
    data: Path, manifest: Manifest, tiny_files: dict[str, bytes]
) -> None:
    (data / f"{IMAGES}.gz").write_bytes(b"half")
    assert download_mnist(data, manifest=manifest) == list(MNIST_NAMES)
    assert (data / IMAGES).read_bytes() == tiny_files[IMAGES]


def test_mirrors_of_the_user_come_first(
    httpserver: HTTPServer, data: Path, mirror: str, tiny_files: dict[str, bytes]
) -> None:
    known = described(tiny_files, httpserver.url_for("/known/"))
    httpserver.expect_request(re.compile("/gone/.*")).respond_with_data(status=404)
    download_mnist(data, manifest=known, mirrors=[httpserver.url_for("/gone/"), mirror])
    assert requested(httpserver)[:2] == [f"/gone/{IMAGES}.gz", f"/{IMAGES}.gz"]
    assert not any(path.startswith("/known/") for path in requested(httpserver))


def test_the_listener_hears_of_every_file(
    data: Path, manifest: Manifest, tiny_files: dict[str, bytes]
) -> None:
    heard: dict[str, tuple[int, int | None]] = {}

    def listen(name: str, done: int, total: int | None) -> None:
        heard[name] = (done, total)

    download_mnist(data, manifest=manifest, listen=listen)
    sizes = {name: len(gzip.compress(content)) for name, content in tiny_files.items()}
    assert heard == {name: (size, size) for name, size in sizes.items()}


@pytest.mark.posix
def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path, manifest: Manifest) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(DataError) as caught:
        load_mnist(tmp_path / "data", manifest=manifest)
    assert caught.value.what == f"{tmp_path / 'data' / IMAGES} cannot be written."


@pytest.mark.skipif(superuser(), reason="the superuser may write everywhere")
def test_an_unwritable_data_folder_is_refused(data: Path, manifest: Manifest) -> None:
    data.chmod(0o555)
    try:
        with pytest.raises(DataError, match="Permission denied"):
            download_mnist(data, manifest=manifest)
    finally:
        data.chmod(0o755)


def test_a_folder_in_the_place_of_a_file_is_refused(data: Path, manifest: Manifest) -> None:
    (data / IMAGES).mkdir()
    with pytest.raises(DataError) as caught:
        download_mnist(data, manifest=manifest)
    assert caught.value.what == f"{data / IMAGES} cannot be written."
    assert [path.name for path in data.iterdir()] == [IMAGES]


def test_the_folder_comes_from_the_environment_and_else_is_data_if_there_is_one(
    tmp_path: Path, manifest: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DIGITNET_DATA")
    (tmp_path / "data").mkdir()
    download_mnist(manifest=manifest)
    assert sorted(contents_of(tmp_path / "data")) == sorted(MNIST_NAMES)
    monkeypatch.setenv("DIGITNET_DATA", str(tmp_path / "other"))
    load_mnist(manifest=manifest)
    assert sorted(contents_of(tmp_path / "other")) == sorted(MNIST_NAMES)


def test_two_processes_at_once_fill_one_cache(
    data: Path, tiny_files: dict[str, bytes], manifest: Manifest
) -> None:
    program = f"""
import sys
from digitnet.datasets.mnist import load_mnist
from digitnet.datasets.download import Manifest, RemoteFile
print(load_mnist(sys.argv[1], manifest={manifest!r}).train.sha256)
"""
    processes = [
        subprocess.Popen([sys.executable, "-c", program, data], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    first, second = (process.communicate(timeout=60)[0] for process in processes)
    train = tiny_files[IMAGES][16:] + tiny_files[MNIST_NAMES[1]][8:]
    assert first == second == hashlib.sha256(train).hexdigest() + "\n"
    assert contents_of(data) == tiny_files


def test_what_is_cached_is_loaded_without_importing_requests() -> None:
    program = "import sys, digitnet.datasets.mnist as m; m.load_sample(); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    modules = done.stdout.split()
    assert "digitnet.datasets.mnist" in modules
    assert not {"requests", "urllib3", "rich", "typer"} & set(modules)


def test_the_sample_holds_as_many_of_each_digit() -> None:
    sample = load_sample()
    assert np.bincount(sample.train.labels).tolist() == [400] * 10
    assert np.bincount(sample.test.labels).tolist() == [100] * 10


def test_the_sample_is_interleaved_so_that_a_split_is_balanced() -> None:
    sample = load_sample()
    for digits in (sample.train, sample.test):
        tens = np.sort(digits.labels.reshape(-1, 10), axis=1)
        np.testing.assert_array_equal(tens, np.broadcast_to(np.arange(10), tens.shape))
    _, held_out = sample.train.split(500)
    assert np.bincount(held_out.labels).tolist() == [50] * 10
    # Interleaved, but not in the same order each time.
    assert len({tuple(ten) for ten in sample.train.labels.reshape(-1, 10)}) > 390


def test_the_sample_holds_no_digit_twice() -> None:
    sample = load_sample()
    images = np.concatenate([sample.train.images, sample.test.images])
    assert len({image.tobytes() for image in images}) == 5000


@pytest.mark.mnist
def test_the_sample_holds_training_digits_with_their_labels_and_no_test_digit(
    mnist_dir: Path,
) -> None:
    mnist, sample = load_mnist(mnist_dir), load_sample()
    label_of = {
        image.tobytes(): label
        for image, label in zip(mnist.train.images, mnist.train.labels, strict=True)
    }
    tested = {image.tobytes() for image in mnist.test.images}
    assert (len(label_of), len(tested)) == (60_000, 10_000)
    for digits in (sample.train, sample.test):
        for image, label in zip(digits.images, digits.labels, strict=True):
            assert label_of[image.tobytes()] == label
            assert image.tobytes() not in tested


@pytest.mark.mnist
def test_the_whole_of_mnist_has_its_known_counts(mnist_dir: Path) -> None:
    mnist = load_mnist(mnist_dir)
    # Counts of each digit as published with the data set.
    train = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    test = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert np.bincount(mnist.train.labels).tolist() == train
    assert np.bincount(mnist.test.labels).tolist() == test


@pytest.mark.mnist
def test_mnist_gzipped_is_unpacked_and_then_memory_mapped(mnist_dir: Path, data: Path) -> None:
    for file in MNIST.files:
        packed = mnist_dir / f"{file.name}.gz"
        if not packed.is_file():
            pytest.skip(f"{mnist_dir} holds plain files")
        (data / packed.name).write_bytes(packed.read_bytes())
    mnist = load_mnist(data, manifest=Manifest((), MNIST.files))
    assert isinstance(mnist.train.images, np.memmap)
    np.testing.assert_array_equal(mnist.train.images, read_idx(data / f"{IMAGES}.gz", 3))
