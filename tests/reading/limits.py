"""Every limit of reading, moved: is any picture read otherwise?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import PictureError
from digitnet.images.pipeline import INK, Pipeline
from digitnet.model.model import bundled_model
from digitnet.numbers.hypotheses import hypotheses
from digitnet.numbers.line_reading import Digits
from digitnet.numbers.lines import Place
from digitnet.numbers.number_reader import NumberReader
from digitnet.numbers.pieces import Line
from digitnet.numbers.sequence_model import bundled_sequence_model
from digitnet.numbers.views import View
from digitnet.reading.pipeline import PIPELINE, ReadLimits, Work
from tests.helpers.limits import moved

R = TypeVar("R")
MODEL: Final = bundled_model("small")
_KNOWN: Final[dict[Any, Any]] = {}
"""What the readers of one picture have read, by all that it depends on."""


class Remembering(NumberReader):
    """A reader that reads nothing twice: a limit changes little of what a picture needs."""

    def by_pieces(self, lines: Sequence[Line]) -> list[Digits]:
        """Group pieces into digits, once for the same pieces and costs."""
        pieces = tuple(tuple((p.box, float(p.ink.sum())) for p in line) for line in lines)
        read = super().by_pieces
        return self._once((self.limits.segment, pieces), lambda: read(lines))

    def views(self, place: Place) -> list[View]:
        """View a line, once at the same place."""
        contrast = self.page.contrast
        key = place, self.limits.view, contrast.shape, hash(contrast.tobytes())
        read = super().views
        return self._once(key, lambda: read(place))

    def _once(self, key: Any, read: Callable[[], R]) -> R:
        if key not in _KNOWN:
            _KNOWN[key] = read()
        known: R = _KNOWN[key]
        return known


def _hypotheses(work: Work, limits: ReadLimits) -> tuple[Work, int]:
    """The pipeline's stage, with a reader that remembers."""
    reader = Remembering(work.model, work.sequence_model, work, limits.number)
    found = hypotheses(reader, work.lines, number=work.number, limits=limits.hypothesis)
    if not found:
        raise PictureError("A pattern.", "", "")
    return replace(work, hypotheses=found), len(found)


STAGES: Final = tuple(
    replace(stage, step=_hypotheses) if stage.name == "hypotheses" else stage
    for stage in PIPELINE.stages[len(INK.stages) :]
)


def unnoticed(pictures: Iterable[NDArray[np.uint8]]) -> list[str]:
    """Limits, lower and higher, with which every picture is read as it usually is."""
    left = [
        (f"{stage.name}.{name}, {'higher' if i % 2 else 'lower'}", place, limits)
        for place, stage in enumerate(STAGES)
        for i, (name, limits) in enumerate(moved(stage.limits))
    ]
    for grey in pictures:
        _KNOWN.clear()
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
