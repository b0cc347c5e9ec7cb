"""Make docs/draw-*.png: the page of `digitnet draw` at three widths, light and dark.

Run in a clone, with the extra dev and a browser: python -m tools.make_page_pictures

A digit is drawn on the page of the small model by a real pointer in a Chromium without a window;
one picture has a neuron chosen, one the middle of the film, one the whole page.
"""

from __future__ import annotations

import base64
import io
import tempfile
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from digitnet.model.history_file import bundled_history
from digitnet.model.model import bundled_model
from tests.helpers.browser import Page, browser

DOCS = Path(__file__).parent.parent / "docs"
COLOURS: Final = 256
SIZES: Final = {360: 1180, 1280: 960, 1920: 1080}
"""Width of the window, and its height: a telephone's is longer than it shows at once."""
FOUR: Final = [
    np.array([(106, 42), (84, 98), (70, 146), (126, 151), (210, 148)], np.float64),
    np.array([(179, 92), (176, 154), (168, 252)], np.float64),
]
TWO: Final = [
    np.array(
        [(84, 84), (112, 45), (168, 45), (190, 84), (150, 150), (80, 224), (140, 222), (210, 226)],
        np.float64,
    )
]


def shoot(page: Page, name: str, *, whole: bool = False) -> None:
    """Write a picture of the window, or of the whole page, in a few colours."""
    page.later("new Promise((go) => setTimeout(go, 400))")  # until nothing fades any more
    asked = {"format": "png", "captureBeyondViewport": whole}
    if whole:
        size = page.run(
            "const e = document.documentElement; return [e.clientWidth, e.scrollHeight]"
        )
        asked["clip"] = {"x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 1}
    taken = page.chrome.execute_cdp_cmd("Page.captureScreenshot", asked)["data"]
    picture = Image.open(io.BytesIO(base64.b64decode(taken))).convert("RGB")
    path = DOCS / f"draw-{name}.png"
    few = picture.quantize(COLOURS, kmeans=3, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    print(f"{path}: {picture.width} × {picture.height}, {path.stat().st_size / 1000:.0f} kB")


def main() -> None:
    """Make all the pictures."""
    model, history = bundled_model("small"), bundled_history("small")
    name = "the bundled small model"
    with tempfile.TemporaryDirectory() as folder, browser() as chrome:
        page = Page(chrome, Path(folder))
        chrome.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
        for width, height in SIZES.items():
            for scheme in ("light", "dark"):
                page.size(width, height, prefers_color_scheme=scheme)
                page.open(model, history, name)
                page.draw(FOUR)
                page.run("scrollTo(0, 0)")
                shoot(page, f"{width}-{scheme}")
        page.size(1280, SIZES[1280], prefers_color_scheme="light")
        page.open(model, history, name)
        page.draw(TWO)
        shoot(page, "whole", whole=True)
        page.run("scrollTo(0, 0); stage.elements[0][0].focus()")
        shoot(page, "neuron")
        page.run("document.activeElement.blur(); go(0)")
        shoot(page, "untrained")


if __name__ == "__main__":
    main()
