"""The calibration error, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tools.calibration import calibration_error


def test_calibration_error_by_hand() -> None:
    # Bins of a fifth. 0.6 to 0.8: certainties 0.7 and 0.7, one of two right, gap 0.2.
    # 0.8 to 1: certainties 0.9 and 1, both right, gap 0.05.
    certainties = np.array([[0.7, 0.3], [0.3, 0.7], [0.9, 0.1], [0.0, 1.0]])
    labels = np.array([0, 0, 0, 1])
    error = calibration_error(certainties, labels, bins=5)
    assert error == pytest.approx(0.5 * 0.2 + 0.5 * 0.05)


def test_a_certainty_of_1_is_in_the_last_bin() -> None:
    # In one bin the gaps 0.1 and -1 are summed before the sign is dropped.
    certainties, labels = np.array([[0.9, 0.1], [0.0, 1.0]]), np.array([0, 0])
    assert calibration_error(certainties, labels, bins=5) == pytest.approx(0.9 / 2)


def test_there_are_15_bins() -> None:
    # 0.59 and 0.61 are on both sides of 9/15, and in one bin of 14 and of 16.
    certainties, labels = np.array([[0.59, 0.41], [0.61, 0.39]]), np.array([1, 0])
    assert calibration_error(certainties, labels) == pytest.approx((0.59 + 0.39) / 2)
