"""The bundled models read digits on synthetic paper, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest

from digitnet.images.picture import open_picture
from digitnet.model.model import BUNDLED, Model, bundled_model

from .kinds import KINDS, STRENGTHS, picture
from .score import Score, chosen, overall, score, table
from .writing import strokes

SMALL = (160, 260)
MEDIUM = (160, 400)
LARGE = (300, 700)

Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def models() -> dict[str, Model]:
    return {name: bundled_model(name) for name in BUNDLED}


def measured(
    models: Mapping[str, Model], strengths: Sequence[str], count: int, side: tuple[int, int]
) -> list[Score]:
    """Other digits for each kind and strength: one that nobody can read then counts once."""
    groups = [(kind, strength) for kind in KINDS for strength in strengths]
    return [
        score(models, kind, strength, range(number * count, (number + 1) * count), side)
        for number, (kind, strength) in enumerate(groups)
    ]


@pytest.mark.slow
def test_digits_on_moderately_bad_paper_are_read(
    models: dict[str, Model], record_testsuite_property: Record
) -> None:
    scores = measured(models, ["moderate"], 4, SMALL)
    record_testsuite_property("synthetic paper", table(scores))
    for name in models:
        assert overall(scores, name, "moderate") >= 0.95, table(scores)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_nine_of_ten_pictures_of_each_kind_are_read(
    models: dict[str, Model], record_testsuite_property: Record
) -> None:
    scores = measured(models, ["moderate"], 60, MEDIUM)
    record_testsuite_property("synthetic paper, kind by kind", table(scores))
    for name in models:
        assert all(score.accuracy(name) >= 0.9 for score in scores), table(scores)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_kind_is_read_and_strong_conditions_cost_little(
    models: dict[str, Model], record_testsuite_property: Record
) -> None:
    scores = measured(models, STRENGTHS, 8, LARGE)
    record_testsuite_property("synthetic paper, all strengths", table(scores))
    for name in models:
        for strength, least in (("mild", 0.95), ("moderate", 0.95), ("strong", 0.9)):
            assert overall(scores, name, strength) >= least, table(scores)
        worst = min(s.accuracy(name) for s in scores if s.strength == "moderate")
        assert worst >= 0.75, table(scores)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_the_same_for_the_same_seed_and_another_for_another(kind: str) -> None:
    digit, _ = chosen(3)
    files = [picture(kind, "strong", digit, SMALL, seed).getvalue() for seed in (3, 3, 13)]
    assert files[0] == files[1]
    assert kind == "tiny" or files[0] != files[2]


def test_a_stronger_kind_departs_further_from_an_even_page() -> None:
    """Noise is measured where no ink is: its spread grows as the strengths say."""
    digit, _ = chosen(1)
    spreads = []
    for strength in STRENGTHS:
        grey = open_picture(picture("sensor noise", strength, digit, (300, 300), 1), "test")
        steps = np.diff(grey[:20].astype(float), axis=1)
        spreads.append(float(np.median(np.abs(steps))))
    assert spreads[0] < spreads[1] < spreads[2]


@pytest.mark.parametrize("weight", [1.0, 2.0, 4.0])
def test_strokes_have_the_weight_of_the_pen(weight: float) -> None:
    line = np.zeros((28, 28), np.uint8)
    line[4:24, 13:16] = 255
    ink = strokes(line, 280, weight, 1.0)
    assert ink[140].sum() == pytest.approx(10 * weight, abs=5)  # half a pixel of 28


def test_without_softness_no_pixel_is_between_paper_and_ink() -> None:
    ink = strokes(chosen(8)[0], 200, 2.0, 0.0)
    assert set(np.unique(ink)) == {0.0, 1.0}
