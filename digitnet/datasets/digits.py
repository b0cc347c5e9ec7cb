"""Labelled digits as arrays."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from digitnet.errors import DataError
from digitnet.images.form.mnist import SIDE

if TYPE_CHECKING:
    from numpy.typing import NDArray

ADVICE = "Give images and labels that belong together."


@dataclass(frozen=True, eq=False)
class Digits:
    """Images of digits, each with its label.

    Parameters
    ----------
    images : ndarray of uint8, shape (N, 28, 28)
        Brightness 0 to 255: light ink on a dark ground.
    labels : ndarray of uint8, shape (N,)
        The digits 0 to 9 that the images show.

    Raises
    ------
    DataError
        If a shape or type is wrong, the counts differ, or a label is above 9.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]

    def __post_init__(self) -> None:
        _check_array("Images", self.images, (SIDE, SIDE))
        _check_array("Labels", self.labels, ())
        if len(self.images) != len(self.labels):
            raise DataError(
                "Images and labels differ in number.",
                f"Expected one label for each image, found {len(self.images):,} images "
                f"and {len(self.labels):,} labels.",
                ADVICE,
            )
        above = np.flatnonzero(self.labels > 9)
        if above.size:
            raise DataError(
                "A label is not a digit.",
                f"Expected labels 0 to 9, found {self.labels[above[0]]} at index {above[0]:,}.",
                ADVICE,
            )

    def __repr__(self) -> str:
        counts = np.bincount(self.labels, minlength=10).tolist()
        return f"Digits({len(self):,}, of each digit {counts})"

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, picked: slice | NDArray[np.bool_]) -> Digits:
        return Digits(self.images[picked], self.labels[picked])

    @property
    def sha256(self) -> str:
        """SHA-256 of the images' bytes followed by the labels' bytes.

        A model file stores it to identify the data set. It is computed on demand, which takes
        tens of milliseconds for MNIST.
        """
        digest = hashlib.sha256(np.ascontiguousarray(self.images).data)
        digest.update(np.ascontiguousarray(self.labels).data)
        return digest.hexdigest()

    def split(self, validation: int) -> tuple[Digits, Digits]:
        """Hold the last `validation` digits out.

        Parameters
        ----------
        validation : int
            From 0 to one less than the number of digits.

        Returns
        -------
        tuple of Digits
            The digits to train on and the held-out digits: views, not copies.

        Raises
        ------
        DataError
            If no digit would be left to train on, or the number is negative.
        """
        if not 0 <= validation < len(self):
            raise DataError(
                f"{validation:,} digits cannot be held out for validation.",
                f"Expected 0 to {len(self) - 1:,} of the {len(self):,} digits there are.",
                "Hold fewer out, or use a larger data set.",
            )
        kept = len(self) - validation
        return self[:kept], self[kept:]


@dataclass(frozen=True, eq=False)
class DigitSet:
    """A data set: digits to train on, and digits that are only used to test.

    Parameters
    ----------
    name : str
        "mnist", "sample", or the folder it was read from.
    train : Digits
        To train on; some of them may be held out for validation.
    test : Digits
        For the final score, after every choice.
    turned : bool
        Whether the pictures were stored transposed and have been turned.
    """

    name: str
    train: Digits
    test: Digits
    turned: bool = False

    def __repr__(self) -> str:
        return f"DigitSet({self.name}, {len(self.train):,} to train, {len(self.test):,} to test)"


def _check_array(name: str, array: NDArray[np.uint8], shape: tuple[int, ...]) -> None:
    """Refuse an array that is not uint8, or whose items are not of the given shape."""
    if array.dtype != np.uint8 or array.ndim != 1 + len(shape) or array.shape[1:] != shape:
        expected = ", ".join(["N", *map(str, shape)])
        raise DataError(
            f"{name} have the wrong form.",
            f"Expected uint8 of shape ({expected}), found {array.dtype} of shape {array.shape}.",
            "Images are (N, 28, 28) and labels (N,), both uint8.",
        )
