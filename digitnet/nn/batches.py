"""Mini-batches: examples in a new order each epoch, as the columns of X and y."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import DTypeLike, NDArray

from digitnet.nn.functions import Array

CHUNK = 512
"""Examples fetched at a time: 784 × 512 float32 fit into a core's cache."""


Inputs = Callable[[NDArray[Any]], Array]
"""The input of a network for pictures, shape (n, …): the columns of X, as rows."""


class Examples(Protocol):
    """Labelled pictures.

    Attributes
    ----------
    images : ndarray, shape (N, …)
        Bytes from 0 to 255, or floats, which are used unchanged. May be memory-mapped.
    labels : ndarray of integers, shape (N,)
    """

    @property
    def images(self) -> NDArray[Any]:
        """Pictures along the first axis."""

    @property
    def labels(self) -> NDArray[Any]:
        """The label of each picture."""


@dataclass(frozen=True)
class Labelled:
    """Examples of any shape and type, which `Digits` does not allow."""

    images: NDArray[Any]
    labels: NDArray[Any]


def shuffled(count: int, rng: np.random.Generator) -> NDArray[np.int32]:
    """Draw the order of so many examples in an epoch, shape (count,).

    It has half the size of NumPy's default integers, which is most of the memory that grows with
    the set.
    """
    order = np.arange(count, dtype=np.int32)
    rng.shuffle(order)
    return order


def mini_batches(
    examples: Examples,
    batch_size: int,
    outputs: int,
    dtype: DTypeLike = np.float32,
    order: NDArray[np.integer] | None = None,
    distort: Callable[[NDArray[Any]], NDArray[Any]] | None = None,
    inputs: Inputs | None = None,
) -> Iterator[tuple[Array, Array]]:
    """X, shape (inputs, batch), and y, shape (outputs, batch), of one epoch; the last may be short.

    Bytes become brightness from 0 to 1, unless `inputs` computes other inputs. The arrays are views
    into buffers that the next mini-batches overwrite: memory does not grow with the examples.

    Parameters
    ----------
    examples : Examples
        N labelled pictures.
    batch_size : int
        Columns of X and y.
    outputs : int
        Rows of y: 1 for the digit shown, 0 elsewhere.
    dtype : dtype
        Of X and y.
    order : ndarray of int, shape (N,), optional
        Indices of the examples in order; by default 0 to N - 1.
    distort : callable, optional
        Changes some pictures, shape (n, …), before their inputs are computed.
    inputs : callable, optional
        The input of the network for some pictures: from shape (n, …) to (n, inputs).
    """
    images = np.asarray(examples.images)  # the class of a memory map would slow down each call
    rows = images.reshape(len(images), math.prod(images.shape[1:]))
    order = np.arange(len(rows), dtype=np.int32) if order is None else order
    batch_size = min(batch_size, max(1, len(order)))
    chunk = max(1, CHUNK // batch_size) * batch_size
    fetched = np.empty((chunk, rows.shape[1]), rows.dtype)
    width = rows.shape[1] if inputs is None else inputs(images[:1]).shape[1]
    seen = np.empty((chunk, width), dtype)
    shown = np.zeros(chunk, examples.labels.dtype)
    y = np.empty((chunk // batch_size, outputs, batch_size), dtype)
    digits = np.arange(outputs).reshape(outputs, 1)
    for start in range(0, len(order), chunk):
        picked = order[start : start + chunk]
        count = len(picked)
        # `picked` holds only indices of rows; "clip" lets NumPy write into `out` without a copy.
        np.take(rows, picked, axis=0, out=fetched[:count], mode="clip")
        if distort is not None:
            changed = distort(fetched[:count].reshape(-1, *images.shape[1:]))
            fetched[:count] = changed.reshape(count, -1)
        if inputs is not None:
            seen[:count] = inputs(fetched[:count].reshape(-1, *images.shape[1:]))
        else:
            seen[:count] = fetched[:count]
            if rows.dtype == np.uint8:
                seen[:count] /= 255
        shown[:count] = examples.labels[picked]
        np.equal(shown.reshape(-1, 1, batch_size), digits, out=y)
        for i, first in enumerate(range(0, count, batch_size)):
            last = min(first + batch_size, count)
            yield seen[first:last].T, y[i, :, : last - first]
