"""The pictures that were named: files, folders, patterns, and - for stdin."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image

STDIN = "-"


def pictures(named: Sequence[str], *, recursive: bool = False) -> Iterator[str]:
    """Name every picture, in the order given, a folder's sorted by name.

    Parameters
    ----------
    named : sequence of str
        A file, also one that is not there: reading it will say so; a folder, for the pictures
        in it; a pattern such as ``*.png`` that the shell left alone; or -.
    recursive : bool
        Also the folders inside a folder.
    """
    for name in named:
        path = Path(name)
        if name != STDIN and path.is_dir():
            yield from _in_folder(path, recursive=recursive)
        elif glob.has_magic(name) and not path.exists():
            # Path.glob takes no absolute pattern.
            yield from sorted(glob.glob(name, recursive=recursive)) or [name]  # noqa: PTH207
        else:
            yield name


def _in_folder(folder: Path, *, recursive: bool) -> Iterator[str]:
    Image.init()  # until then Pillow knows only its five most common formats
    known = Image.registered_extensions()
    found = sorted(folder.rglob("*") if recursive else folder.iterdir())
    return (str(path) for path in found if path.suffix.lower() in known and path.is_file())
