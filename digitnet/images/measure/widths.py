"""How wide strokes are."""

from __future__ import annotations

import numpy as np

from digitnet.images.measure.morphology import Grey


def ink_width(ink: Grey) -> float:
    """Width = 2 · area / perimeter, in pixels; the perimeter is Σ |∇ink|.

    Exact for long strokes, hard or soft; the total variation of a soft edge is the length of
    the edge (the coarea formula).

    Parameters
    ----------
    ink : ndarray of float32, shape (height, width)
        0 where there is paper, 1 where there is ink.
    """
    padded = np.pad(ink, 1)
    down, right = np.diff(padded, axis=0)[:, :-1], np.diff(padded, axis=1)[:-1]
    return float(2 * ink.sum() / max(float(np.hypot(down, right).sum()), 1e-6))
