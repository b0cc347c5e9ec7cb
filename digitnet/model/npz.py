"""Read an .npz file of plain arrays with one JSON text, after checking it."""

from __future__ import annotations

import io
import json
import math
import warnings
import zipfile
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import WeightsError, one_line
from digitnet.files import open_regular
from digitnet.model.recipe import renamed

ZIP: Final = b"PK"
REMEDY: Final = "Choose another file, or train a new one: digitnet train."
MAX_BYTES: Final = 200_000_000
"""Most bytes of a file, packed and unpacked: the size of a checkpoint of 10 million weights."""
MAX_ARRAYS: Final = 300
"""Most arrays of a file: 2 for each layer, and a few."""
MAX_DIRECTORY: Final = 100_000
"""Most bytes of the list of the arrays."""
_END: Final = 22
"""Bytes of the record at the end of a zip archive without a comment (APPNOTE.TXT, 4.3.16)."""
_LOCATOR: Final = 20
"""Bytes of the record before it in an archive of more than 65,535 members (4.3.15)."""


def read_npz(path: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Read the text ``about`` and the arrays of an .npz file, without executing any code.

    The number of arrays and their declared sizes are checked before one is unpacked.

    Returns
    -------
    about : dict
        The JSON of the array ``about``, with older names replaced by those of today.
    arrays : dict of ndarray
        The others, read-only.

    Raises
    ------
    WeightsError
        If there is no such file or it is not a complete .npz file of plain arrays.
    """
    try:
        with open_regular(path) as stream:
            arrays = _arrays(path, stream)
    except FileNotFoundError as error:
        raise unusable(path, "a file of weights", "no such file") from error
    except OSError as error:
        raise unusable(path, "a readable file", error.strerror or str(error)) from error
    except WeightsError:
        raise
    # zipfile, zlib and NumPy raise many kinds of errors for damaged files.
    except Exception as error:
        raise unusable(path, "a whole .npz file of plain arrays", str(error)) from error
    names = sorted(arrays)
    try:
        about = json.loads(str(arrays.pop("about")[()]), object_hook=renamed)
    except (KeyError, ValueError, IndexError, RecursionError) as error:
        raise unusable(path, "weights saved by digitnet", f"{names}") from error
    if not isinstance(about, dict):
        raise unusable(path, "weights saved by digitnet", f"{names}")
    return about, arrays


def _arrays(path: Path, stream: BinaryIO) -> dict[str, NDArray[Any]]:
    begin = stream.read(len(ZIP))
    if not begin:
        raise EOFError("No data left in file")
    if not ZIP.startswith(begin):
        raise unusable(path, "an .npz file", "another kind of file")
    _check_directory(stream)
    with zipfile.ZipFile(stream) as file:
        members = file.infolist()
        size = sum(member.file_size for member in members)
        if len(members) > MAX_ARRAYS or size > MAX_BYTES:
            most = f"at most {MAX_ARRAYS} arrays of {MAX_BYTES:,} bytes in all"
            raise unusable(path, most, f"{len(members):,} arrays of {size:,} bytes")
        arrays = {}
        for member in members:
            with file.open(member) as packed:
                # Without a number, zlib would unpack more than the declared size.
                content = packed.read(member.file_size)
            arrays[member.filename.removesuffix(".npy")] = _array(content)
        return arrays


def _check_directory(stream: BinaryIO) -> None:
    """Refuse an archive whose list of members is too large for the memory."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _LOCATOR - _END))
    locator, end = (tail := stream.read())[:-_END], tail[-_END:]
    if len(end) < _END or not end.startswith(b"PK\x05\x06"):
        raise zipfile.BadZipFile("File is not a zip file")
    directory = int.from_bytes(end[12:16], "little")
    if size > MAX_BYTES or directory > MAX_DIRECTORY or locator.startswith(b"PK\x06\x07"):
        raise ValueError(f"{size:,} bytes with a list of members of {directory:,} bytes")
    stream.seek(0)


def _array(member: bytes) -> NDArray[Any]:
    """The array of a member, after checking its header against its bytes."""
    data = io.BytesIO(member)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # NumPy warns of headers that it did not write
        version = np.lib.format.read_magic(data)
        if version != (1, 0):
            raise ValueError(f"version {version} of .npy")
        shape, fortran, dtype = np.lib.format.read_array_header_1_0(data)
    if dtype.hasobject:
        raise ValueError("Object arrays cannot be loaded when allow_pickle=False")
    if min(shape, default=0) < 0 or math.prod(shape) * dtype.itemsize != len(member) - data.tell():
        raise ValueError(f"{len(member):,} bytes for an array of {shape} {dtype}")
    values = np.frombuffer(member, dtype, offset=data.tell())
    return values.reshape(shape, order="F" if fortran else "C")


def unusable(path: Path, expected: str, found: str) -> WeightsError:
    """Make the error for a model file that cannot be used."""
    return WeightsError(
        f"{path}: these weights cannot be used.",
        f"Expected {one_line(expected)}, found {one_line(found)}.",
        REMEDY,
    )
