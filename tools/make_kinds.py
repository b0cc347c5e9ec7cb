"""Make docs/kinds.png: kinds of pictures that digitnet reads, and what the network gets of each.

Run in a clone: python -m tools.make_kinds

Of each kind, two moderate pictures and two strong ones, as the tests make them (tests/synthetic),
and below each the 28 × 28 that the network gets. The digits are MNIST's, CC BY-SA 3.0: so is the
picture.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from digitnet.images.form.mnist import to_mnist
from digitnet.images.picture import open_picture
from digitnet.images.pipeline import find_ink
from digitnet.model.model import Model, bundled_model
from tests.synthetic.kinds import KINDS, picture
from tests.synthetic.score import chosen

TARGET = Path(__file__).parent.parent / "docs" / "kinds.png"
SIDE = (200, 320)
STRENGTHS = ("moderate", "moderate", "strong", "strong")
COLUMNS = 4
THUMB, SEEN, GAP, LABEL = 64, 28, 4, 16
CELL = (len(STRENGTHS) * (THUMB + GAP) + 3 * GAP, LABEL + THUMB + SEEN + 4 * GAP)
COLOURS = 128


def thumbnail(file: io.BytesIO) -> Image.Image:
    """Fit the picture into a square; what is transparent is grey, and the tiny are enlarged."""
    photo = Image.open(file).convert("RGBA")
    ground = Image.new("RGBA", photo.size, (190, 190, 190, 255))
    ground.alpha_composite(photo)
    small = ground.convert("RGB")
    if max(small.size) < THUMB:
        return small.resize((THUMB, THUMB), Image.Resampling.NEAREST)
    small.thumbnail((THUMB, THUMB), Image.Resampling.BOX)
    return small


def row(kind: str, number: int, model: Model) -> Image.Image:
    """The kind's name, its pictures, and below each what the network gets."""
    cell = Image.new("RGB", CELL, "white")
    ImageDraw.Draw(cell).text((0, 0), kind, "black", ImageFont.load_default(size=12))
    for place, strength in enumerate(STRENGTHS):
        seed = 7 * number + 3 * place
        file = picture(kind, strength, chosen(seed)[0], SIDE, seed)
        form = to_mnist(find_ink(open_picture(file)).pixels)
        seen = Image.fromarray(model.prepare(form[np.newaxis])[0])
        left = place * (THUMB + GAP)
        photo = thumbnail(file)
        cell.paste(photo, (left + (THUMB - photo.width) // 2, LABEL + THUMB - photo.height))
        cell.paste(seen, (left + (THUMB - SEEN) // 2, LABEL + THUMB + GAP))
    return cell


def main() -> None:
    """Make docs/kinds.png."""
    model = bundled_model("large")
    rows = -(-len(KINDS) // COLUMNS)
    page = Image.new("RGB", (COLUMNS * CELL[0] + GAP, rows * CELL[1]), "white")
    for number, kind in enumerate(KINDS):
        down, across = divmod(number, COLUMNS)
        page.paste(row(kind, number, model), (across * CELL[0] + GAP, down * CELL[1] + GAP))
    # Few colours keep the file light; the octree keeps those that are rare, the inks.
    few = page.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(TARGET, "PNG", optimize=True)
    print(f"{TARGET}: {TARGET.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
