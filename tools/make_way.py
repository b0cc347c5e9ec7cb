"""Make docs/way.md: a picture after each stage of its way, from a photo to what the network sees.

Run in a clone: python -m tools.make_way

The photo is made by the project: a digit of the bundled sample, which is MNIST's (CC BY-SA 3.0;
so are the pictures), on ruled paper on a table, with an underline, specks and a slope of light.
The stages are read from `digitnet.images.pipeline.PIPELINE`.
"""

from __future__ import annotations

import io
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.images.form.mnist import to_mnist
from digitnet.images.form.moments import moment_normalise
from digitnet.images.picture import open_picture
from digitnet.images.pipeline import PIPELINE, find_ink
from digitnet.images.stage import Stage
from tests.synthetic.around import sheet
from tests.synthetic.beside import underline
from tests.synthetic.photos import PHOTOS
from tests.synthetic.scene import BLUE, WHITE, photo
from tests.synthetic.score import chosen

DOCS = Path(__file__).parent.parent / "docs"
SIDE = 300  # pixels of a picture's longer side on the page
SEED, DIGIT, LEVEL = 9, 4, 2

HEAD = """# The way of a picture

Made by `python -m tools.make_way`, which reads the stages from
[images/way.py](../dignet/images/way.py). The photo is made by the project, from a digit of MNIST
(CC BY-SA 3.0), and so are the pictures: a sheet of ruled paper on a table, with an underline,
specks and a slope of light. Each picture is what is left after a stage
that changed something; the last two are the digit in MNIST's form, and what the network sees.
[stages.md](stages.md) says what each stage is worth.
""".replace("dignet", "digitnet")


def real_looking() -> io.BytesIO:
    """A photo in which every part of the way has something to do."""
    rng = np.random.default_rng(SEED)
    plain = PHOTOS["ruled lines"](LEVEL, rng)
    scene = replace(
        plain,
        size=(0.36, 0.42),
        weight=2.0,
        rules=0.5,
        spacing=0.75,
        specks=12,
        beside=partial(underline, width=0.07, gap=(0.15, 0.2), twice=False),
        beside_ink=BLUE,
        sheet=partial(sheet, tilt=0.1, gap=(0.55, 0.8)),
        paper=WHITE,
        knots=0.06,
        fall=0.35,
        noise=0.012,
    )
    digit = chosen(DIGIT)[0]
    return photo(scene, digit, (460, 460), rng)


def saved(name: str, picture: NDArray[Any]) -> str:
    """Write a picture of the page: contrast and ink light on dark, as the code has them."""
    levels = picture if picture.dtype == np.uint8 else np.rint(255 * picture.clip(0, 1))
    image = Image.fromarray(levels.astype(np.uint8))
    scale = SIDE / max(image.size)
    how = Image.Resampling.NEAREST if scale > 2 else Image.Resampling.BOX
    image.resize((round(image.width * scale), round(image.height * scale)), how).quantize(64).save(
        DOCS / "way" / f"{name}.png", optimize=True
    )
    return f"![{name}](way/{name}.png)"


def main() -> None:
    """Make docs/way.md and its pictures."""
    (DOCS / "way").mkdir(exist_ok=True)
    file = real_looking()
    (DOCS / "way" / "photo.jpg").write_bytes(file.getvalue())
    kept: dict[str, NDArray[Any]] = {}
    ink = find_ink(open_picture(file, "photo"), watch=kept.__setitem__)
    form = to_mnist(ink.pixels)
    stages: tuple[Stage[Any, Any], ...] = (*PIPELINE.on_levels, *PIPELINE.on_contrast)
    text = [HEAD, "## photo\n\nThe picture as it was taken.\n\n![photo](way/photo.jpg)\n"]
    says = {stage.name: f"{stage.said(ink.found[stage.name])}." for stage in stages}
    says["contrast"] = (
        "How far each pixel stands out from its paper, whose light is followed: "
        "the paper is dark now, the ink is light."
    )
    says["ink"] = "Contrast by that of full ink: 0 is paper, 1 is ink."
    for name, picture in kept.items():
        if ink.found.get(name, 1):
            text.append(f"## {name}\n\n{says[name]}\n\n{saved(name, picture)}\n")
    passed = [stage.name for stage in stages if not ink.found[stage.name]]
    text.append(f"Nothing was found by: {', '.join(passed)}.\n")
    text.append(
        "## form\n\nScaled into 20 × 20 by area averaging, with strokes of MNIST's weight, its "
        f"centre of mass in the centre of 28 × 28.\n\n{saved('form', form)}\n"
    )
    seen = moment_normalise(form[None])[0]
    text.append(
        "## seen\n\nPlace, size and slant taken out, as for MNIST's digits: what the network "
        f"sees.\n\n{saved('seen', seen)}\n"
    )
    (DOCS / "way.md").write_text("\n".join(text), encoding="utf-8")
    print(f"{DOCS / 'way.md'}: {'; '.join(ink.mended)}")


if __name__ == "__main__":
    main()
