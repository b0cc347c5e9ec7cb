"""The lesson of docs/classroom.md works as it stands, without a network."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitnet.datasets.mnist import load_sample
from tests.helpers.commands import process
from tests.helpers.filled_sheets import filled, photographed

LESSON = Path(__file__).parent.parent / "docs" / "classroom.md"
BLOCKS = re.findall(r"```sh\n(.*?)```", LESSON.read_text(encoding="utf-8"), re.DOTALL)
COMMANDS = "".join(BLOCKS).splitlines()


def test_the_parts_of_the_lesson_are_its_45_minutes() -> None:
    minutes = re.findall(r"^## \d\. .*\((\d+) minutes\)$", LESSON.read_text("utf-8"), re.MULTILINE)
    assert sum(map(int, minutes)) == 45


@pytest.mark.slow
def test_every_command_of_the_lesson_works_in_its_order(
    tmp_path: Path, rng: np.random.Generator
) -> None:
    test = load_sample().test
    (four, *_) = np.flatnonzero(test.labels == 4)
    drawn = Image.fromarray(255 - test.images[four]).resize((280, 280), Image.Resampling.BICUBIC)
    drawn.save(tmp_path / "digit.png")
    Image.fromarray(photographed(rng, filled(rng).page)).save(tmp_path / "photo.jpg", quality=90)
    assert len(COMMANDS) >= 15
    told = {}
    for command in COMMANDS:
        program, *args = shlex.split(command)
        assert program == "digitnet"
        # No browser is opened here.
        done = process(tmp_path, *args, BROWSER="/bin/true %s")
        assert done.code == 0, (command, done.err)
        told[command] = done.out + done.err
    trained = told["digitnet train --dataset sample --seed 1 --watch"]
    assert re.search(r"epoch +0 .*validation +(8|9|10|11|12)\.\d+% +untrained", trained)
    worked = told["digitnet explain"]
    assert re.search(r"c = 0\.334, before 0\.481", worked)
    assert "for ever" in worked
    assert "trained.html" in told["digitnet draw --out trained.html"]
    assert "read by models/digitnet.npz (784-15-10" in told["digitnet draw --out trained.html"]
    assert {path.name for path in tmp_path.glob("*.html")} == {"ours.html", "trained.html"}
    assert {path.name for path in tmp_path.glob("*.pdf")} == {"digitnet-sheet.pdf"}
