"""The cache: a folder that holds a data set's files uncompressed and checked."""

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
    """Where each file is, verified, and whether it had to be fetched.

    Parameters and errors are those of `download_mnist`.
    """
    folder = data_folder(data_dir)
    mirrors = (*mirrors, *manifest.mirrors)
    # All that is there first: nothing is fetched into a folder that holds another data set.
    there = [(file, folder / file.name, _find(file, folder)) for file in manifest.files]
    return [
        (found, False)
        if isinstance(found, Path)
        else (_fetch(file, path, mirrors, listen, found), True)
        for file, path, found in there
    ]


def _find(file: RemoteFile, folder: Path) -> Path | list[str]:
    """Find a copy of the file on this machine, or the reasons why each there is of no use.

    Raises
    ------
    DataError
        If another data set has the file's name: it is not to be replaced.
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
    """Where a file is or should be: first under its name, then as people have it, .gz last."""
    homes = (folder, folder / "MNIST" / "raw", folder / "raw", folder / "MNIST")
    names = (name, name.replace("-idx", ".idx"))
    paths = [home / f"{n}{end}" for end in ("", ".gz") for home in homes for n in names]
    return [paths[0], *(path for path in paths[1:] if path.exists())]


def _refuse_other_data(file: RemoteFile, copy: Path) -> None:
    """Raise DataError if it is a whole IDX file, though not the one that is looked for."""
    if not copy.is_file():
        return
    try:
        shape = read_idx(copy).shape
    except DataError:  # damaged, or something else: a download makes up for it
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
    """Take the file from the first mirror that has it; each that has not gives a reason."""
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
    """Check a copy, and unpack a .gz to `path` unless the folder is read-only; say where it is."""
    plain = copy.suffix != ".gz"
    if not copy.is_file():  # a pipe would be waited for
        raise BadCopyError("not a file" if copy.exists() else "not there")
    with copy.open("rb") if plain else gzip.open(copy) as source:
        if plain or _is_read_only(path.parent):
            deque(file.checked(source), maxlen=0)
            return copy
        with replacing(path) as target:
            target.writelines(file.checked(source))
        return path


def _is_read_only(folder: Path) -> bool:
    """Whether the folder must stay as it is: by its mode, which root should respect too."""
    return not os.access(folder, os.W_OK) or not folder.stat().st_mode & 0o222
