"""A picture that was named, read, with the stages that are to be drawn."""

from __future__ import annotations

import sys

from digitnet.cli.pictures import STDIN
from digitnet.images.pipeline import unwatched
from digitnet.model.model import Model
from digitnet.reading.picture import read_picture
from digitnet.reading.reading import Reading
from digitnet.reading.stages import Picture, changed


def read(
    model: Model, picture: str, *, number: bool, draw: bool
) -> tuple[Reading, dict[str, Picture]]:
    """Read a file or stdin, and keep the stages that are to be drawn."""
    watched: dict[str, Picture] = {}
    watch = watched.__setitem__ if draw else unwatched
    source = sys.stdin.buffer if picture == STDIN else picture
    name = "stdin" if picture == STDIN else picture
    reading = read_picture(model, source, name, number=number, watch=watch)
    return reading, changed(reading, watched)
