"""Golden arrays: the picture after every stage of the pipeline, from grey levels to certainty.

`python -m tests.reading.test_golden` writes them anew, after a change that is meant.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from digitnet.model.model import bundled_model
from digitnet.reading.pipeline import PIPELINE
from digitnet.reading.reader import Reader
from digitnet.reading.stages import as_levels
from tests.helpers.pictures import page

GOLDEN = Path(__file__).with_name("golden.npz")


def picture() -> NDArray[np.uint8]:
    """407 on paper in uneven light, with a ruled line, a speck, and a dark table around."""
    paper = Image.open(page(4, 0, 7)).convert("L")
    pen = ImageDraw.Draw(paper)
    pen.line([(0, 140), (paper.width, 140)], 150, 2)
    pen.rectangle([(8, 10), (11, 13)], 40)
    light = np.linspace(1.0, 0.7, paper.width)
    lit = np.asarray(paper) * light
    return np.pad(lit.astype(np.uint8), 24, constant_values=30)


def stages() -> dict[str, NDArray[Any]]:
    """The picture after each stage."""
    found: dict[str, NDArray[Any]] = {}
    Reader(bundled_model("small")).read(picture(), watch=found.__setitem__)
    return {name: as_levels(after) for name, after in found.items()}


@pytest.fixture(scope="module")
def after() -> dict[str, NDArray[Any]]:
    return stages()


@pytest.mark.parametrize("name", [stage.name for stage in PIPELINE.stages])
def test_the_picture_after_each_stage_is_the_golden_one(
    after: dict[str, NDArray[Any]], name: str
) -> None:
    with np.load(GOLDEN) as golden:
        assert after[name].shape == golden[name].shape
        # Other machines round other ways: by a level, and at few pixels.
        off = np.abs(after[name].astype(int) - golden[name])
    assert np.mean(off > 1) < 0.002


def test_every_stage_has_its_golden_array() -> None:
    with np.load(GOLDEN) as golden:
        assert set(golden) == {"picture", *(stage.name for stage in PIPELINE.stages)}


if __name__ == "__main__":
    np.savez_compressed(GOLDEN, **stages())  # type: ignore[arg-type]
