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
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from digitnet.errors import DataError
from digitnet.files import Mark, replacing

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

GZIP_MAGIC: Final = b"\x1f\x8b"
UNSIGNED_BYTE: Final = 0x08
INT: Final = 0x0C
_TYPES: Final[dict[int, tuple[np.dtype[Any], str]]] = {
    UNSIGNED_BYTE: (np.dtype(np.uint8), "unsigned bytes"),
    INT: (np.dtype(">i4"), "integers of four bytes"),
}
_LONGEST_HEADER: Final = 4 + 4 * 255  # the number of dimensions is one byte
_MOST_PACKED: Final = 1032
"""Most bytes that zlib packs into one."""
_ADVICE: Final = "Get the file again from where it came from."


class _Header(NamedTuple):
    shape: tuple[int, ...]
    type: np.dtype[Any]
    length: int  # of the header, in bytes

    @property
    def whole(self) -> int:
        """Length of the whole file, header and values, in bytes."""
        return self.length + self.type.itemsize * math.prod(self.shape)


def read_idx(path: Path, dimensions: int | None = None, code: int = UNSIGNED_BYTE) -> NDArray[Any]:
    """Read an IDX file, plain or gzipped, as a read-only array.

    A plain file is memory-mapped: no value is read before it is used. Whether a file is gzipped
    is detected by its first two bytes, not by its name.

    Parameters
    ----------
    path : Path
        The file.
    dimensions : int, optional
        Required number of dimensions (images: 3, labels: 1); any, if not given.
    code : int
        Required type code: `UNSIGNED_BYTE` or `INT`.

    Returns
    -------
    ndarray of uint8 or big-endian int32
        Of the shape given in the header.

    Raises
    ------
    DataError
        If the file is missing, a folder, unreadable, empty, damaged, or not such an IDX file.
    """
    try:
        with path.open("rb") as file:
            magic = file.read(2)
        if not magic:
            raise DataError(f"{path} is empty.", "Expected an IDX file, found 0 bytes.", _ADVICE)
        if magic == GZIP_MAGIC:
            header, data = _gunzip(path, dimensions, code)
        else:
            data = np.memmap(path, np.uint8, "r")
            header = _header(data[:_LONGEST_HEADER].tobytes(), path, dimensions, code)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(
            f"{path} cannot be read.", f"Expected an IDX file, found: {error}.", _ADVICE
        ) from error
    if len(data) != header.whole:
        raise _wrong_length(path, header, f"{len(data):,} bytes")
    try:
        return data[header.length :].view(header.type).reshape(header.shape)
    except ValueError as error:  # more dimensions than NumPy has
        raise DataError(
            f"{path} has a shape that no array can have.",
            f"Expected a few dimensions, found {len(header.shape)}: {error}.",
            _ADVICE,
        ) from error


def write_idx(path: Path, array: NDArray[np.uint8]) -> None:
    """Write an IDX file of unsigned bytes, gzipped if its name ends in .gz.

    The same array always gives the same bytes. An existing file of that name is kept until the
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
        If the array is not uint8, the file cannot be written, or it exists and is not IDX.
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


def _gunzip(path: Path, dimensions: int | None, code: int) -> tuple[_Header, NDArray[np.uint8]]:
    """Unpack a gzipped IDX file, at most one byte beyond the length given in its header."""
    with gzip.open(path) as file:
        head = file.read(_LONGEST_HEADER)
        header = _header(head, path, dimensions, code)
        # A header with a larger length is forged, and no memory is allocated for it.
        if header.whole > _MOST_PACKED * path.stat().st_size:
            raise _wrong_length(path, header, f"{path.stat().st_size:,} bytes, gzipped")
        data = head + file.read(max(0, header.whole + 1 - len(head)))
    if len(data) > header.whole:
        raise _wrong_length(path, header, "more")
    return header, np.frombuffer(data, np.uint8)


def _header(head: bytes, path: Path, dimensions: int | None, code: int) -> _Header:
    """Shape and length of the header at the beginning of the bytes."""
    kind, words = _TYPES[code]
    if len(head) < 4 or head[:3] != bytes([0, 0, code]):
        raise DataError(
            f"{path} is not an IDX file of {words}.",
            f"Expected it to begin with 00 00 {code:02x} and the number of dimensions, "
            f"found {head[:4].hex(' ')}.",
            _ADVICE,
        )
    if dimensions is not None and head[3] != dimensions:
        raise DataError(
            f"{path} is another kind of IDX file.",
            f"Expected {dimensions} dimensions (images: 3, labels: 1), found {head[3]}.",
            "Check whether images and labels were mixed up.",
        )
    length = 4 + 4 * head[3]
    if len(head) < length:
        raise DataError(
            f"{path} ends within its header.",
            f"Expected a header of {length} bytes, found {len(head)} bytes.",
            _ADVICE,
        )
    shape = np.frombuffer(head[4:length], ">u4").tolist()
    return _Header(tuple(shape), kind, length)


def _wrong_length(path: Path, header: _Header, found: str) -> DataError:
    shape = " × ".join(str(size) for size in header.shape)
    return DataError(
        f"{path} has the wrong length.",
        f"Expected {header.whole:,} bytes (a header and {shape} values), found {found}.",
        _ADVICE,
    )
