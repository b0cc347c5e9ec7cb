"""MNIST: the names and hashes of its files, its mirrors, and the bundled sample.

MNIST is © Yann LeCun and Corinna Cortes, CC BY-SA 3.0.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from digitnet.datasets.cache import obtain
from digitnet.datasets.digits import Digits, DigitSet
from digitnet.datasets.download import Listener, Manifest, RemoteFile
from digitnet.datasets.idx import read_idx

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


def load_mnist(
    data_dir: Path | str | None = None,
    *,
    mirrors: Sequence[str] = (),
    listen: Listener = _silent,
    manifest: Manifest = MNIST,
) -> DigitSet:
    """Load MNIST from the cache, after downloading what is missing.

    Every call checks every file against its SHA-256, which takes a tenth of a second, and
    memory-maps it; a damaged one is downloaded again.

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
