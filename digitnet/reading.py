"""Reading a picture: what was seen, and what a model answers to it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from digitnet.images.ink import find_ink
from digitnet.images.moments import moment_normalise
from digitnet.images.normalise import to_mnist
from digitnet.images.picture import open_picture
from digitnet.weights import Model, load_weights


@dataclass(frozen=True)
class Reading:
    """A model's answer to one digit.

    Attributes
    ----------
    digit : int
        The largest output.
    certainties : tuple of ten floats
        One a digit, from 0 to 1; they sum to 1.
    sure : bool
        Whether the largest certainty reaches the model's threshold.
    seen : ndarray of uint8, shape (28, 28)
        What the network saw.
    """

    digit: int
    certainties: tuple[float, ...]
    sure: bool
    seen: NDArray[np.uint8]

    @property
    def certainty(self) -> float:
        """Certainty of the answer."""
        return self.certainties[self.digit]


def prepare(model: Model, images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Normalise MNIST's digits, or pictures in MNIST's form, as the model was trained.

    Parameters
    ----------
    model : Model
    images : ndarray of uint8, shape (N, 28, 28)
    """
    return images if model.normalisation is None else moment_normalise(images, model.normalisation)


def answer(model: Model, images: NDArray[np.uint8]) -> list[Reading]:
    """Answer pictures in MNIST's form.

    Parameters
    ----------
    model : Model
    images : ndarray of uint8, shape (N, 28, 28)
        Light ink on a dark ground.
    """
    seen = prepare(model, images)
    pixels = seen.reshape(len(seen), -1).astype(model.network.dtype)
    outputs = model.network.forward((pixels / 255).T).A[-1].T
    certainties = model.certainty.of(outputs)
    answers = outputs.argmax(axis=1)
    sure = certainties.max(axis=1) >= model.certainty.threshold
    return [
        Reading(int(answers[i]), tuple(certainties[i].tolist()), bool(sure[i]), seen[i])
        for i in range(len(images))
    ]


def read_picture(model: Model, source: Path | BinaryIO, name: str | None = None) -> Reading:
    """Read the digit in a picture.

    Parameters
    ----------
    model : Model
    source : Path or binary file
        A picture of any format and mode that Pillow reads.
    name : str, optional
        What to call it in messages.

    Raises
    ------
    PictureError
        If it cannot be read or holds no ink.
    """
    ink = find_ink(open_picture(source, name))
    return answer(model, to_mnist(ink.pixels)[None])[0]


def bundled_model() -> Model:
    """Load the model that comes with digitnet."""
    with as_file(files("digitnet") / "assets" / "digitnet.npz") as path:
        return load_weights(path)
