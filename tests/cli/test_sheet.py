"""digitnet sheet, as its user sees it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitnet.sheet.page import draw_sheet
from tests.helpers.commands import here, process
from tests.helpers.filled_sheets import filled, photographed

NEXT = (
    "Print it, fill it in with a dark pen and photograph the whole sheet. Then run:\n"
    "  digitnet sheet --read photo.jpg --into my-digits\n"
)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_page_is_written_as_a_pdf_of_a4_if_nothing_is_asked_for() -> None:
    done = here("sheet")
    assert done == (
        0,
        f"Wrote digitnet-sheet.pdf: a sheet of A4 with boxes for ten of each digit\n{NEXT}",
        "",
    )
    assert Path("digitnet-sheet.pdf").read_bytes().startswith(b"%PDF-")
    assert [path.name for path in Path().iterdir()] == ["digitnet-sheet.pdf"]


def test_paper_and_file_can_be_chosen() -> None:
    done = here("sheet", "--paper", "Letter", "--out", "pages/mine.png")
    assert done == (
        0,
        f"Wrote pages/mine.png: a sheet of Letter with boxes for ten of each digit\n{NEXT}",
        "",
    )
    with Image.open("pages/mine.png") as page:
        assert np.array_equal(np.asarray(page), np.asarray(draw_sheet("Letter")))


def test_a_photo_becomes_a_folder_that_eval_reads(rng: np.random.Generator) -> None:
    sheet = filled(rng, share=0.5)
    Image.fromarray(photographed(rng, sheet.page, angle=190)).save("photo.jpg", quality=90)
    counts = [sum(label == digit for label, _ in sheet.edges) for digit in range(10)]
    code, out, err = process(Path.cwd(), "sheet", "--read", "photo.jpg", "--into", "mine")
    assert (code, err) == (0, "")
    assert [" ".join(line.split()) for line in out.splitlines() if line.strip(" ─")] == [
        f"Read {len(sheet.edges)} digits from photo.jpg into mine",
        "digit 0 1 2 3 4 5 6 7 8 9",
        f"boxes {' '.join(map(str, counts))}",
        "See how well they are read: digitnet eval mine",
        "Train with them: digitnet train --add mine",
    ]
    files = sorted(str(path) for path in Path("mine").rglob("*.png"))
    assert files == sorted(f"mine/{label}/photo-{n:02}.png" for label, n in sheet.edges)
    scored = here("eval", "mine", "--json")
    assert scored.code == 0
    assert f'"count": {len(sheet.edges)}' in scored.out


def test_a_page_that_is_still_empty_is_said_to_be() -> None:
    draw_sheet().save("empty.png")
    assert here("sheet", "--read", "empty.png", "--into", "mine") == (
        1,
        "",
        "Error: No box of the sheet in empty.png is filled in.\n"
        "  Expected handwritten digits in the boxes, found only paper.\n"
        "  Write into the boxes with a dark pen, and photograph the page again.\n",
    )
    assert not Path("mine").exists()


def test_a_photo_of_something_else_gets_the_advice_and_writes_nothing() -> None:
    Image.new("L", (400, 300), 180).save("cat.png")
    done = here("sheet", "--read", "cat.png", "--into", "mine")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("Error: The corner marks of the sheet are not all in cat.png.\n")
    assert not Path("mine").exists()


@pytest.mark.parametrize(
    ("args", "wrong"),
    [
        (["--read", "photo.jpg"], "Invalid value for '--read': needs --into FOLDER beside it."),
        (["--into", "mine"], "Invalid value for '--into': needs --read PHOTO beside it."),
        (
            ["--read", "photo.jpg", "--into", "mine", "--paper", "A4"],
            "Invalid value for '--paper': has no use with --read.",
        ),
        (
            ["--read", "photo.jpg", "--into", "mine", "--out", "a.png"],
            "Invalid value for '--out': has no use with --read.",
        ),
        (["--paper", "A3"], "'A3' is not one of 'A4', 'Letter'."),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(args: list[str], wrong: str) -> None:
    done = here("sheet", *args)
    assert (done.code, done.out) == (2, "")
    assert wrong in " ".join(done.err.replace("│", " ").split())
    assert list(Path().iterdir()) == []
