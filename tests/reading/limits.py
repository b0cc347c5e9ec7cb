"""Every limit of reading, moved: is any picture read otherwise?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import PictureError
from digitnet.images.pipeline import INK, Pipeline
from digitnet.model.model import bundled_model
from digitnet.numbers.sequence_model import bundled_sequence_model
from digitnet.reading.pipeline import PIPELINE, Work
from tests.helpers.limits import moved

MODEL: Final = bundled_model("small")
STAGES: Final = PIPELINE.stages[len(INK.stages) :]


def unnoticed(pictures: Iterable[NDArray[np.uint8]]) -> list[str]:
    """Limits, lower and higher, with which every picture is read as it usually is."""
    left = [
        (f"{stage.name}.{name}, {'higher' if i % 2 else 'lower'}", place, limits)
        for place, stage in enumerate(STAGES)
        for i, (name, limits) in enumerate(moved(stage.limits))
    ]
    for grey in pictures:
        for number in (False, True):
            before = _before(grey, number=number)
            left = [one for one in left if not _notices(before, one[1], one[2])]
        if not left:
            break
    return [name for name, *_ in left]


def _before(grey: NDArray[np.uint8], *, number: bool) -> list[Work]:
    """What each stage gets, and the result at the end; it is shorter where one refuses."""
    work = Work(
        grey,
        model=MODEL,
        sequence_model=bundled_sequence_model(),
        picture=grey,
        number=number,
    )
    found = [INK.run(work)]
    try:
        for stage in STAGES:
            found.append(Pipeline((stage,)).run(found[-1]))
    except PictureError:
        pass
    return found


def _notices(before: list[Work], place: int, limits: Any) -> bool:
    """Whether a stage with these limits leads to another reading, or to another refusal."""
    if place >= len(before):
        return False
    stages = (replace(STAGES[place], limits=limits), *STAGES[place + 1 :])
    usual = _reading(before[-1]) if len(before) > len(STAGES) else None
    try:
        return bool(_reading(Pipeline(stages).run(before[place])) != usual)
    except PictureError:
        return usual is not None


def _reading(work: Work) -> Any:
    """All that a reading says."""
    digits = [digit for line in work.digits for digit in line]
    each = [(digit.digit, digit.box, round(digit.certainty, 3), digit.why) for digit in digits]
    return each, work.doubt, work.several
