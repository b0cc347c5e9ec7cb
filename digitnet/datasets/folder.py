"""A folder of labelled pictures: your own handwriting as a data set."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from digitnet.datasets.digits import Digits
from digitnet.errors import DataError, PictureError
from digitnet.images.form.mnist import to_mnist
from digitnet.images.picture import open_picture
from digitnet.images.pipeline import find_ink
from digitnet.places import is_hidden

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LAYOUT = "pictures labelled by folder (3/abc.png) or by name (3_abc.png)"
_DIGIT_FOLDER = re.compile(r"[0-9]")
# 3_abc.png, 3-abc.png, 3.png and 3 (2).png; but not 31.png or 3rd.png.
_DIGIT_NAME = re.compile(r"[0-9](?=[_\-. (]|$)")
Watch = Callable[[Sequence[Path]], Iterable[Path]]


@dataclass(frozen=True, eq=False)
class LabelledFolder:
    """The content of a folder of labelled pictures.

    Parameters
    ----------
    digits : Digits
        The pictures that could be read, in MNIST's form, sorted by path.
    paths : tuple of Path
        Their paths, in the same order.
    failed : tuple of (Path, PictureError)
        The labelled pictures that could not be read, or contain no digit.
    unlabelled : tuple of Path
        The files without a label from their folder or their name.
    """

    digits: Digits
    paths: tuple[Path, ...]
    failed: tuple[tuple[Path, PictureError], ...]
    unlabelled: tuple[Path, ...]


def load_folder(folder: Path | str, watch: Watch = iter) -> LabelledFolder:
    """Load the labelled pictures of a folder and of the folders in it.

    The label is the name of the nearest folder, below the given one, whose name is a single
    digit (``3/abc.png``, ``anna/3/abc.png``); without one, it is the digit that the file's name
    begins with (``3_abc.png``). Each picture is converted to MNIST's form as for a prediction.

    Parameters
    ----------
    folder : path
    watch : callable, optional
        Gets the files and yields them, and so can show the progress.

    Returns
    -------
    LabelledFolder
        With at least one digit.

    Raises
    ------
    DataError
        If it is not a folder that can be read, if nothing in it is labelled, or if none of its
        labelled pictures can be read.
    """
    folder = Path(folder)
    images: list[NDArray[np.uint8]] = []
    read: list[tuple[Path, int]] = []
    failed: list[tuple[Path, PictureError]] = []
    unlabelled: list[Path] = []
    for path in watch(list(_files(folder))):
        label = label_of(path, folder)
        if label is None:
            unlabelled.append(path)
            continue
        try:
            images.append(to_mnist(find_ink(open_picture(path)).pixels))
        except PictureError as error:
            failed.append((path, error))
        else:
            read.append((path, label))
    if not read:
        raise _nothing(folder, failed, len(unlabelled))
    labels = np.array([label for _, label in read], np.uint8)
    digits = Digits(np.stack(images), labels)
    return LabelledFolder(digits, tuple(p for p, _ in read), tuple(failed), tuple(unlabelled))


def label_of(path: Path, folder: Path) -> int | None:
    """Label of a picture by its path, or None.

    Parameters
    ----------
    path : Path
        A file in `folder`, or in a folder in it.
    folder : Path
        The data set.
    """
    *between, name = path.relative_to(folder).parts
    for part in reversed(between):
        if _DIGIT_FOLDER.fullmatch(part):
            return int(part)
    digit = _DIGIT_NAME.match(name)
    return int(digit[0]) if digit else None


def _files(folder: Path) -> Iterator[Path]:
    """Yield every file that is not hidden, sorted by path: the same order on every machine.

    Raises
    ------
    DataError
        If it is not a folder, or cannot be read.
    """
    if not folder.is_dir():
        raise DataError(
            f"There is no folder {folder}.",
            f"Expected a folder of {_LAYOUT}, found "
            f"{'a file' if folder.exists() else 'nothing at this path'}.",
            "Check the spelling, or make such a folder: digitnet sheet prints a page to fill in.",
        )
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not is_hidden(path.relative_to(folder)):
            yield path


def _nothing(folder: Path, failed: list[tuple[Path, PictureError]], unlabelled: int) -> DataError:
    """Error for a folder without a readable labelled picture."""
    if failed:
        path, error = failed[0]
        what = error.what if str(path) in error.what else f"{path}: {error.what}"
        count = f"{len(failed):,} that {'is' if len(failed) == 1 else 'are'} not"
        return DataError(
            f"No labelled picture in {folder} can be read.",
            f"Expected pictures of one digit each, found {count}; the first: {what} {error.found}",
            "Put PNG or JPEG pictures there, each of one digit.",
        )
    files = f"{unlabelled:,} file{'' if unlabelled == 1 else 's'}"
    return DataError(
        f"Nothing in {folder} is labelled.",
        f"Expected {_LAYOUT}, found {files} without a label.",
        "Sort the pictures into folders called 0 to 9, or begin each name with its digit "
        "and an underscore.",
    )
