"""Reading a digit: what was seen of a picture, and what a model answers to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import PictureError
from digitnet.images.digits.pieces import Box
from digitnet.images.form.mnist import to_mnist
from digitnet.images.form.moments import moment_normalise
from digitnet.images.picture import open_picture
from digitnet.images.way import Ink, find_ink
from digitnet.model.model import Model


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
        Whether the largest certainty reaches the model's threshold and the picture looks as
        that digit does.
    form : ndarray of uint8, shape (28, 28)
        The digit in MNIST's form.
    seen : ndarray of uint8, shape (28, 28)
        What the network saw: the same, normalised.
    box : tuple of int, optional
        Left, top, right, bottom in the picture's pixels, for a digit of a number.
    """

    digit: int
    certainties: tuple[float, ...]
    sure: bool
    form: NDArray[np.uint8]
    seen: NDArray[np.uint8]
    box: Box | None = None

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
    if model.familiarity is not None:
        sure &= model.familiarity.of(seen, answers)
    return [
        Reading(int(answers[i]), tuple(certainties[i].tolist()), bool(sure[i]), images[i], seen[i])
        for i in range(len(images))
    ]


def open_ink(source: Path | BinaryIO, name: str | None = None) -> Ink:
    """Find the writing on a picture.

    Parameters
    ----------
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
    if not ink.pixels.any():
        raise PictureError(
            f"{name or source}: The picture holds no digit.",
            "Expected ink on paper, found an even ground.",
            "Give a picture of a digit that can be told from its paper.",
        )
    return ink


def read_digit(model: Model, ink: Ink) -> Reading:
    """Read all the ink as one digit."""
    return answer(model, to_mnist(ink.pixels)[None])[0]
