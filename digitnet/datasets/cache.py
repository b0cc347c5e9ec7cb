"""The cache: a folder that holds a data set's files uncompressed and checked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from digitnet.datasets.idx import parse_idx, read_idx
from digitnet.datasets.remote import BadCopyError
from digitnet.files import replacing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from digitnet.datasets.download import Listener
    from digitnet.datasets.remote import Manifest, RemoteFile


def default_data_dir() -> Path:
    """Folder that holds the cache: DIGITNET_DATA, else ``data`` in the working directory.

    Returns
    -------
    Path
        It need not exist.
    """
    return Path(os.environ.get("DIGITNET_DATA") or "data")


def obtain(
    data_dir: Path | str | None, mirrors: Sequence[str], listen: Listener, manifest: Manifest
) -> dict[str, tuple[NDArray[np.uint8], bool]]:
    """Array of each file, and whether it had to be fetched, by the file's name.

    Parameters
    ----------
    data_dir : Path or str or None
        The cache; `default_data_dir` if None.
    mirrors : sequence of str
        Addresses of folders to try before the manifest's.
    listen : callable
        Called with the file's name, the bytes received and how many there will be, or None.
    manifest : Manifest
        What must be found.

    Returns
    -------
    dict of str to (ndarray of uint8, bool)
        The arrays are verified, read-only, and memory-mapped wherever the folder holds them
        uncompressed.

    Raises
    ------
    DownloadError
        If a file is not in the cache and can be had from no mirror.
    DataError
        If the folder cannot be written.
    """
    folder = default_data_dir() if data_dir is None else Path(data_dir)
    found = {}
    for file in manifest.files:
        path = folder / file.name
        try:
            found[file.name] = (_cached(path, file), False)
        except BadCopyError as error:
            # requests takes a tenth of a second to import, and is seldom needed.
            from digitnet.datasets.download import download  # noqa: PLC0415

            download(file, path, (*mirrors, *manifest.mirrors), listen, str(error))
            found[file.name] = (read_idx(path), True)
    return found


def _cached(path: Path, file: RemoteFile) -> NDArray[np.uint8]:
    """Array of the verified file at `path`, or of the verified .gz beside it.

    Raises
    ------
    BadCopyError
        If neither is there and right; the text names the copy and says what is wrong with it.
    """
    complaint = file.complaint(path)
    if complaint is None:
        return read_idx(path)
    packed = path.with_name(f"{path.name}.gz")
    if not packed.is_file():
        raise BadCopyError(f"{path}: {complaint}")
    try:
        with packed.open("rb") as source:
            if _is_read_only(path.parent):
                data = b"".join(file.unpack(source))
                return parse_idx(np.frombuffer(data, np.uint8), packed)
            with replacing(path) as target:
                target.writelines(file.unpack(source))
    except (BadCopyError, OSError) as error:
        raise BadCopyError(f"{packed}: {error}") from error
    return read_idx(path)


def _is_read_only(folder: Path) -> bool:
    """Whether the folder must stay as it is; its mode says so to the superuser too."""
    return not os.access(folder, os.W_OK) or not folder.stat().st_mode & 0o222
