"""No limit of reading is there for nothing."""

from __future__ import annotations

from itertools import chain

import pytest

from .limits import unnoticed
from .written import with_small_lines, written


@pytest.mark.release
@pytest.mark.timeout(0)
def test_some_writing_is_read_otherwise_when_a_limit_of_reading_moves_by_30_per_cent() -> None:
    small = (with_small_lines(seed) for seed in range(100))
    assert unnoticed(chain((written(seed) for seed in range(1500)), small)) == []
