"""The pictures of a command line: files, folders, patterns, and - for stdin; and reading one."""

from __future__ import annotations

import glob
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from digitnet.errors import PictureError
from digitnet.images.formats import HEIC_ENDINGS, INSTALL_HEIC, endings, read_heic
from digitnet.images.stage import Picture, unwatched
from digitnet.places import is_folder, is_hidden
from digitnet.reading.reader import Reader
from digitnet.reading.reading import Reading
from digitnet.reading.stages import changed

STDIN = "-"


class Kind(NamedTuple):
    """A kind of skipped file: its name in singular and plural, and what to do."""

    one: str
    several: str
    advice: str

    def counted(self, count: int) -> str:
        """The count in words."""
        return f"{count:,} {self.one if count == 1 else self.several}"


FOLDER = Kind("folder", "folders", "--recursive reads what is inside.")
HEIC = Kind("HEIC picture", "HEIC pictures", f"To read HEIC: {INSTALL_HEIC}.")
PDF = Kind("PDF file", "PDF files", "Save the pages of a PDF as PNG or JPEG.")
BARE = Kind("file without an ending", "files without an ending", "Pictures have one, as in .png.")


def pictures(
    named: Sequence[str], *, recursive: bool = False, tell: Callable[[str], None]
) -> Iterator[str]:
    """Paths of all pictures, in the given order; those of a folder sorted by name.

    Parameters
    ----------
    named : sequence of str
        A file, even if it does not exist, which reading it reports; a folder, for the pictures in
        it; a pattern such as ``*.png`` that the shell did not expand; or -.
    recursive : bool
        Whether to include subfolders.
    tell : callable
        Called with a sentence for each kind of skipped file.
    """
    for name in named:
        path = Path(name)
        if name != STDIN and is_folder(path):
            found, left_out = _in_folder(path, recursive=recursive)
            # A folder without pictures is passed on to `refuse_folder`, which reports it.
            yield from found or [name]
            for kind, count in left_out.items() if found else ():
                tell(f"Left out of {name}: {kind.counted(count)}. {kind.advice}")
        elif glob.has_magic(name) and not path.exists():
            # Path.glob does not accept absolute patterns.
            yield from sorted(glob.glob(name, recursive=recursive)) or [name]  # noqa: PTH207
        else:
            yield name


def refuse_folder(name: str, *, recursive: bool) -> None:
    """Report a folder without pictures.

    Raises
    ------
    PictureError
        If it is a folder.
    """
    if name == STDIN or not is_folder(name):
        return
    _, left_out = _in_folder(Path(name), recursive=recursive)
    there = " and ".join(kind.counted(count) for kind, count in left_out.items())
    raise PictureError(
        f"{name} holds no picture that can be read.",
        f"Expected PNG, JPEG or other pictures in this folder, found {there or 'no file'}.",
        " ".join(kind.advice for kind in left_out) or "Put pictures there, or name another folder.",
    )


def read(
    reader: Reader, picture: str, *, number: bool, draw: bool
) -> tuple[Reading, dict[str, Picture]]:
    """Read a file or stdin, and keep the stages to draw."""
    watched: dict[str, Picture] = {}
    watch = watched.__setitem__ if draw else unwatched
    source = sys.stdin.buffer if picture == STDIN else picture
    name = "stdin" if picture == STDIN else picture
    reading = reader.read(source, name, number=number, watch=watch)
    return reading, changed(reading, watched)


def _in_folder(folder: Path, *, recursive: bool) -> tuple[list[str], Counter[Kind]]:
    """Pictures of a folder, and the number of files of each other kind."""
    there = sorted(folder.rglob("*") if recursive else folder.iterdir())
    there = [path for path in there if not is_hidden(path.relative_to(folder))]
    if any(path.suffix.lower() in HEIC_ENDINGS for path in there):
        read_heic()
    known = endings()
    found, left_out = [], Counter[Kind]()
    for path in there:
        if path.suffix.lower() in known and path.is_file():
            found.append(str(path))
        elif not (path.is_dir() and recursive):
            left_out[_kind(path)] += 1
    return found, left_out


def _kind(path: Path) -> Kind:
    """Kind of a file that is not a picture, by its suffix."""
    if path.is_dir():
        return FOLDER
    end = path.suffix.lower()
    if end in HEIC_ENDINGS:
        return HEIC
    if end == ".pdf":
        return PDF
    if not end:
        return BARE
    return Kind(f"{end} file", f"{end} files", f"{end} is no format that is read.")
