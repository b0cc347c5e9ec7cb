"""The names and folders under which people have data sets in MNIST's form.

MNIST's own archives unpack to ``train-images-idx3-ubyte`` or, with 7-Zip and others,
``train-images.idx3-ubyte``. EMNIST and QMNIST put their name before it and call the test files
``test``. torchvision keeps them in ``MNIST/raw``, EMNIST's archive in ``gzip``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple

from digitnet.errors import DataError, one_line

_NAME: Final = re.compile(
    r"(?P<of>|emnist-digits-|emnist-mnist-|qmnist-)(?P<part>train|t10k|test)-"
    r"(?P<kind>images|labels)[-.]idx[0-9]-(?:ubyte|int)(?:\.gz)?"
)
_LIKE: Final = re.compile(r".*[-.]idx[0-9]-(?:ubyte|int)(?:\.gz)?|.*\.idx(?:\.gz)?")
_SHOWN: Final = 6  # names of files that a message lists at most
_EXPECTED: Final = (
    "train-images-idx3-ubyte, train-labels-idx1-ubyte and the same of t10k or test, plain or .gz, "
    "also with a dot before idx, or emnist-digits-, emnist-mnist- or qmnist- before all"
)


class IdxSet(NamedTuple):
    """The files of one data set.

    Attributes
    ----------
    home : Path
        The folder that they are in.
    of : str
        What each name begins with: nothing, ``emnist-digits-`` or such.
    files : dict of (str, str) to Path
        By part, ``train`` or ``t10k``, and kind, ``images`` or ``labels``.
    """

    home: Path
    of: str
    files: dict[tuple[str, str], Path]

    def file(self, part: str, kind: str) -> Path:
        """Return one of the four files.

        Raises
        ------
        DataError
            If it is not there.
        """
        if (part, kind) in self.files:
            return self.files[part, kind]
        name = f"{self.of}{part}-{kind}-{'idx3' if kind == 'images' else 'idx1'}-ubyte"
        test = "A set is scored on digits that it was not trained on. " if part == "t10k" else ""
        raise DataError(
            f"{self.home / name} cannot be read: there is no such file.",
            f"Expected {_EXPECTED}; found {_names(list(self.files.values()))}.",
            f"{test}Put the missing file beside the others.",
        )


def idx_sets(folder: Path) -> list[IdxSet]:
    """Data sets of which the training images are there: in the folder, or else below it.

    Below it are the folders in it, and ``raw`` in each of those. Of several data sets in one
    folder, MNIST's names come before EMNIST's digits, EMNIST's form of MNIST, and QMNIST.
    """
    own = _set_in(folder)
    if own is not None:
        return [own]
    below = (_set_in(home) for pattern in ("*/", "*/raw/") for home in sorted(folder.glob(pattern)))
    return [found for found in below if found is not None]


def copies(folder: Path, name: str) -> list[Path]:
    """Where a file of MNIST is or should be: first under its name, gzipped ones last.

    Parameters
    ----------
    folder : Path
        The folder, or one in which torchvision made ``MNIST/raw``.
    name : str
        As in ``train-images-idx3-ubyte``.
    """
    homes = (folder, folder / "MNIST" / "raw", folder / "raw", folder / "MNIST")
    names = (name, name.replace("-idx", ".idx"))
    paths = [home / f"{n}{end}" for end in ("", ".gz") for home in homes for n in names]
    return [paths[0], *(path for path in paths[1:] if path.exists())]


def unknown_idx(folder: Path) -> DataError | None:
    """Tell of IDX files that are called otherwise, or are in the folder above; None without any."""
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


def _set_in(home: Path) -> IdxSet | None:
    """The data set in this very folder; plain files before gzipped ones."""
    found: dict[str, dict[tuple[str, str], Path]] = {}
    for path in sorted(home.glob("*")):
        if (name := _NAME.fullmatch(path.name)) and path.is_file():
            part = "t10k" if name["part"] == "test" else name["part"]
            found.setdefault(name["of"], {}).setdefault((part, name["kind"]), path)
    for of in ("", "emnist-digits-", "emnist-mnist-", "qmnist-"):
        if ("train", "images") in found.get(of, {}):
            return IdxSet(home, of, found[of])
    return None


def _names(paths: list[Path]) -> str:
    """The names, or the first of many."""
    shown = ", ".join(one_line(path.name) for path in paths[:_SHOWN])
    return f"{shown} and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else shown
