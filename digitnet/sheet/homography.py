"""The projective map between a flat page and its photo."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Homography = NDArray[np.float64]


def homography(source: Points, target: Points) -> Homography:
    """H with target ~ H · source, from four pairs of points.

    Of u = (ax + by + c) / (gx + hy + 1) and v = (dx + ey + f) / (gx + hy + 1), each pair gives two
    equations that are linear in the eight unknown entries of H; the ninth is 1.

    Parameters
    ----------
    source, target : ndarray of float64, shape (4, 2)
        The points (x, y) and (u, v), of which no three lie on a line.

    Returns
    -------
    ndarray of float64, shape (3, 3)
        The map, with 1 as its last entry.
    """
    (x, y), (u, v) = source.T, target.T
    one, zero = np.ones(4), np.zeros(4)
    of_u = np.stack([x, y, one, zero, zero, zero, -u * x, -u * y], axis=1)
    of_v = np.stack([zero, zero, zero, x, y, one, -v * x, -v * y], axis=1)
    entries = np.linalg.solve(np.concatenate([of_u, of_v]), np.concatenate([u, v]))
    return np.append(entries, 1).reshape(3, 3)


def project(mapping: Homography, points: Points) -> Points:
    """(x', y') = (p / r, q / r) with (p, q, r) = H · (x, y, 1).

    Parameters
    ----------
    mapping : ndarray of float64, shape (3, 3)
    points : ndarray of float64, shape (n, 2)

    Returns
    -------
    ndarray of float64, shape (n, 2)
    """
    mapped = np.concatenate([points, np.ones((len(points), 1))], axis=1) @ mapping.T
    projected: Points = mapped[:, :2] / mapped[:, 2:]
    return projected
