"""Make the pictures of what digitnet draws in a terminal: python -m tools.make_views [NAME …].

All digits in them are of the bundled sample (MNIST's, CC BY-SA 3.0, and so are the pictures).
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from digitnet import load_sample
from tools.terminal import draw, shown

BICUBIC: Final = Image.Resampling.BICUBIC
DOCS: Final = Path(__file__).parent.parent / "docs" / "views"
TRAIN: Final = ("train", "--dataset", "sample", "--seed", "1", "--epochs", "10")
VIEWS: Final[dict[str, tuple[tuple[str, ...], int, int]]] = {
    "train": (TRAIN, 80, 24),
    "watch-80x24": ((*TRAIN, "--watch"), 80, 24),
    "watch-160x50": ((*TRAIN, "--watch"), 160, 50),
    "watch-orientations": ((*TRAIN, "--watch", "--inputs", "orientations"), 160, 50),
    "inspect": (("inspect", "model.npz", "--neurons", "3"), 80, 24),
    "inspect-small": (("inspect", "small", "--neurons", "3"), 80, 24),
    "mistakes": (
        ("eval", "--dataset", "sample", "--model", "model.npz", "--mistakes", "8"), 80, 24,
    ),
    "explain": (("explain",), 80, 24),
    "explain-curve": (("explain", "2^x"), 80, 24),
    "predict": (("predict", "--show", "seven.jpg"), 80, 24),
    "number": (("predict", "--number", "number.jpg", "--show"), 80, 24),
    "explain-picture": (("explain", "seven.png", "--model", "small"), 80, 24),
}  # fmt: skip
"""Name of each picture: the command, and columns and rows of the terminal."""
FIRST: Final = {"number": 20}
"""Lines of what is longer: the stages of each digit follow."""


def photographed(digits: NDArray[np.uint8], turned: float, path: Path) -> None:
    """Write a photo of digits in blue ink on unevenly lit paper, as a telephone would take it."""
    large = Image.fromarray(digits).resize([15 * n for n in digits.shape[::-1]], BICUBIC)
    ink = large.rotate(turned, BICUBIC)
    size = (ink.width + 480, 700)
    mask = Image.new("L", size)
    mask.paste(ink, (330, 90))
    light = np.linspace(250, 150, size[0])[None, :] + np.linspace(0, -40, size[1])[:, None]
    grain = np.random.default_rng(7).normal(0, 4, size[::-1])
    paper = (light + grain)[..., None] * np.array([1.0, 0.97, 0.9])
    page = Image.fromarray(paper.clip(0, 255).astype(np.uint8))
    page.paste((40, 60, 140), mask=mask.filter(ImageFilter.GaussianBlur(2)))
    page.save(path, quality=80)


def write_pictures(folder: Path) -> None:
    """Write the digits of the sample that the commands read."""
    digits = load_sample().test
    of = [digits.images[digits.labels == digit] for digit in range(10)]
    seven = of[7][3]
    Image.fromarray(255 - seven).resize((280, 280), BICUBIC).save(folder / "seven.png")
    photographed(seven, -14, folder / "seven.jpg")
    number = np.concatenate([of[digit][n] for n, digit in enumerate((2, 0, 7, 4, 9))], axis=1)
    photographed(number, 0, folder / "number.jpg")


def main() -> None:
    """Make docs/views/*.png, or those that are named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(VIEWS))
    names = parser.parse_args().names or VIEWS
    DOCS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DIGITNET_MODEL"] = "models/digitnet.npz"  # not in the folder of whoever runs it
        write_pictures(Path(folder))
        shown([*TRAIN, "--model", "model.npz"], folder, 80, 24)
        for name in names:
            command, columns, rows = VIEWS[name]
            lines = shown([*command], folder, columns, rows).split("\n")[: FIRST.get(name)]
            text = "\n".join([f"$ digitnet {' '.join(command)}", *lines])
            draw(text, columns, DOCS / f"{name}.png")
            for model in (Path(folder) / "models").glob("*"):  # each run is a first one
                model.unlink()


if __name__ == "__main__":
    main()
