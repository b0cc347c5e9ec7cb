"""The labels of a data set: MNIST's one byte each, or QMNIST's eight numbers each."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digitnet.datasets.idx import GZIP_MAGIC, read_idx
from digitnet.errors import DataError

_MAGIC: Final = b"\0\0\x0c\x02"  # two dimensions of big-endian int32
_HEADER: Final = 12  # bytes: the magic and two dimensions
_COLUMNS: Final = 8
"""Numbers a digit: its class first, then its writer, its place among NIST's, and two of no use."""


def read_labels(path: Path) -> NDArray[np.uint8]:
    """Read the labels of a data set, plain or gzipped.

    Of QMNIST's int32 numbers, shape (N, 8), the first column is taken, which is the digit.
    (C. Yadav and L. Bottou, "Cold Case: The Lost MNIST Digits", NeurIPS 2019.)

    Parameters
    ----------
    path : Path

    Returns
    -------
    ndarray of uint8, shape (N,)

    Raises
    ------
    DataError
        If it is not such a file, or a label is no digit.
    """
    try:
        with path.open("rb") as file:
            packed = file.read(2) == GZIP_MAGIC
        with gzip.open(path) if packed else path.open("rb") as source:
            head = source.read(_HEADER)
            if head[:4] != _MAGIC:
                return read_idx(path, 1)
            count, columns = np.frombuffer(head[4:].ljust(8, b"\0"), ">u4").tolist()
            length = 4 * count * columns
            # zlib packs at most 1032 bytes into one: no memory is taken for a header that lies.
            possible = length <= 1032 * path.stat().st_size
            data = source.read(length + 1) if possible else b""
    except (OSError, EOFError, zlib.error) as error:
        raise _not_read(path, f"a file of labels, found: {error}") from error
    if columns != _COLUMNS or len(data) != length:
        form = f"{count:,} × {columns} numbers and {len(data):,} bytes"
        raise _not_read(path, f"one byte a label, or {_COLUMNS} numbers as in QMNIST, found {form}")
    labels = np.frombuffer(data, ">i4").reshape(count, columns)[:, 0]
    if len(labels) and (labels.min() < 0 or labels.max() > 9):
        raise _not_read(path, f"labels 0 to 9, found {labels.min()} to {labels.max()}")
    return labels.astype(np.uint8)


def _not_read(path: Path, expected: str) -> DataError:
    return DataError(
        f"{path} cannot be read.",
        f"Expected {expected}.",
        "Get the file again from where it came from.",
    )
