"""MNIST: the names and hashes of its files, its mirrors, and the bundled sample.

MNIST is © Yann LeCun and Corinna Cortes, CC BY-SA 3.0.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from digitnet.datasets.cache import obtain
from digitnet.datasets.digits import Digits, DigitSet
from digitnet.datasets.download import Listener, Manifest, RemoteFile
from digitnet.datasets.idx import read_idx
from digitnet.errors import DataError, DownloadError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


MNIST = Manifest(
    mirrors=(
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
    ),
    files=(
        RemoteFile(
            "train-images-idx3-ubyte",
            47_040_016,
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        ),
        RemoteFile(
            "train-labels-idx1-ubyte",
            60_008,
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        ),
        RemoteFile(
            "t10k-images-idx3-ubyte",
            7_840_016,
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        ),
        RemoteFile(
            "t10k-labels-idx1-ubyte",
            10_008,
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        ),
    ),
)


def _silent(name: str, done: int, total: int | None) -> None:
    """Ignore the progress of a download."""


def download_mnist(
    data_dir: Path | str | None = None,
    *,
    mirrors: Sequence[str] = (),
    listen: Listener = _silent,
    manifest: Manifest = MNIST,
) -> list[str]:
    """Download the files of MNIST that are not in the cache yet.

    A cached file is checked against its SHA-256, and downloaded again if it is damaged. A .gz
    that was copied there by hand is checked and unpacked, or read packed if the folder is
    read-only.

    Parameters
    ----------
    data_dir : Path or str, optional
        The cache; `digitnet.places.data_folder` if not given.
    mirrors : sequence of str, optional
        URLs of folders to try before the known mirrors.
    listen : callable, optional
        Called with the file's name, the bytes received, and the total or None.
    manifest : Manifest, optional
        The expected files.

    Returns
    -------
    list of str
        Names of the downloaded files.

    Raises
    ------
    DownloadError
        If no mirror sends a valid file.
    DataError
        If the folder cannot be written.
    """
    found = obtain(data_dir, mirrors, listen, manifest)
    return [path.name for path, fetched in found if fetched]


def load_mnist(
    data_dir: Path | str | None = None,
    *,
    mirrors: Sequence[str] = (),
    listen: Listener = _silent,
    manifest: Manifest = MNIST,
) -> DigitSet:
    """Load MNIST from the cache, after downloading what is missing.

    Every call checks every file against its SHA-256, which takes a tenth of a second, and
    memory-maps it.

    Parameters
    ----------
    data_dir, mirrors, listen, manifest
        As for `download_mnist`.

    Returns
    -------
    DigitSet
        60,000 digits to train on and 10,000 to test with, named "mnist".

    Raises
    ------
    DownloadError
        If a file is not in the cache and no mirror sends it.
    DataError
        If the folder cannot be written.
    """
    found = obtain(data_dir, mirrors, listen, manifest)
    images, labels, test_images, test_labels = (read_idx(path) for path, _ in found)
    return DigitSet("mnist", Digits(images, labels), Digits(test_images, test_labels))


def load_sample() -> DigitSet:
    """Load the bundled sample: 5,000 of MNIST's training digits, 500 of each.

    Returns
    -------
    DigitSet
        4,000 digits to train on and 1,000 to test with, named "sample". Every ten consecutive
        pictures contain each digit once, so that any split is balanced.
    """
    with as_file(files("digitnet") / "assets") as folder:
        train, test = (
            Digits(
                read_idx(folder / f"sample-{part}-images-idx3-ubyte.gz", 3),
                read_idx(folder / f"sample-{part}-labels-idx1-ubyte.gz", 1),
            )
            for part in ("train", "test")
        )
    return DigitSet("sample", train, test)


def find_digits(
    name: str | None = None,
    data_dir: Path | str | None = None,
    *,
    mirrors: Sequence[str] = (),
    listen: Listener = _silent,
    manifest: Manifest = MNIST,
) -> DigitSet:
    """Load a data set by its name; without a name, MNIST if possible.

    Parameters
    ----------
    name : str, optional
        "mnist": the cache, then the mirrors. "sample": the bundled sample. None: as "mnist",
        but the sample if no mirror sends the files, with the reason in its `fallback`.
    data_dir, mirrors, listen, manifest
        As for `download_mnist`.

    Returns
    -------
    DigitSet
        The data set.

    Raises
    ------
    DownloadError
        If MNIST was asked for by name and could not be downloaded.
    DataError
        If there is no such data set, or the data folder cannot be written.
    """
    if name == "sample":
        return load_sample()
    if name not in (None, "mnist"):
        raise DataError(
            f"There is no data set {name}.",
            f"Expected mnist, sample or a folder of digits, found {name}.",
            "Choose mnist or sample, or check the spelling of the folder.",
        )
    try:
        return load_mnist(data_dir, mirrors=mirrors, listen=listen, manifest=manifest)
    except DownloadError as error:
        if name == "mnist":
            raise
        return replace(load_sample(), fallback=f"{error.what} {error.found}")
