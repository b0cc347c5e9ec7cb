"""Read a picture, and keep the stages to draw."""

from __future__ import annotations

import sys

from digitnet.cli.pictures import STDIN
from digitnet.images.stage import Picture, unwatched
from digitnet.reading.reader import Reader
from digitnet.reading.reading import Reading
from digitnet.reading.stages import changed


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
