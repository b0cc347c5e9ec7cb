"""A folder of IDX files: any data set of digits in MNIST's form, under its usual names.

MNIST's own archives unpack to ``train-images-idx3-ubyte`` or, with 7-Zip and others,
``train-images.idx3-ubyte``. EMNIST and QMNIST put their name before it and call the test files
``test``. torchvision keeps them in ``MNIST/raw``, EMNIST's archive in ``gzip``.
"""

from __future__ import annotations

import gzip
import re
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitnet.datasets.digits import Digits, DigitSet
from digitnet.datasets.idx import GZIP_MAGIC, INT, read_idx
from digitnet.datasets.transposed import transpose, transposed
from digitnet.errors import DataError, one_line

_NAME: Final = re.compile(
    r"(?P<of>|emnist-digits-|emnist-mnist-|qmnist-)(?P<part>train|t10k|test)-"
    r"(?P<kind>images|labels)[-.]idx[0-9]-(?:ubyte|int)(?:\.gz)?"
)
_LIKE: Final = re.compile(r".*[-.]idx[0-9]-(?:ubyte|int)(?:\.gz)?|.*\.idx(?:\.gz)?")
_EXPECTED: Final = (
    "train-images-idx3-ubyte, train-labels-idx1-ubyte and the same of t10k or test, plain or .gz, "
    "also with a dot before idx, or emnist-digits-, emnist-mnist- or qmnist- before all"
)
_SHOWN: Final = 6
"""Most names of files in a message."""
_QMNIST: Final = bytes([0, 0, INT, 2])
"""First bytes of a file of QMNIST's labels."""
_QMNIST_COLUMNS: Final = 8
"""Numbers a digit: its class, its writer, its place in NIST's data, and others."""


class _IdxSet(NamedTuple):
    """The files of one data set, by part, ``train`` or ``t10k``, and ``images`` or ``labels``."""

    home: Path
    of: str  # prefix of each name
    files: dict[tuple[str, str], Path]

    def file(self, part: str, kind: str) -> Path:
        """Return one of the four files, or raise DataError."""
        if (part, kind) in self.files:
            return self.files[part, kind]
        name = f"{self.of}{part}-{kind}-{'idx3' if kind == 'images' else 'idx1'}-ubyte"
        test = "A set is scored on digits that it was not trained on. " if part == "t10k" else ""
        raise DataError(
            f"{self.home / name} cannot be read: there is no such file.",
            f"Expected {_EXPECTED}; found {_names(list(self.files.values()))}.",
            f"{test}Put the missing file beside the others.",
        )

    def digits(self, part: str) -> Digits:
        """Load the digits of one part."""
        images = self.file(part, "images")
        digits = Digits(read_idx(images, 3), read_labels(self.file(part, "labels")))
        if not len(digits):
            use = "score the network" if part == "t10k" else "learn from"
            raise DataError(
                f"{images} holds no digits.",
                f"Expected at least one, to {use}, found 0.",
                "Get the file again, or move digits there from the other part of the data set.",
            )
        return digits


def holds_idx(folder: Path) -> bool:
    """Whether the folder has IDX training images; then the other files must exist, too."""
    return bool(_idx_sets(folder))


def load_idx_folder(folder: Path) -> DigitSet:
    """Load a data set's four IDX files, plain (memory-mapped) or gzipped.

    Their names are MNIST's, EMNIST's or QMNIST's, and they may be in a subfolder, as
    torchvision stores them. Transposed pictures, such as EMNIST's, are turned.

    Raises
    ------
    DataError
        If a file is missing, damaged or without digits, images and labels differ in number, or
        there are several data sets in subfolders.
    """
    found = _idx_sets(folder)
    if len(found) != 1:
        homes = ", ".join(str(one.home) for one in found)
        raise DataError(
            f"{folder} is not one data set.",
            f"Expected one folder of IDX files in it, found {homes or 'none'}.",
            "Name one of them." if found else "Check the spelling.",
        )
    train, test = found[0].digits("train"), found[0].digits("t10k")
    digits = DigitSet(str(folder), train, test)
    if transposed(train):
        return replace(digits, train=transpose(train), test=transpose(test), turned=True)
    return digits


def read_labels(path: Path) -> NDArray[np.uint8]:
    """Read the labels of a data set, plain or gzipped: MNIST's, or the first column of QMNIST's.

    QMNIST has int32 numbers of shape (N, 8). (C. Yadav and L. Bottou, "Cold Case: The Lost MNIST
    Digits", NeurIPS 2019.)

    Returns
    -------
    ndarray of uint8, shape (N,)

    Raises
    ------
    DataError
        If it is not such a file, or a label in QMNIST's form is not a digit.
    """
    if _begin(path) != _QMNIST:
        return read_idx(path, 1)
    table = read_idx(path, 2, INT)
    labels = table[:, :1].ravel()
    wrong = labels[(labels < 0) | (labels > 9)]
    if table.shape[1] == _QMNIST_COLUMNS and not wrong.size:
        return labels.astype(np.uint8)
    found = f"{table.shape[1]} numbers" if table.shape[1] != _QMNIST_COLUMNS else str(wrong[0])
    raise DataError(
        f"{path} does not hold labels.",
        f"Expected {_QMNIST_COLUMNS} numbers a digit, the first 0 to 9, found {found}.",
        "Get the file again from where it came from.",
    )


def unknown_idx(folder: Path) -> DataError | None:
    """Error for IDX files of other names or in the parent folder; None if there are none."""
    for home in (folder, *sorted(folder.glob("*/"))):
        if like := sorted(path for path in home.glob("*") if _LIKE.fullmatch(path.name)):
            return DataError(
                f"{folder} is not a data set that digitnet knows.",
                f"Expected {_EXPECTED}; found in {home}: {_names(like)}.",
                "Rename the files, or name another folder.",
            )
    if above := _set_in(folder.resolve().parent):
        names = _names(list(above.files.values()))
        return DataError(
            f"{folder} holds no digits.",
            f"Expected them in it or below it, found {names} above it.",
            f"Name the folder above: --dataset {above.home}",
        )
    return None


def _idx_sets(folder: Path) -> list[_IdxSet]:
    """Data sets whose training images exist: in the folder, or else below it.

    Below it are its subfolders, and ``raw`` in each of them.
    """
    own = _set_in(folder)
    if own is not None:
        return [own]
    below = (_set_in(home) for pattern in ("*/", "*/raw/") for home in sorted(folder.glob(pattern)))
    return [found for found in below if found is not None]


def _set_in(home: Path) -> _IdxSet | None:
    """The first data set in this folder, not below it; plain files before gzipped ones."""
    found: dict[str, dict[tuple[str, str], Path]] = {}
    for path in sorted(home.glob("*")):
        if (name := _NAME.fullmatch(path.name)) and path.is_file():
            part = "t10k" if name["part"] == "test" else name["part"]
            found.setdefault(name["of"], {}).setdefault((part, name["kind"]), path)
    for of in ("", "emnist-digits-", "emnist-mnist-", "qmnist-"):
        if ("train", "images") in found.get(of, {}):
            return _IdxSet(home, of, found[of])
    return None


def _begin(path: Path) -> bytes:
    """The first four bytes, unpacked; empty for an unreadable file, which `read_idx` reports."""
    try:
        with path.open("rb") as file:
            packed = file.read(2) == GZIP_MAGIC
        with gzip.open(path) if packed else path.open("rb") as source:
            return source.read(4)
    except (OSError, EOFError, zlib.error):
        return b""


def _names(paths: list[Path]) -> str:
    """The names; of many, the first few."""
    shown = ", ".join(one_line(path.name) for path in paths[:_SHOWN])
    return f"{shown} and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else shown
