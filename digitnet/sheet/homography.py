"""The projective map between a flat page and its photo."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Homography = NDArray[np.float64]


def homography(source: Points, target: Points) -> Homography:
    """H with target ~ H · source, by the normalised direct linear transformation.

    Each pair of points gives two equations linear in the nine entries of H; the unit vector
    that comes closest to solving them all is the right singular vector of the least singular
    value. (Hartley and Zisserman, Multiple View Geometry in Computer Vision, second edition,
    algorithm 4.2.)

    Parameters
    ----------
    source, target : ndarray of float64, shape (n, 2)
        At least four pairs, of which no three points lie on a line.

    Returns
    -------
    ndarray of float64, shape (3, 3)
        Scaled so that the last entry is 1.
    """
    to_source, to_target = _normaliser(source), _normaliser(target)
    x, y = project(to_source, source).T
    u, v = project(to_target, target).T
    one, zero = np.ones_like(x), np.zeros_like(x)
    equations = np.concatenate(
        [
            np.stack([x, y, one, zero, zero, zero, -u * x, -u * y, -u], axis=1),
            np.stack([zero, zero, zero, x, y, one, -v * x, -v * y, -v], axis=1),
        ]
    )
    solution = np.linalg.svd(equations)[2][-1].reshape(3, 3)
    unscaled = np.linalg.inv(to_target) @ solution @ to_source
    mapping: Homography = unscaled / unscaled[2, 2]
    return mapping


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


def _normaliser(points: Points) -> Homography:
    """Similarity that takes the centroid to 0 and the mean distance from it to √2."""
    centre = points.mean(axis=0)
    scale = np.sqrt(2) / np.linalg.norm(points - centre, axis=1).mean()
    return np.array([[scale, 0, -scale * centre[0]], [0, scale, -scale * centre[1]], [0, 0, 1]])
