"""Normalised digits, kept beside the data so that the next run finds them ready."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitnet.datasets.digits import Digits
from digitnet.datasets.idx import read_idx, write_idx
from digitnet.errors import DataError
from digitnet.images.form.moments import MomentTargets, moment_normalise


def normalised(digits: Digits, targets: MomentTargets | None, folder: Path | None = None) -> Digits:
    """Normalise digits by their moments, or find them normalised in the folder.

    The file's name holds the targets, the hash of the source, and the hash of its content. So a
    file of other digits or other targets, or a damaged one, is never taken for it.

    Parameters
    ----------
    digits : Digits
        In MNIST's form.
    targets : MomentTargets or None
        None: the digits are left as they are.
    folder : Path, optional
        Where the file is kept. Without one, or if it cannot be written to, none is kept.

    Returns
    -------
    Digits
        With memory-mapped images if a file is kept.
    """
    if targets is None:
        return digits
    if folder is None:
        return Digits(moment_normalise(digits.images, targets), digits.labels)
    stem = f"{targets.key()}.{_hash(digits.images)}"
    for path in folder.glob(f"{stem}.*-images-idx3-ubyte"):
        kept = _verified(path)
        if kept is not None and len(kept) == len(digits):
            return Digits(kept, digits.labels)
    images = moment_normalise(digits.images, targets)
    path = folder / f"{stem}.{_hash(images)}-images-idx3-ubyte"
    try:
        write_idx(path, images)
    except DataError:  # a read-only folder costs half a second in each run, and no more
        return Digits(images, digits.labels)
    return Digits(read_idx(path, 3), digits.labels)


def _verified(path: Path) -> NDArray[np.uint8] | None:
    """Images of the file, or None if it is not what its name says."""
    try:
        images = read_idx(path, 3)
    except DataError:
        return None
    return images if f".{_hash(images)}-" in path.name else None


def _hash(images: NDArray[np.uint8]) -> str:
    return hashlib.sha256(np.ascontiguousarray(images).data).hexdigest()[:16]
