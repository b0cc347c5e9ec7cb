"""No limit of the way from grey levels to MNIST's form is there for nothing."""

from __future__ import annotations

import pytest

from .limits import notices, trips, unnoticed


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_some_picture_notices_when_a_limit_of_the_way_moves_by_30_per_cent() -> None:
    assert unnoticed(notices(), trips(1200)) == []
