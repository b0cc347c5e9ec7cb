"""How far confidences are from accuracies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digitnet.nn.functions import Array


def calibration_error(certainties: Array, labels: NDArray[np.integer], bins: int = 15) -> float:
    """ECE = Σ_b n_b/N · |accuracy - mean confidence| over bins of confidence.

    Expected calibration error (Guo et al. 2017): answers are put into bins of equal width by
    their largest confidence.

    Parameters
    ----------
    certainties : ndarray, shape (N, digits)
    labels : ndarray of int, shape (N,)
    bins : int

    Returns
    -------
    float
        0 if the accuracy in every bin equals its mean confidence; at most 1.
    """
    largest = certainties.max(axis=1).astype(np.float64)
    right = certainties.argmax(axis=1) == labels
    which = np.minimum((largest * bins).astype(np.intp), bins - 1)
    gaps = np.bincount(which, weights=right - largest, minlength=bins)
    return float(np.abs(gaps).sum() / len(labels))
