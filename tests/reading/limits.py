"""Every limit of reading, moved: is any picture read otherwise?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import numpy as np
import pytest
from numpy.typing import NDArray

from digitnet.errors import PictureError
from digitnet.images.pipeline import Ink, find_ink
from digitnet.model.bundled import bundled_model
from digitnet.numbers import parts, pieces
from digitnet.reading import number, picture, picture_doubt
from digitnet.reading.picture import ReadingLimits
from tests.helpers.limits import moved

MODEL: Final = bundled_model("small")


def unnoticed(pictures: Iterable[NDArray[np.uint8]], patch: pytest.MonkeyPatch) -> list[str]:
    """Limits, lower and higher, with which every picture is read as it usually is.

    What is computed for a picture's pieces and digits is remembered, for a limit changes little
    of it.
    """
    left = [
        (f"{name}, {'higher' if i % 2 else 'lower'}", limits)
        for i, (name, limits) in enumerate(moved(ReadingLimits()))
    ]
    for grey in pictures:
        ink = find_ink(grey)
        if ink.pixels.any():
            with patch.context() as context:
                _remember(context)
                usual = {several: _read(ink, several, ReadingLimits()) for several in (False, True)}
                left = [one for one in left if not _notices(ink, one[1], usual)]
        if not left:
            break
    return [name for name, _ in left]


def _notices(ink: Ink, limits: ReadingLimits, usual: dict[bool, Any]) -> bool:
    return any(_read(ink, several, limits) != reading for several, reading in usual.items())


def _read(ink: Ink, several: bool, limits: ReadingLimits) -> Any:
    """All that a reading says, or its error."""
    try:
        reading = picture.read_ink(MODEL, ink, number=several, limits=limits)
    except PictureError as error:
        return str(error)
    boxes = [digit.box for digit in reading.digits]
    certainties = [round(digit.certainty, 3) for digit in reading.digits]
    return reading.text, boxes, certainties, reading.why, reading.several


def _remember(patch: pytest.MonkeyPatch) -> None:
    """Compute nothing twice that costs time."""
    for name, key, rooms in (
        ("to_mnist", lambda ink: (ink.shape, ink.tobytes()), (picture, pieces)),
        ("cuts", lambda ink, *more: (ink.shape, ink.tobytes(), *more), (parts,)),
        ("read_forms", lambda _, forms: forms.tobytes(), (picture, number, picture_doubt)),
        ("read_views", lambda _, contrast, *more: (id(contrast), *more), (number,)),
        ("weighed", lambda looks, *more: (id(looks), *more), (number,)),
    ):
        once = _once(getattr(rooms[0], name), key)
        for room in rooms:
            patch.setattr(room, name, once)


def _once(f: Callable[..., Any], key: Callable[..., Any]) -> Callable[..., Any]:
    """The function, with its answers remembered: a copy of an array, which may be changed."""
    known: dict[Any, Any] = {}

    def answer(*given: Any) -> Any:
        at = key(*given)
        if at not in known:
            known[at] = f(*given)
        found = known[at]
        return found.copy() if isinstance(found, np.ndarray) else found

    return answer
