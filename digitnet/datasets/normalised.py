"""Cache of normalised digits, beside the data."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digitnet.datasets.digits import Digits
from digitnet.datasets.idx import read_idx, write_idx
from digitnet.errors import DataError
from digitnet.images.form.moments import MomentTargets, moment_normalise

KEPT: Final = 3
"""Files that are kept: the training, validation and test digits of one run. Computing them again
takes half a second."""
_DIGITS: Final = 12  # hexadecimal digits of a hash in a file's name
_NAME: Final = re.compile(r"normalised-[0-9a-f]{12}-[0-9a-f]{12}")


def normalised(digits: Digits, targets: MomentTargets | None, folder: Path | None = None) -> Digits:
    """Normalise digits by their moments, or load them from the folder.

    The file's name contains a hash of the targets and the digits, and the hash of its content, so
    that a file of other digits or targets, or a damaged one, is never used. The files that were
    used last are kept, the others are removed.

    Parameters
    ----------
    digits : Digits
        In MNIST's form.
    targets : MomentTargets or None
        None: the digits are not normalised.
    folder : Path, optional
        Folder of the file. Without one, or if it is read-only, no file is kept.

    Returns
    -------
    Digits
        With memory-mapped images if a file is kept.
    """
    if targets is None:
        return digits
    if folder is None:
        return Digits(moment_normalise(digits.images, targets), digits.labels)
    stem = f"normalised-{_hash(digits.images, targets.key())}"
    for path in folder.glob(f"{stem}-*"):
        kept = _verified(path)
        if kept is not None and len(kept) == len(digits):
            return Digits(kept, digits.labels)
    images = moment_normalise(digits.images, targets)
    path = folder / f"{stem}-{_hash(images)}"
    try:
        write_idx(path, images)
        _clear(folder)
        return Digits(read_idx(path, 3), digits.labels)
    except DataError:  # a read-only folder only costs half a second a run
        return Digits(images, digits.labels)


def _verified(path: Path) -> NDArray[np.uint8] | None:
    """Images of the file, or None if they do not match its name."""
    try:
        images = read_idx(path, 3)
    except DataError:
        return None
    if not path.name.endswith(_hash(images)):
        return None
    with suppress(OSError):
        path.touch()  # marks it as used
    return images


def _clear(folder: Path) -> None:
    """Remove all such files but those used last."""
    with suppress(OSError):  # another process may have removed one
        found = [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]
        for path in sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
            path.unlink()


def _hash(images: NDArray[np.uint8], key: str = "") -> str:
    digest = hashlib.sha256(np.ascontiguousarray(images).data)
    digest.update(key.encode())
    return digest.hexdigest()[:_DIGITS]
