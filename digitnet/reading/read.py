"""The shortest way from a picture to an answer."""

from __future__ import annotations

from functools import cache

from digitnet.images.source import Source
from digitnet.model.bundled import bundled_model
from digitnet.model.model import Model
from digitnet.reading.picture import read_picture
from digitnet.reading.reading import Reading


def read(picture: Source, model: Model | None = None, *, number: bool = False) -> Reading:
    """Read a picture: one digit, or several where it plainly holds several.

    Parameters
    ----------
    picture : str, Path, bytes, binary file, PIL image or ndarray
        A path or the bytes of a picture file; an array is grey, shape (height, width), or
        coloured, shape (height, width, 3 or 4): uint8 from 0 to 255, or floats from 0 to 1.
    model : Model, optional
        By default the large one that comes with digitnet, as `digitnet predict` has it.
    number : bool
        Read it digit by digit, also where it seems to hold a single one.

    Returns
    -------
    Reading
        Its ``text``, whether it is ``sure``, and its ``digits``; Jupyter shows it as a picture
        with bars.

    Raises
    ------
    PictureError
        If it cannot be read or holds no digit.
    """
    return read_picture(model or _large(), picture, number=number)


@cache
def _large() -> Model:
    """Return the large model, loaded once: that takes longer than to read a picture."""
    return bundled_model("large")
