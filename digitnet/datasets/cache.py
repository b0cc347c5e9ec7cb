"""The cache: a folder that holds a data set's files uncompressed and checked."""

from __future__ import annotations

import gzip
import os
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from digitnet.datasets.remote import BadCopyError, Manifest, RemoteFile
from digitnet.errors import DownloadError, one_line
from digitnet.files import replacing

if TYPE_CHECKING:
    from digitnet.datasets.download import Listener


def data_folder(data_dir: Path | str | None = None) -> Path:
    """Folder that keeps data sets: the one given, else DIGITNET_DATA, else ``data``."""
    return Path(data_dir or os.environ.get("DIGITNET_DATA") or "data")


def obtain(
    data_dir: Path | str | None, mirrors: Sequence[str], listen: Listener, manifest: Manifest
) -> list[tuple[Path, bool]]:
    """Where each file is, verified, and whether it had to be fetched.

    Parameters and errors are those of `download_mnist`.
    """
    folder = data_folder(data_dir)
    mirrors = (*mirrors, *manifest.mirrors)
    return [_obtain(file, folder / file.name, mirrors, listen) for file in manifest.files]


def _obtain(
    file: RemoteFile, path: Path, mirrors: Sequence[str], listen: Listener
) -> tuple[Path, bool]:
    """Take the file from `path`, or from the .gz beside it, or from the first mirror that has it.

    Each copy gives the file, or a reason why it is of no use.
    """
    reasons = [f"Expected a file of {file.size:,} bytes, found:"]
    copies: tuple[Path | str, ...] = (path, *path.parent.glob(f"{path.name}.gz"), *mirrors)
    for copy in copies:
        try:
            if isinstance(copy, Path):
                return _verified(file, copy, path), False
            # requests takes a tenth of a second to import, and is seldom needed.
            from digitnet.datasets.download import download  # noqa: PLC0415

            return download(file, path, copy, listen), True
        except (BadCopyError, OSError) as error:
            reasons.append(one_line(f"{copy}: {error}"))
    raise DownloadError(
        f"{file.name} could not be downloaded from any mirror.",
        "\n    ".join(reasons),
        f"Check the network, name another mirror, or copy the files, plain or .gz, "
        f"into {path.parent} by hand.",
    )


def _verified(file: RemoteFile, copy: Path, path: Path) -> Path:
    """Check a copy, and unpack a .gz to `path` unless the folder is read-only; say where it is."""
    if not copy.is_file():  # a pipe would be waited for
        raise BadCopyError("not a file" if copy.exists() else "not there")
    with copy.open("rb") if copy == path else gzip.open(copy) as source:
        if copy == path or _is_read_only(path.parent):
            deque(file.checked(source), maxlen=0)
            return copy
        with replacing(path) as target:
            target.writelines(file.checked(source))
        return path


def _is_read_only(folder: Path) -> bool:
    """Whether the folder must stay as it is: by its mode, which root should respect too."""
    return not os.access(folder, os.W_OK) or not folder.stat().st_mode & 0o222
