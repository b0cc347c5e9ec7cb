"""A folder of IDX files with MNIST's names: any data set of digits in MNIST's form."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from digitnet.datasets.digits import Digits, DigitSet
from digitnet.datasets.idx import read_idx

_IMAGES: Final = "{}-images-idx3-ubyte"
_LABELS: Final = "{}-labels-idx1-ubyte"


def holds_idx(folder: Path) -> bool:
    """Whether the folder holds training images in IDX; then the other files must be there too."""
    return _found(folder, _IMAGES.format("train")).is_file()


def load_idx_folder(folder: Path) -> DigitSet:
    """Load {train,t10k}-{images-idx3,labels-idx1}-ubyte, plain (memory-mapped) or with .gz.

    Raises
    ------
    DataError
        If a file is missing or damaged, or images and labels differ in number.
    """
    train, test = (
        Digits(
            read_idx(_found(folder, _IMAGES.format(part)), 3),
            read_idx(_found(folder, _LABELS.format(part)), 1),
        )
        for part in ("train", "t10k")
    )
    return DigitSet(str(folder), train, test)


def _found(folder: Path, name: str) -> Path:
    """Return the plain file, or else the gzipped one."""
    packed = folder / f"{name}.gz"
    return packed if packed.is_file() and not (folder / name).is_file() else folder / name
