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
    from digitnet.datasets.mnist import download_mnist
    from digitnet.places import data_folder

    folder = data_folder(data_dir)
    with downloading() as listen:
        fetched = download_mnist(folder, mirrors=mirror or (), listen=listen)
    if fetched:
        say(f"Downloaded and verified {len(fetched)} of 4 files in {folder}")
    else:
        say(f"Nothing to do: all 4 files are in {folder}, verified")
