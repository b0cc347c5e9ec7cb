"""Make the pictures of what digitnet draws in a terminal: python -m tools.make_views.

All digits in them are of the bundled sample (MNIST's, CC BY-SA 3.0, and so are the pictures).
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from digitnet import load_sample
from tools.terminal import draw, shown

DOCS: Final = Path(__file__).parent.parent / "docs" / "views"
TRAIN: Final = ("train", "--dataset", "sample", "--seed", "1", "--epochs", "10")
VIEWS: Final[dict[str, tuple[tuple[str, ...], int, int]]] = {
    "train": (TRAIN, 80, 24),
    "watch-80x24": ((*TRAIN, "--watch"), 80, 24),
    "watch-160x50": ((*TRAIN, "--watch"), 160, 50),
    "watch-directions": ((*TRAIN, "--watch", "--inputs", "directions"), 160, 50),
    "inspect": (("inspect", "model.npz", "--neurons", "3"), 80, 24),
    "inspect-small": (("inspect", "small", "--neurons", "3"), 80, 24),
    "mistakes": (
        ("eval", "--dataset", "sample", "--model", "model.npz", "--mistakes", "8"), 80, 24,
    ),
    "explain": (("explain",), 80, 24),
    "explain-curve": (("explain", "2^x"), 80, 24),
    "explain-picture": (("explain", "seven.png", "--model", "small"), 80, 24),
}  # fmt: skip
"""Name of each picture: the command, and columns and rows of the terminal."""


def main() -> None:
    """Make docs/views/*.png."""
    DOCS.mkdir(parents=True, exist_ok=True)
    digits = load_sample().test
    seven = digits.images[np.flatnonzero(digits.labels == 7)[3]]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DIGITNET_MODEL"] = "models/digitnet.npz"  # not in the folder of whoever runs it
        large = Image.fromarray(255 - seven).resize((280, 280), Image.Resampling.BICUBIC)
        large.save(Path(folder) / "seven.png")
        shown([*TRAIN, "--model", "model.npz"], folder, 80, 24)
        for name, (command, columns, rows) in VIEWS.items():
            text = f"$ digitnet {' '.join(command)}\n{shown([*command], folder, columns, rows)}"
            draw(text, columns, DOCS / f"{name}.png")
            for model in (Path(folder) / "models").glob("*"):  # each run is a first one
                model.unlink()


if __name__ == "__main__":
    main()
