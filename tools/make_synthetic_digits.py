"""Draw a sheet of the synthetic digits of the preset robust: docs/synthetic-digits.png.

Run in a clone: python -m tools.make_synthetic_digits [FILE]
Ten rows are drawn digits, four are the sample's 1, 4, 7 and 9 as European digits, and four are
non-digits.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.datasets.mnist import load_sample
from digitnet.synthesis.drawn import draw_digits
from digitnet.synthesis.european import draw_european
from digitnet.synthesis.non_digits import draw_non_digits

COLUMNS = 26
ENLARGED = 2
PAPER = 255


def rows() -> list[NDArray[np.uint8]]:
    """Rows of pictures, each (COLUMNS, 28, 28)."""
    rng = np.random.default_rng(1)
    images, labels = draw_digits(40 * COLUMNS, rng)
    found = [images[labels == digit][:COLUMNS] for digit in range(10)]
    sample = load_sample().train
    redrawn = draw_european(sample.images, sample.labels, rng, 1.0)
    found += [redrawn[sample.labels == digit][:COLUMNS] for digit in (1, 4, 7, 9)]
    drawn = draw_non_digits(sample.images, sample.labels, 4 * COLUMNS, rng)
    return [*found, *drawn.reshape(4, COLUMNS, 28, 28)]


def main() -> None:
    """Draw the sheet, dark on light."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=Path("docs/synthetic-digits.png"))
    file = parser.parse_args().file
    lines = [PAPER - np.hstack(list(row)) for row in rows()]
    gap = np.full((10, lines[0].shape[1]), PAPER, np.uint8)
    sheet = np.vstack([*lines[:10], gap, *lines[10:14], gap, *lines[14:]])
    page = Image.fromarray(sheet)
    page.resize((ENLARGED * page.width, ENLARGED * page.height), Image.Resampling.NEAREST).save(
        file, optimize=True
    )


if __name__ == "__main__":
    main()
