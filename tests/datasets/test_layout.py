"""Data sets under the names and in the folders that people have them in."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest

from digitnet.datasets.digits import Digits
from digitnet.datasets.idx_folder import holds_idx, load_idx_folder, read_labels, unknown_idx
from digitnet.datasets.mnist import load_sample
from digitnet.datasets.transposed import transpose, transposed
from digitnet.errors import DataError
from tests.conftest import MNIST_NAMES, idx_bytes

EXPECTED = (
    "Expected train-images-idx3-ubyte, train-labels-idx1-ubyte and the same of t10k or test, "
    "plain or .gz, also with a dot before idx, or emnist-digits-, emnist-mnist- or qmnist- "
    "before all; found "
)
LAYOUTS = {
    "dotted": "{part}-{kind}.{idx}-ubyte",
    "dotted and packed": "{part}-{kind}.{idx}-ubyte.gz",
    "EMNIST's": "emnist-digits-{test}-{kind}-{idx}-ubyte.gz",
    "EMNIST's form of MNIST": "emnist-mnist-{test}-{kind}-{idx}-ubyte",
    "QMNIST's": "qmnist-{test}-{kind}-{int}.gz",
    "torchvision's root": "MNIST/raw/{part}-{kind}-{idx}-ubyte",
    "torchvision's MNIST": "raw/{part}-{kind}-{idx}-ubyte",
    "EMNIST's archive": "gzip/emnist-digits-{test}-{kind}-{idx}-ubyte.gz",
}


def put(folder: Path, files: dict[str, bytes], layout: str) -> None:
    """Write MNIST's files under other names; QMNIST's labels in its own form."""
    for name, content in files.items():
        part, kind, idx, _ = name.split("-")
        other = layout.format(
            part=part,
            test=part.replace("t10k", "test"),
            kind=kind,
            idx=idx,
            int="idx3-ubyte" if kind == "images" else "idx2-int",
        )
        data = qmnist(list(content[8:])) if "idx2-int" in other else content
        path = folder / other
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def qmnist(labels: list[int], columns: int = 8) -> bytes:
    rows = b"".join(struct.pack(">8i", d, *range(1, 8))[: 4 * columns] for d in labels)
    return struct.pack(">HBBII", 0, 0x0C, 2, len(labels), columns) + rows


def told(error: DataError | None) -> str:
    assert error is not None
    return str(error)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_data_set_is_found_as_people_have_it(
    tmp_path: Path, tiny_files: dict[str, bytes], layout: str
) -> None:
    put(tmp_path, tiny_files, LAYOUTS[layout])
    assert holds_idx(tmp_path)
    found = load_idx_folder(tmp_path)
    assert (found.name, found.turned) == (str(tmp_path), False)
    for digits, images, labels in (
        (found.train, *MNIST_NAMES[:2]),
        (found.test, *MNIST_NAMES[2:]),
    ):
        assert digits.images.tobytes() == tiny_files[images][16:]
        assert digits.labels.tobytes() == tiny_files[labels][8:]


def test_two_data_sets_below_a_folder_are_told_apart(
    tmp_path: Path, tiny_files: dict[str, bytes]
) -> None:
    for name in ("FashionMNIST", "MNIST"):
        put(tmp_path / name / "raw", tiny_files, "{part}-{kind}-{idx}-ubyte")
    with pytest.raises(DataError) as caught:
        load_idx_folder(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path} is not one data set.\n"
        "Expected one folder of IDX files in it, found "
        f"{tmp_path / 'FashionMNIST' / 'raw'}, {tmp_path / 'MNIST' / 'raw'}.\n"
        "Name one of them."
    )


def test_files_of_other_names_are_told_with_the_names_that_are_known(tmp_path: Path) -> None:
    for name in ("emnist-letters-train-images-idx3-ubyte.gz", "notes.txt"):
        (tmp_path / name).touch()
    assert not holds_idx(tmp_path)
    assert told(unknown_idx(tmp_path)) == (
        f"{tmp_path} is not a data set that digitnet knows.\n"
        f"{EXPECTED}in {tmp_path}: emnist-letters-train-images-idx3-ubyte.gz.\n"
        "Rename the files, or name another folder."
    )


def test_a_set_in_the_folder_above_is_named(tmp_path: Path, tiny_files: dict[str, bytes]) -> None:
    put(tmp_path, tiny_files, "{part}-{kind}-{idx}-ubyte")
    (tmp_path / "processed").mkdir()
    assert told(unknown_idx(tmp_path / "processed")) == (
        f"{tmp_path / 'processed'} holds no digits.\n"
        "Expected them in it or below it, found t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte, "
        "train-images-idx3-ubyte, train-labels-idx1-ubyte above it.\n"
        f"Name the folder above: --dataset {tmp_path}"
    )


def test_a_folder_without_idx_files_is_told_nothing_of_them(tmp_path: Path) -> None:
    (tmp_path / "3_a.png").touch()
    assert unknown_idx(tmp_path) is None


def test_a_set_without_test_files_is_refused(tmp_path: Path, tiny_files: dict[str, bytes]) -> None:
    put(tmp_path, dict(list(tiny_files.items())[:2]), "{part}-{kind}-{idx}-ubyte")
    with pytest.raises(DataError) as caught:
        load_idx_folder(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path / 't10k-images-idx3-ubyte'} cannot be read: there is no such file.\n"
        f"{EXPECTED}train-images-idx3-ubyte, train-labels-idx1-ubyte.\n"
        "A set is scored on digits that it was not trained on. "
        "Put the missing file beside the others."
    )


@pytest.mark.parametrize(("part", "use"), [("train", "learn from"), ("t10k", "score the network")])
def test_a_set_with_no_digits_in_a_part_is_refused(
    tmp_path: Path, tiny_files: dict[str, bytes], part: str, use: str
) -> None:
    tiny_files[f"{part}-images-idx3-ubyte"] = idx_bytes(0, 28, 28, values=b"")
    tiny_files[f"{part}-labels-idx1-ubyte"] = idx_bytes(0, values=b"")
    put(tmp_path, tiny_files, "{part}-{kind}-{idx}-ubyte")
    with pytest.raises(DataError) as caught:
        load_idx_folder(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path / f'{part}-images-idx3-ubyte'} holds no digits.\n"
        f"Expected at least one, to {use}, found 0.\n"
        "Get the file again, or move digits there from the other part of the data set."
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (qmnist([1, 2], columns=5), "8 numbers a digit, the first 0 to 9, found 5 "),
        (qmnist([1, 2], columns=0), "8 numbers a digit, the first 0 to 9, found 0 "),
        (qmnist([1, 2])[:-1], "76 bytes (a header and 2 × 8 values), found 75 bytes."),
        (qmnist([1, 2]) + b"\0", "76 bytes (a header and 2 × 8 values), found 77 bytes."),
        (struct.pack(">HBBII", 0, 0x0C, 2, 2**31, 8), "68,719,476,748 bytes (a header and "),
        (
            gzip.compress(struct.pack(">HBBII", 0, 0x0C, 2, 2**31, 8), mtime=0),
            "68,719,476,748 bytes (a ",
        ),
        (qmnist([1, 2])[:7], "a header of 12 bytes, found 7 bytes."),
        (qmnist([1, 266]), "8 numbers a digit, the first 0 to 9, found 266."),
        (qmnist([1, -1]), "8 numbers a digit, the first 0 to 9, found -1."),
        (gzip.compress(qmnist([1]), mtime=0)[:-9], "an IDX file, found: "),
        (idx_bytes(1, 2, 2, values=b"1234"), "1 dimensions (images: 3, labels: 1), found 3."),
    ],
)
def test_labels_that_are_no_digits_or_not_whole_are_refused(
    tmp_path: Path, content: bytes, expected: str
) -> None:
    (tmp_path / "labels").write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_labels(tmp_path / "labels")
    assert caught.value.what.startswith(f"{tmp_path / 'labels'} ")
    assert caught.value.found.startswith(f"Expected {expected}")


@pytest.mark.parametrize("count", [10, 30, 300])
def test_transposed_digits_are_known_and_turned_whatever_they_are_called(
    tmp_path: Path, count: int
) -> None:
    sample = load_sample()
    for part, digits in (("train", sample.train[:count]), ("t10k", sample.test[:10])):
        stored = transpose(digits)
        for kind, array in (("images-idx3", stored.images), ("labels-idx1", stored.labels)):
            path = tmp_path / f"{part}-{kind}-ubyte"
            path.write_bytes(idx_bytes(*array.shape, values=array.tobytes()))
    found = load_idx_folder(tmp_path)
    assert found.turned
    np.testing.assert_array_equal(found.train.images, sample.train.images[:count])
    np.testing.assert_array_equal(found.test.images, sample.test.images[:10])


def test_upright_digits_and_what_is_no_digit_are_left_as_they_are(
    rng: np.random.Generator,
) -> None:
    sample = load_sample().test
    assert not transposed(sample)
    mixed_up = Digits(sample.images, rng.permutation(sample.labels))
    assert not transposed(mixed_up)
    assert not transposed(transpose(mixed_up))
    noise = Digits(rng.integers(0, 256, (50, 28, 28), dtype=np.uint8), sample.labels[:50])
    assert not transposed(noise)
    blank = Digits(np.zeros((10, 28, 28), np.uint8), sample.labels[:10])
    assert not transposed(blank)


@pytest.mark.mnist
def test_mnist_is_upright_and_transposed_it_is_not(mnist_dir: Path) -> None:
    mnist = load_idx_folder(mnist_dir)
    assert not mnist.turned
    assert transposed(transpose(mnist.test))
