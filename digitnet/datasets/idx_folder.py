"""A folder of IDX files: any data set of digits in MNIST's form, under the names people have."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from digitnet.datasets.digits import Digits, DigitSet
from digitnet.datasets.idx import read_idx
from digitnet.datasets.labels import read_labels
from digitnet.datasets.layout import IdxSet, idx_sets
from digitnet.datasets.transposed import transpose, transposed
from digitnet.errors import DataError


def holds_idx(folder: Path) -> bool:
    """Whether there are training images in IDX; then the other files must be there too."""
    return bool(idx_sets(folder))


def load_idx_folder(folder: Path) -> DigitSet:
    """Load a data set's four IDX files, plain (memory-mapped) or gzipped.

    Their names are MNIST's, EMNIST's or QMNIST's, and they may be in a folder below, as
    torchvision has them. Pictures that are stored transposed, as EMNIST's are, are turned.

    Raises
    ------
    DataError
        If a file is missing, damaged or without digits, images and labels differ in number, or
        there are several data sets below.
    """
    found = idx_sets(folder)
    if len(found) != 1:
        homes = ", ".join(str(one.home) for one in found)
        raise DataError(
            f"{folder} is not one data set.",
            f"Expected one folder of IDX files in it, found {homes or 'none'}.",
            "Name one of them." if found else "Check the spelling.",
        )
    train, test = (_digits(found[0], part) for part in ("train", "t10k"))
    digits = DigitSet(str(folder), train, test)
    if transposed(train):
        return replace(digits, train=transpose(train), test=transpose(test), turned=True)
    return digits


def _digits(files: IdxSet, part: str) -> Digits:
    images, labels = (files.file(part, kind) for kind in ("images", "labels"))
    digits = Digits(read_idx(images, 3), read_labels(labels))
    if not len(digits):
        use = "score the network" if part == "t10k" else "learn from"
        raise DataError(
            f"{images} holds no digits.",
            f"Expected at least one, to {use}, found 0.",
            "Get the file again, or move digits there from the other part of the data set.",
        )
    return digits
