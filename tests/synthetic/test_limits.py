"""No limit of the way from grey levels to MNIST's form is there for nothing."""

from __future__ import annotations

from itertools import chain

import pytest

from .limits import notices, trip, trips, unnoticed
from .odd import odd


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_some_picture_notices_when_a_limit_of_the_way_moves_by_30_per_cent() -> None:
    # A dent is only looked at on a sheet, and few sheets have one.
    sheets = (trip(odd("sheet", seed)) for seed in range(210))
    assert unnoticed(notices(), chain(trips(1200), sheets)) == []
