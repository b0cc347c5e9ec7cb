"""Certainties that mean what they say, and how far they are from it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax

from digitnet.model.certainty import (
    DOUBTED,
    Certainty,
    calibration_error,
    fit_certainty,
    leads,
)


def test_of_a_softmax_it_is_the_softmax_of_z_over_t(rng: np.random.Generator) -> None:
    Z = rng.normal(0, 2, (50, 10))
    certainties = Certainty(temperature=1.7).of(softmax(Z, axis=1))
    np.testing.assert_allclose(certainties, softmax(Z / 1.7, axis=1), rtol=1e-6)


def test_outputs_of_zero_still_give_certainties() -> None:
    np.testing.assert_allclose(Certainty(0.5).of(np.zeros((1, 10))), np.full((1, 10), 0.1))


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


def test_one_in_a_hundred_leads_by_too_little(rng: np.random.Generator) -> None:
    outputs = rng.random((5000, 10))
    certainty = fit_certainty(outputs, rng.integers(0, 10, 5000))
    assert (leads(outputs) < certainty.lead).sum() == DOUBTED * 5000


def test_the_lead_is_that_of_the_largest_output_before_the_second() -> None:
    outputs = np.array([[0.1, 0.7, 0.6], [0.9, 0.0, 0.25], [0.5, 0.5, 0.0]], np.float32)
    np.testing.assert_allclose(leads(outputs), [0.1, 0.65, 0.0], atol=1e-7)


def test_what_keeps_all_outputs_low_is_not_sure_however_certain_it_is() -> None:
    outputs = np.array([[0.2, 0.0, 0.0], [0.9, 0.05, 0.05]])
    certainty = Certainty(lead=0.5)
    assert certainty.of(outputs).max(axis=1)[0] > 0.99
    assert certainty.suffices(outputs).tolist() == [False, True]


def test_without_validation_digits_certainties_are_the_outputs_shares() -> None:
    certainty = fit_certainty(np.empty((0, 10)), np.empty(0, np.uint8))
    assert certainty == Certainty(1.0, 0.5)


def test_calibration_error_by_hand() -> None:
    # Bins of a fifth. 0.6 to 0.8: certainties 0.7 and 0.7, one of two right, gap 0.2.
    # 0.8 to 1: certainties 0.9 and 1, both right, gap 0.05.
    certainties = np.array([[0.7, 0.3], [0.3, 0.7], [0.9, 0.1], [0.0, 1.0]])
    labels = np.array([0, 0, 0, 1])
    error = calibration_error(certainties, labels, bins=5)
    assert error == pytest.approx(0.5 * 0.2 + 0.5 * 0.05)
