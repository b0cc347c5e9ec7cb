"""digitnet download: download and verify MNIST's four files."""

from __future__ import annotations

from digitnet.cli.options import DataDir, Mirror


def download(data_dir: DataDir = None, mirror: Mirror = None) -> None:
    """Download MNIST into the data folder: four files, verified by their SHA-256.

    Example:
      digitnet download --data-dir ~/mnist
    """
    from digitnet.cli.show.console import say
    from digitnet.cli.show.progress import downloading
    from digitnet.datasets.cache import obtain
    from digitnet.datasets.mnist import MNIST
    from digitnet.places import data_folder

    folder = data_folder(data_dir)
    with downloading() as listen:
        found = obtain(folder, mirror or (), listen, MNIST)
    if fetched := sum(new for _, new in found):
        say(f"Downloaded and verified {fetched} of 4 files in {folder}")
    else:
        say(f"Nothing to do: all 4 files are in {folder}, verified")
