"""IDX, the format of MNIST's files: bytes to array, or a DataError.

::

    two zero bytes | type code (0x08: unsigned byte) | number of dimensions
    each dimension, four bytes, big-endian
    the values, the last dimension running fastest

Source: Y. LeCun, C. Cortes, C. J. C. Burges, "The MNIST database of handwritten digits",
section "The IDX file format".
"""

from __future__ import annotations

import gzip
import math
import zlib
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from digitnet.errors import DataError
from digitnet.files import Mark, replacing

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

GZIP_MAGIC = b"\x1f\x8b"
UNSIGNED_BYTE = 0x08
LONGEST_HEADER = 4 + 4 * 255  # the number of dimensions is one byte
ADVICE = "Get the file again from where it came from."


class _Header(NamedTuple):
    shape: tuple[int, ...]
    length: int  # of the header, in bytes

    @property
    def whole(self) -> int:
        """Length of the whole file, header and values, in bytes."""
        return self.length + math.prod(self.shape)


def read_idx(path: Path, dimensions: int | None = None) -> NDArray[np.uint8]:
    """Read an IDX file of unsigned bytes, plain or gzipped, as a read-only array.

    A plain file is memory-mapped: nothing is read until it is used. The first two bytes tell
    whether a file is gzipped, not its name.

    Parameters
    ----------
    path : Path
        The file.
    dimensions : int, optional
        The number of dimensions the file must have (images: 3, labels: 1). Any, if not given.

    Returns
    -------
    ndarray of uint8
        Of the shape the file's header says.

    Raises
    ------
    DataError
        If the file is missing, a folder, unreadable, empty, damaged, or not such an IDX file.
    """
    try:
        with path.open("rb") as file:
            magic = file.read(2)
        if not magic:
            raise DataError(f"{path} is empty.", "Expected an IDX file, found 0 bytes.", ADVICE)
        if magic == GZIP_MAGIC:
            return parse_idx(_gunzip(path, dimensions), path, dimensions)
        return parse_idx(np.memmap(path, np.uint8, "r"), path, dimensions)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(
            f"{path} cannot be read.", f"Expected an IDX file, found: {error}.", ADVICE
        ) from error


def parse_idx(
    data: NDArray[np.uint8], source: Path, dimensions: int | None = None
) -> NDArray[np.uint8]:
    """Array of an IDX file's bytes: a view of them, without the header.

    Parameters
    ----------
    data : ndarray of uint8, shape (bytes,)
        The whole file, uncompressed.
    source : Path
        Where the bytes come from, for messages.
    dimensions : int, optional
        The number of dimensions that must be found. Any, if not given.

    Returns
    -------
    ndarray of uint8
        Of the shape the header says.

    Raises
    ------
    DataError
        If the magic, the type code, the dimensions or the length are wrong.
    """
    header = _header(data[:LONGEST_HEADER].tobytes(), source, dimensions)
    if len(data) != header.whole:
        raise _wrong_length(source, header, f"{len(data):,} bytes")
    try:
        return data[header.length :].reshape(header.shape)
    except ValueError as error:  # more dimensions than NumPy has
        raise DataError(
            f"{source} has a shape that no array can have.",
            f"Expected a few dimensions, found {len(header.shape)}: {error}.",
            ADVICE,
        ) from error


def write_idx(path: Path, array: NDArray[np.uint8]) -> None:
    """Write an IDX file of unsigned bytes, gzipped if its name ends in .gz.

    The same array always gives the same bytes. A file of that name stays as it was until the
    new one is complete.

    Parameters
    ----------
    path : Path
        The file to write.
    array : ndarray of uint8
        Of at most 255 dimensions.

    Raises
    ------
    DataError
        If the array is not uint8, the file cannot be written, or what is there is no IDX file.
    """
    if array.dtype != np.uint8:
        raise DataError(
            f"{path} cannot hold this array.",
            f"Expected values of type uint8, found {array.dtype}.",
            "Convert the array first.",
        )
    shape = np.array(array.shape, ">u4").tobytes()
    data = bytes([0, 0, UNSIGNED_BYTE, array.ndim]) + shape + array.tobytes()
    if path.suffix == ".gz":
        data = gzip.compress(data, 9, mtime=0)
    with replacing(path, mark=Mark("such an IDX file", data[:2])) as target:
        target.write(data)


def _gunzip(path: Path, dimensions: int | None) -> NDArray[np.uint8]:
    """Unpack a gzipped IDX file, and never more than one byte beyond what its header says."""
    with gzip.open(path) as file:
        head = file.read(LONGEST_HEADER)
        header = _header(head, path, dimensions)
        # zlib packs at most 1032 bytes into one. A header that says more is forged, and no memory
        # is taken because of it.
        if header.whole > 1032 * path.stat().st_size:
            raise _wrong_length(path, header, f"{path.stat().st_size:,} bytes, gzipped")
        data = head + file.read(max(0, header.whole + 1 - len(head)))
    if len(data) > header.whole:
        raise _wrong_length(path, header, "more")
    return np.frombuffer(data, np.uint8)


def _header(head: bytes, source: Path, dimensions: int | None) -> _Header:
    """Shape and length of the header that the bytes begin with."""
    if len(head) < 4 or head[:2] != b"\0\0" or head[2] != UNSIGNED_BYTE:
        expected = "00 00 08 and the number of dimensions"
        raise DataError(
            f"{source} is not an IDX file of unsigned bytes.",
            f"Expected it to begin with {expected}, found {head[:4].hex(' ')}.",
            ADVICE,
        )
    if dimensions is not None and head[3] != dimensions:
        raise DataError(
            f"{source} is another kind of IDX file.",
            f"Expected {dimensions} dimensions (images: 3, labels: 1), found {head[3]}.",
            "Check whether images and labels were mixed up.",
        )
    length = 4 + 4 * head[3]
    if len(head) < length:
        raise DataError(
            f"{source} ends within its header.",
            f"Expected a header of {length} bytes, found {len(head)} bytes.",
            ADVICE,
        )
    shape = np.frombuffer(head[4:length], ">u4").tolist()
    return _Header(tuple(shape), length)


def _wrong_length(source: Path, header: _Header, found: str) -> DataError:
    shape = " × ".join(str(size) for size in header.shape)
    return DataError(
        f"{source} has the wrong length.",
        f"Expected {header.whole:,} bytes (a header and {shape} values), found {found}.",
        ADVICE,
    )
