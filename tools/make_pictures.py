"""Make docs/predict.svg and docs/train.svg: the commands as a terminal shows them.

Run in a checkout with MNIST in data/: python tools/make_pictures.py
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from pathlib import Path

import numpy as np
import pexpect
from PIL import Image, ImageFilter
from rich.console import Console
from rich.text import Text

from digitnet import load_sample

DOCS = Path(__file__).parent.parent / "docs"
WIDTH = 80


def photo_of_a_seven(path: Path) -> None:
    """A slanted 7 of the sample, in blue ink on unevenly lit paper, as a phone would take it."""
    digits = load_sample().test
    seven = digits.images[np.flatnonzero(digits.labels == 7)[3]]
    ink = Image.fromarray(seven).resize((420, 420), Image.Resampling.BICUBIC).rotate(-14)
    mask = Image.new("L", (900, 700))
    mask.paste(ink, (330, 90))
    light = np.linspace(250, 150, 900)[None, :] + np.linspace(0, -40, 700)[:, None]
    grain = np.random.default_rng(7).normal(0, 4, (700, 900))
    paper = (light + grain)[..., None] * np.array([1.0, 0.97, 0.9])
    page = Image.fromarray(paper.clip(0, 255).astype(np.uint8))
    page.paste((40, 60, 140), mask=mask.filter(ImageFilter.GaussianBlur(2)))
    page.save(path, quality=80)


def picture(command: list[str], folder: str, target: Path) -> None:
    """Run a command in a terminal and draw what it shows at the end."""
    output = io.StringIO()
    shown = f"$ digitnet {' '.join(command)}\n"
    child = pexpect.spawn(
        sys.executable,
        ["-m", "digitnet", *command],
        cwd=folder,
        dimensions=(60, WIDTH),
        encoding="utf-8",
        timeout=120,
    )
    child.logfile_read = output
    child.expect(pexpect.EOF)
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text(shown, style="bold") + Text.from_ansi(last_frames(output.getvalue())))
    target.write_text(console.export_svg(title="digitnet"), encoding="utf-8")


def last_frames(output: str) -> str:
    """Keep of a live display what is on the screen when it ends."""
    lines: list[str] = []
    for line in output.replace("\r\n", "\n").split("\n"):
        lines.append(line.split("\r")[-1].replace("\x1b[2K", "").replace("\x1b[?25h", ""))
    return "\n".join(lines)


def main() -> None:
    """Make docs/predict.svg and docs/train.svg."""
    DOCS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DIGITNET_MODEL"] = "models/digitnet.npz"  # not in the folder of whoever runs it
        photo_of_a_seven(Path(folder) / "seven.jpg")
        picture(["predict", "--show", "seven.jpg"], folder, DOCS / "predict.svg")
        os.environ["DIGITNET_DATA"] = str(Path("data").resolve())
        picture(["train", "--seed", "1"], folder, DOCS / "train.svg")


if __name__ == "__main__":
    main()
