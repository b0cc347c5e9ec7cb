"""The bundled models read numbers on synthetic paper, kind by kind."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from digitnet.images.picture import open_picture
from digitnet.model.model import BUNDLED, bundled_model

from .numbers import NUMBERS, numbers_of, read_kind, table

Record = Callable[[str, object], None]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_numbers_of_every_kind_are_read_and_the_sure_ones_are_right(
    record_testsuite_property: Record,
) -> None:
    found = {
        name: {kind: read_kind(bundled_model(name), kind, range(20)) for kind in NUMBERS}
        for name in BUNDLED
    }
    record_testsuite_property("synthetic numbers", table(found))
    for name in BUNDLED:
        read = list(found[name].values())
        assert sum(r.right for r in read) >= 0.85 * sum(r.count for r in read), table(found)
        assert min(r.right / r.count for r in read) >= 0.6, table(found)
        assert sum(r.sure_wrong for r in read) <= 0.04 * sum(r.sure for r in read), table(found)


@pytest.mark.parametrize("kind", ["cheque", "points and dashes", "several lines"])
def test_a_number_is_the_same_for_the_same_seed_and_another_for_another(kind: str) -> None:
    (first, text), (again, same), (other, _) = (numbers_of(kind, seed) for seed in (3, 3, 4))
    assert first.getvalue() == again.getvalue() != other.getvalue()
    assert text == same
    assert all(line.isdigit() for line in text.split("\n"))


def test_a_cheque_is_cut_close_around_its_number() -> None:
    close = [open_picture(numbers_of("cut close", seed)[0].getvalue()).shape for seed in range(3)]
    plain = [open_picture(numbers_of("plain paper", seed)[0].getvalue()).shape for seed in range(3)]
    assert np.mean([height for height, _ in close]) < 0.7 * np.mean([height for height, _ in plain])
