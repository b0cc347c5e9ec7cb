"""The cache: a folder of a data set's files, uncompressed and checked."""

from __future__ import annotations

import gzip
import os
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from digitnet.datasets.download import BadCopyError, Listener, Manifest, RemoteFile, download
from digitnet.datasets.idx import read_idx
from digitnet.errors import DataError, DownloadError, one_line
from digitnet.files import replacing
from digitnet.places import data_folder


def obtain(
    data_dir: Path | str | None, mirrors: Sequence[str], listen: Listener, manifest: Manifest
) -> list[tuple[Path, bool]]:
    """Path of each verified file, and whether it had to be downloaded.

    A cached file is checked against its SHA-256, and downloaded again if it is damaged. A .gz
    that was copied there by hand is checked and unpacked, or read packed if the folder is
    read-only. Parameters and errors are those of `digitnet.datasets.mnist.load_mnist`.
    """
    folder = data_folder(data_dir)
    mirrors = (*mirrors, *manifest.mirrors)
    # Check all files first: a folder with another data set gets no download.
    there = [(file, folder / file.name, _find(file, folder)) for file in manifest.files]
    return [
        (found, False)
        if isinstance(found, Path)
        else (_fetch(file, path, mirrors, listen, found), True)
        for file, path, found in there
    ]


def _find(file: RemoteFile, folder: Path) -> Path | list[str]:
    """Find a valid local copy of the file, or the reason why each local copy is invalid.

    Raises
    ------
    DataError
        If a file of another data set has this name; it must not be replaced.
    """
    reasons = []
    for copy in _copies(folder, file.name):
        try:
            return _verified(file, copy, folder / file.name)
        except (BadCopyError, OSError) as error:
            reasons.append(one_line(f"{copy}: {error}"))
            _refuse_other_data(file, copy)
    return reasons


def _copies(folder: Path, name: str) -> list[Path]:
    """Possible paths of a file: its own name, then other usual names, .gz last."""
    homes = (folder, folder / "MNIST" / "raw", folder / "raw", folder / "MNIST")
    names = (name, name.replace("-idx", ".idx"))
    paths = [home / f"{n}{end}" for end in ("", ".gz") for home in homes for n in names]
    return [paths[0], *(path for path in paths[1:] if path.exists())]


def _refuse_other_data(file: RemoteFile, copy: Path) -> None:
    """Raise DataError if it is a complete IDX file of another data set."""
    if not copy.is_file():
        return
    try:
        shape = read_idx(copy).shape
    except DataError:  # damaged, or not IDX: a download replaces it
        return
    raise DataError(
        f"{copy} is not MNIST's file of that name, and stays as it is.",
        f"Expected SHA-256 {file.sha256[:12]}…, found another whole IDX file, of "
        f"{' × '.join(f'{size:,}' for size in shape)} values: another data set, or a changed one.",
        f"To use that data set: --dataset {copy.parent}. For MNIST, name another folder with "
        "--data-dir, or move this file away.",
    )


def _fetch(
    file: RemoteFile, path: Path, mirrors: Sequence[str], listen: Listener, reasons: list[str]
) -> Path:
    """Download the file from the first mirror that has it; collect why the others failed."""
    reasons = [f"Expected a file of {file.size:,} bytes, found:", *reasons]
    for mirror in mirrors:
        try:
            return download(file, path, mirror, listen)
        except (BadCopyError, OSError) as error:
            reasons.append(one_line(f"{mirror}: {error}"))
    raise DownloadError(
        f"{file.name} could not be downloaded from any mirror.",
        "\n    ".join(reasons),
        f"Check the network, name another mirror, or copy the files, plain or .gz, "
        f"into {path.parent} by hand.",
    )


def _verified(file: RemoteFile, copy: Path, path: Path) -> Path:
    """Check a copy, unpack a .gz to `path` unless the folder is read-only; return its path."""
    plain, folder = copy.suffix != ".gz", path.parent
    if not copy.is_file():  # reading a pipe would wait for ever
        raise BadCopyError("not a file" if copy.exists() else "not there")
    with copy.open("rb") if plain else gzip.open(copy) as source:
        # root, too, should respect a folder that is read-only by its mode.
        if plain or not os.access(folder, os.W_OK) or not folder.stat().st_mode & 0o222:
            deque(file.checked(source), maxlen=0)
            return copy
        with replacing(path) as target:
            target.writelines(file.checked(source))
        return path
