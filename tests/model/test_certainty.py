"""Certainties that mean what they say, and how far they are from it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax

from digitnet.errors import TrainingError
from digitnet.model.certainty import DOUBTED, Certainty, fit_certainty, leads
from tools.calibration import calibration_error


def test_of_a_softmax_it_is_the_softmax_of_z_over_t(rng: np.random.Generator) -> None:
    Z = rng.normal(0, 2, (50, 10))
    certainties = Certainty(temperature=1.7).of(softmax(Z, axis=1))
    np.testing.assert_allclose(certainties, softmax(Z / 1.7, axis=1), rtol=1e-6)


def test_certainties_are_the_shares_of_powers_of_the_outputs_by_hand() -> None:
    # T = 1/2: 0.6² : 0.2² : 0.2² = 9 : 1 : 1.
    certainties = Certainty(0.5).of(np.array([[0.6, 0.2, 0.2], [0.2, 0.2, 0.6]]))
    np.testing.assert_allclose(certainties, [[9 / 11, 1 / 11, 1 / 11], [1 / 11, 1 / 11, 9 / 11]])


def test_outputs_of_zero_count_as_a_millionth() -> None:
    np.testing.assert_allclose(Certainty(0.5).of(np.zeros((1, 10))), np.full((1, 10), 0.1))
    below = Certainty().of(np.array([[1.0, 0.0, -3.0]]))
    np.testing.assert_allclose(below, np.array([[1, 1e-6, 1e-6]]) / 1.000002, rtol=1e-12)


@pytest.mark.parametrize(
    "numbers",
    [
        {"temperature": 0.0},
        {"temperature": np.inf},
        {"temperature": np.nan},
        {"threshold": -0.01},
        {"threshold": 1.01},
        {"lead": -0.01},
        {"lead": np.inf},
    ],
)
def test_numbers_out_of_range_are_refused(numbers: dict[str, float]) -> None:
    with pytest.raises(TrainingError, match=r"These certainties make no sense\."):
        Certainty(**numbers)


def test_the_ends_of_the_ranges_are_in_them() -> None:
    assert Certainty() == Certainty(1.0, 0.5, 0.0)
    assert Certainty(1e-9, 0.0, 0.0).threshold == 0
    assert Certainty(1e9, 1.0, 2.0).lead == 2


def test_the_threshold_and_the_lead_are_reached_and_the_floor_is_passed() -> None:
    half, more = np.array([[0.5, 0.5]]), np.array([[0.75, 0.25]])
    assert Certainty(threshold=0, lead=0).suffices(half).tolist() == [False]
    assert Certainty(threshold=0, lead=0).suffices(np.array([[0.51, 0.49]])).tolist() == [True]
    assert Certainty(threshold=0, lead=0.5).suffices(more).tolist() == [True]
    assert Certainty(threshold=0, lead=0.51).suffices(more).tolist() == [False]
    assert Certainty(threshold=0.74).suffices(more).tolist() == [True]
    assert Certainty(threshold=0.76).suffices(more).tolist() == [False]
    assert Certainty(0.01, threshold=1).suffices(more).tolist() == [True]  # (1/3)^100 is nothing


def test_the_temperature_that_spoilt_calibrated_outputs_is_found(rng: np.random.Generator) -> None:
    Z = rng.normal(0, 2, (4000, 10))
    p = softmax(Z, axis=1)
    labels = (p.cumsum(axis=1) < rng.random((4000, 1))).sum(axis=1)
    overconfident = softmax(2.5 * Z, axis=1)
    certainty = fit_certainty(overconfident, labels)
    assert certainty.temperature == pytest.approx(2.5, rel=0.06)
    before = calibration_error(overconfident, labels)
    after = calibration_error(certainty.of(overconfident), labels)
    assert before > 0.2
    assert after < 0.03


def test_temperatures_are_tried_from_a_fifth_to_five_in_64_equal_ratios(
    rng: np.random.Generator,
) -> None:
    outputs = softmax(rng.normal(0, 1, (500, 10)), axis=1)
    always_right, at_random = outputs.argmax(axis=1), rng.integers(0, 10, 500)
    assert fit_certainty(outputs, always_right).temperature == pytest.approx(0.2)
    assert fit_certainty(outputs, at_random).temperature == pytest.approx(5)
    p = softmax(rng.normal(0, 2, (500, 10)), axis=1)
    labels = (p.cumsum(axis=1) < rng.random((500, 1))).sum(axis=1)
    steps = 64 * np.log(fit_certainty(p, labels).temperature / 0.2) / np.log(25)
    assert 0 < steps < 64
    assert steps == pytest.approx(round(steps), abs=1e-6)


def test_one_in_a_hundred_leads_by_too_little(rng: np.random.Generator) -> None:
    outputs = rng.random((5000, 10))
    certainty = fit_certainty(outputs, rng.integers(0, 10, 5000))
    assert (leads(outputs) < certainty.lead).sum() == DOUBTED * 5000


def test_the_lead_is_that_of_the_largest_output_before_the_second() -> None:
    outputs = np.array([[0.1, 0.7, 0.6], [0.9, 0.0, 0.25], [0.5, 0.5, 0.0]], np.float32)
    np.testing.assert_allclose(leads(outputs), [0.1, 0.65, 0.0], atol=1e-7)


def test_the_lead_among_many_outputs_is_that_of_sorting_them(rng: np.random.Generator) -> None:
    outputs = rng.random((1000, 100))
    ordered = np.sort(outputs, axis=1)
    np.testing.assert_array_equal(leads(outputs), ordered[:, -1] - ordered[:, -2])


def test_what_keeps_all_outputs_low_is_not_sure_however_certain_it_is() -> None:
    outputs = np.array([[0.2, 0.0, 0.0], [0.9, 0.05, 0.05]])
    certainty = Certainty(lead=0.5)
    assert certainty.of(outputs).max(axis=1)[0] > 0.99
    assert certainty.suffices(outputs).tolist() == [False, True]


def test_without_validation_digits_certainties_are_the_outputs_shares() -> None:
    certainty = fit_certainty(np.empty((0, 10)), np.empty(0, np.uint8))
    assert certainty == Certainty(1.0, 0.5)
