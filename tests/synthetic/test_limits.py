"""No limit from grey levels to MNIST's form is there for nothing."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest
from PIL import Image

from digitnet.images.picture import open_picture

from .limits import notices, trip, trips, unnoticed
from .numbers import numbers_of
from .odd import odd


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_some_picture_notices_when_a_limit_of_a_stage_moves_by_30_per_cent() -> None:
    # A dent is only looked at on a sheet, and few sheets have one.
    sheets = (trip(odd("sheet", seed)) for seed in range(210))
    # Few strokes run along a ruled line: those of digits that stand on a bold one.
    standing = (numbers_of("bold lines", seed)[0] for seed in range(40))
    on_lines = (trip(open_picture(file)) for file in standing)
    # Only a picture larger than the working size is reduced.
    large = Image.open(numbers_of("plain paper", 0)[0]).convert("L").resize((1700, 900))
    each = chain([trip(np.asarray(large))], trips(1200), sheets, on_lines)
    assert unnoticed(notices(), each) == []
