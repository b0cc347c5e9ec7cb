"""No limit of the way from grey levels to MNIST's form is there for nothing."""

from __future__ import annotations

from itertools import chain

import pytest

from digitnet.images.picture import open_picture

from .limits import notices, trip, trips, unnoticed
from .numbers import numbers_of
from .odd import odd


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_some_picture_notices_when_a_limit_of_the_way_moves_by_30_per_cent() -> None:
    # A dent is only looked at on a sheet, and few sheets have one.
    sheets = (trip(odd("sheet", seed)) for seed in range(210))
    # Few strokes run along a ruled line: those of digits that stand on a bold one.
    standing = (numbers_of("bold lines", seed)[0] for seed in range(40))
    on_lines = (trip(open_picture(file)) for file in standing)
    assert unnoticed(notices(), chain(trips(1200), sheets, on_lines)) == []
