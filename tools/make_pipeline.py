"""Make docs/pipeline.md: a picture after each stage, from a photo to the certainties.

Run in a clone: python -m tools.make_pipeline

The photo is made by the project: a digit of the bundled sample, which is MNIST's (CC BY-SA 3.0;
so are the pictures), on ruled paper on a table, with an underline, specks and a slope of light.
The stages are those of `digitnet.reading.pipeline.PIPELINE`.
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

from digitnet.model.model import bundled_model
from digitnet.reading.pipeline import PIPELINE
from digitnet.reading.reader import Reader
from digitnet.reading.stages import as_levels
from tests.synthetic.around import sheet
from tests.synthetic.beside import underline
from tests.synthetic.photos import PHOTOS
from tests.synthetic.scene import BLUE, WHITE, photo
from tests.synthetic.score import chosen

DOCS = Path(__file__).parent.parent / "docs"
SIDE = 300  # pixels of a picture's longer side on the page
SEED, DIGIT, LEVEL = 9, 4, 2

HEAD = """# The pipeline

Made by `python -m tools.make_pipeline`, which takes the stages from
[reading/pipeline.py](../digitnet/reading/pipeline.py). The photo is made by the project, from a
digit of MNIST (CC BY-SA 3.0), and so are the pictures: a sheet of ruled paper on a table, with an
underline, specks and a slope of light. Below each stage is the picture after it, if it changed
something. [stages.md](stages.md) says what each stage is worth.
"""
WORDS = {
    "contrast": "The contrast of each pixel to its paper, whose light is followed.",
    "ink": "Contrast by that of full ink: 0 is paper, 1 is ink.",
    "pieces": "The connected pieces of the ink, with the fragments that belong to them.",
    "hypotheses": "What the ink may be, each by its probability: {hypotheses}.",
    "digits": "Each digit in MNIST's form: scaled into 20 × 20, its centre of mass in the centre "
    "of 28 × 28. Below, what the network sees of it: place, size and slant are taken out.",
    "certainty": "{answer}.",
}


def real_looking() -> io.BytesIO:
    """A photo in which most stages have something to do."""
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
    image = Image.fromarray(as_levels(picture))
    scale = SIDE / max(image.size)
    how = Image.Resampling.NEAREST if scale > 2 else Image.Resampling.BOX
    image.resize((round(image.width * scale), round(image.height * scale)), how).quantize(64).save(
        DOCS / "pipeline" / f"{name}.png", optimize=True
    )
    return f"![{name}](pipeline/{name}.png)"


def named(page: Any) -> str:
    """Each hypothesis and its probability."""
    return ", ".join(
        f"{one.text}{' turned' * one.turned} ({one.probability:.1%})" for one in page.hypotheses
    )


def main() -> None:
    """Make docs/pipeline.md and its pictures."""
    (DOCS / "pipeline").mkdir(exist_ok=True)
    file = real_looking()
    (DOCS / "pipeline" / "photo.jpg").write_bytes(file.getvalue())
    after: dict[str, NDArray[Any]] = {}
    reading = Reader(bundled_model("large")).read(file, "photo", watch=after.__setitem__)
    ink = reading.ink
    words = WORDS | {
        "hypotheses": WORDS["hypotheses"].format(hypotheses=named(reading.ink)),
        "certainty": WORDS["certainty"].format(answer=repr(reading)),
    }
    text = [HEAD, "## picture\n\nThe picture as it was taken.\n\n![photo](pipeline/photo.jpg)\n"]
    before = after["picture"]
    for stage in PIPELINE.stages:
        picture = after[stage.name]
        says = words.get(stage.name) or stage.says(ink.found[stage.name])
        shown = "" if picture is before or len(picture) < 2 else f"{saved(stage.name, picture)}\n"
        text.append(f"## {stage.name}\n\n{says or 'Nothing was found.'}\n\n{shown}".rstrip() + "\n")
        before = picture
    (DOCS / "pipeline.md").write_text("\n".join(text), encoding="utf-8")
    print(f"{DOCS / 'pipeline.md'}: {'; '.join(ink.mended)}")


if __name__ == "__main__":
    main()
