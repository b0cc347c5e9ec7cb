"""Draw a sheet of the synthetic lines that the sequence model is trained on: docs/lines.png.

Run in a clone: python -m tools.make_lines
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from digitnet.datasets.mnist import load_sample
from digitnet.images.png import save_png
from digitnet.numbers.strip import ROWS
from tools.lines.compose import compose

_WIDTH, _LINES = 960, 12  # pixels, and lines of the sheet
_GAP = 10  # pixels between two
_SEED = 3


def main() -> None:
    """Write the sheet."""
    digits, rng = load_sample().train, np.random.default_rng(_SEED)
    by_digit = [np.flatnonzero(digits.labels == digit) for digit in range(10)]
    sheet = Image.new("L", (_WIDTH, _LINES * (ROWS + _GAP) - _GAP), 255)
    x = y = 0
    while y < sheet.height:
        strip = compose(digits.images, by_digit, rng).strip
        if x + strip.shape[1] > _WIDTH:
            x, y = 0, y + ROWS + _GAP
        sheet.paste(Image.fromarray(np.uint8(255 * (1 - strip.clip(0, 1)))), (x, y))
        x += strip.shape[1] + _GAP
    save_png(Path("docs/lines.png"), sheet)


if __name__ == "__main__":
    main()
