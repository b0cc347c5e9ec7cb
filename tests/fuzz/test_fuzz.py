"""A few thousand mutated files; `python -m tests.fuzz 100000` reads more."""

from __future__ import annotations

import pytest

from tests.fuzz.__main__ import fuzz


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(1, 5))
def test_a_mutated_file_is_read_or_refused_in_three_lines(seed: int) -> None:
    outcomes, _ = fuzz(900, seed)
    assert {outcome for _, outcome in outcomes} == {"read", "refused"}
    assert len({kind for kind, _ in outcomes}) == 7
