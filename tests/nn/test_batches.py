"""Mini-batches: each example once, as a column, in the order asked for, in bounded memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import DTypeLike, NDArray

from digitnet.nn.batches import CHUNK, mini_batches
from tests.helpers.labelled import Labelled, blobs


def gathered(
    examples: Labelled, batch_size: int, **options: Any
) -> tuple[list[int], NDArray[Any], NDArray[Any]]:
    """Batch sizes, and X and y of all mini-batches side by side."""
    batches = [(X.copy(), y.copy()) for X, y in mini_batches(examples, batch_size, 10, **options)]
    sizes = [X.shape[1] for X, _ in batches]
    assert [y.shape[1] for _, y in batches] == sizes
    X, y = (np.concatenate(side, axis=1) for side in zip(*batches, strict=True))
    return sizes, X, y


@pytest.mark.parametrize(
    ("count", "batch_size", "sizes"),
    [
        (10, 4, [4, 4, 2]),
        (8, 4, [4, 4]),
        (3, 5, [3]),
        (3, 1, [1, 1, 1]),
        (CHUNK + 100, 500, [500, 112]),
        (2 * CHUNK + 1, CHUNK, [CHUNK, CHUNK, 1]),
        (1500, 1000, [1000, 500]),
    ],
)
def test_every_example_comes_once_and_the_last_batch_may_be_short(
    count: int, batch_size: int, sizes: list[int]
) -> None:
    examples = blobs(count)
    found, X, y = gathered(examples, batch_size)
    assert found == sizes
    np.testing.assert_array_equal(X.T, examples.images.astype(np.float32) / np.float32(255))
    np.testing.assert_array_equal(y, np.eye(10)[:, examples.labels])


def test_the_order_is_followed_and_may_leave_examples_out() -> None:
    examples = blobs(700)
    order = np.random.default_rng(1).permutation(700)[:650]
    sizes, X, y = gathered(examples, 32, order=order)
    assert sizes == [32] * 20 + [10]
    np.testing.assert_array_equal(X.T, examples.images[order] / np.float32(255))
    np.testing.assert_array_equal(y.argmax(axis=0), examples.labels[order])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_bytes_become_brightness_from_0_to_1(dtype: DTypeLike) -> None:
    examples = Labelled(np.arange(256, dtype=np.uint8).reshape(1, 16, 16), np.array([3], np.uint8))
    _, X, y = gathered(examples, 1, dtype=dtype)
    assert X.dtype == y.dtype == dtype
    np.testing.assert_array_equal(X[:, 0], (np.arange(256) / 255).astype(dtype))
    assert (X.min(), X.max()) == (0, 1)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_floats_are_taken_as_they_are(dtype: DTypeLike) -> None:
    images = np.random.default_rng(0).normal(0, 5, (9, 6))
    _, X, _ = gathered(Labelled(images, np.zeros(9, np.intp)), 4, dtype=dtype)
    np.testing.assert_array_equal(X.T, images.astype(dtype))


@pytest.mark.parametrize("label_type", [np.uint8, np.int64])
def test_y_is_1_for_the_digit_shown_and_0_elsewhere(label_type: DTypeLike) -> None:
    examples = Labelled(np.zeros((4, 2), np.uint8), np.array([0, 2, 1, 2], label_type))
    ((X, y),) = mini_batches(examples, 4, 3)
    assert X.shape == (2, 4)
    assert y.tolist() == [[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 1]]


def test_what_is_seen_of_pictures_are_the_columns_of_x() -> None:
    images = np.random.default_rng(0).integers(0, 256, (CHUNK + 5, 2, 3), dtype=np.uint8)
    examples = Labelled(images, np.arange(CHUNK + 5) % 10)
    order = np.random.default_rng(1).permutation(CHUNK + 5)

    def brighter(pictures: NDArray[Any]) -> NDArray[Any]:
        return pictures // 2 + 100

    def rows(pictures: NDArray[Any]) -> NDArray[Any]:
        """Two numbers of each picture: the sums of its rows."""
        assert pictures.shape[1:] == (2, 3)
        return np.asarray(pictures.sum(axis=2, dtype=np.float32))

    _, X, y = gathered(examples, 100, order=order, distort=brighter, inputs=rows)
    np.testing.assert_array_equal(X.T, (images[order] // 2 + 100).sum(axis=2))
    np.testing.assert_array_equal(y.argmax(axis=0), order % 10)
    _, X, _ = gathered(examples, 100, distort=brighter)
    expected = (images.reshape(-1, 6) // 2 + 100) / np.float32(255)
    np.testing.assert_array_equal(X.T, expected)


def mapped(tmp_path: Path, count: int) -> Labelled:
    """As many pictures in a file, memory-mapped."""
    rng = np.random.default_rng(0)
    path = tmp_path / f"{count}.bytes"
    path.write_bytes(rng.bytes(count * 784))
    images = np.memmap(path, np.uint8, mode="r", shape=(count, 28, 28))
    return Labelled(images, rng.integers(0, 10, count).astype(np.uint8))


def test_memory_mapped_pictures_give_the_same_as_pictures_in_memory(tmp_path: Path) -> None:
    on_disk = mapped(tmp_path, 1000)
    in_memory = Labelled(np.array(on_disk.images), on_disk.labels)
    order = np.random.default_rng(2).permutation(1000)
    _, X, y = gathered(on_disk, 96, order=order)
    _, X_expected, y_expected = gathered(in_memory, 96, order=order)
    np.testing.assert_array_equal(X, X_expected)
    np.testing.assert_array_equal(y, y_expected)


def test_memory_does_not_grow_with_the_number_of_pictures(tmp_path: Path) -> None:
    peaks = {}
    for count in (1000, 10_000):
        examples, order = mapped(tmp_path, count), np.random.default_rng(2).permutation(count)
        tracemalloc.start()
        for _ in mini_batches(examples, 32, 10, order=order):
            pass
        peaks[count] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    # Ten times the pictures, 7 MB more of them: the buffers of one chunk stay as they were.
    assert peaks[1000] < 3_000_000
    assert peaks[10_000] < 1.05 * peaks[1000]


def test_the_buffers_are_used_again() -> None:
    first, second = (X for X, _ in mini_batches(blobs(2 * CHUNK), CHUNK, 10))
    assert np.shares_memory(first, second)
