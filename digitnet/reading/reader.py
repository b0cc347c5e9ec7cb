"""A reader: models and a pipeline, which turn a picture into an answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from digitnet.images.picture import open_picture
from digitnet.images.pipeline import Pipeline
from digitnet.images.source import Source, name_of
from digitnet.images.stage import Watch, unwatched
from digitnet.model.model import Model, bundled_model
from digitnet.numbers.sequence_model import SequenceModel, bundled_sequence_model
from digitnet.reading.pipeline import PIPELINE, Work
from digitnet.reading.reading import Reading
from digitnet.reading.stages import PICTURE


@cache
def _large() -> Model:
    """Load the large model once, because loading takes longer than reading a picture."""
    return bundled_model("large")


@dataclass(frozen=True)
class Reader:
    """Reads pictures of digits and numbers.

    Parameters
    ----------
    model : Model
        Reads single digits; by default the large bundled one.
    sequence_model : SequenceModel
        Reads lines; by default the bundled one.
    pipeline : Pipeline
        The stages, in order.
    """

    model: Model = field(default_factory=_large)
    sequence_model: SequenceModel = field(default_factory=bundled_sequence_model)
    pipeline: Pipeline = PIPELINE

    def read(
        self,
        source: Source,
        name: str | None = None,
        *,
        number: bool = False,
        watch: Watch = unwatched,
    ) -> Reading:
        """Read a picture: one digit or several lines of digits, whichever is more probable.

        Parameters
        ----------
        source : str, Path, bytes, binary file, PIL image or ndarray
            A picture for :func:`digitnet.images.picture.open_picture`.
        name : str, optional
            Its name in messages.
        number : bool
            Whether to read it digit by digit, even if it seems to show only one.
        watch : callable
            Called with the grey levels, as ``picture``, and then after each stage with its name
            and the picture after it.

        Raises
        ------
        PictureError
            If it cannot be read or shows no digit.
        """
        name = name or name_of(source)
        grey = open_picture(source, name)
        watch(PICTURE, grey)
        work = Work(
            grey,
            model=self.model,
            sequence_model=self.sequence_model,
            picture=grey,
            name=name,
            number=number,
        )
        done = self.pipeline.run(work, watch)
        return Reading(done.digits, done.several, done, done.doubt)


def read(picture: Source, model: Model | None = None, *, number: bool = False) -> Reading:
    """Read a picture: one digit or several lines of digits, whichever is more probable.

    Parameters
    ----------
    picture : str, Path, bytes, binary file, PIL image or ndarray
        A path or the bytes of a picture file; an array is grey, shape (height, width), or
        coloured, shape (height, width, 3 or 4): uint8 from 0 to 255, or floats from 0 to 1.
    model : Model, optional
        By default the large bundled one.
    number : bool
        Whether to read it digit by digit, even if it seems to show only one.

    Returns
    -------
    Reading
        Its ``text``, whether it is ``sure``, and its ``digits``; Jupyter shows it as a picture
        with bars.

    Raises
    ------
    PictureError
        If it cannot be read or shows no digit.
    """
    return Reader(model or _large()).read(picture, number=number)
