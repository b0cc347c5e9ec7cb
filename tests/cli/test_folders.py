"""Folders that hold more than pictures: what is read, and what is said of the rest."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from PIL import Image

from digitnet.datasets.mnist import load_sample
from digitnet.sheet.page import save_sheet
from tests.helpers.commands import here, process, read_by, save_constant
from tests.helpers.pictures import png

HEIC = bytes.fromhex("0000001866747970") + b"heic\0\0\0\0mif1heic" + bytes(100)

BY = read_by("m.npz")

LEFT_OUT = """\
Left out of d: 2 .txt files. .txt is no format that is read.
Left out of d: 1 PDF file. Save the pages of a PDF as PNG or JPEG.
Left out of d: 1 folder. --recursive reads what is inside.
Left out of d: 1 HEIC picture. To read HEIC: pip install 'digitnet[heic]'.
"""

NONE = """\
Error: none holds no picture that can be read.
  Expected PNG, JPEG or other pictures in this folder, found 1 PDF file and 2 HEIC pictures.
  Save the pages of a PDF as PNG or JPEG. To read HEIC: pip install 'digitnet[heic]'.
"""

EMPTY = """\
Error: empty holds no picture that can be read.
  Expected PNG, JPEG or other pictures in this folder, found no file.
  Put pictures there, or name another folder.
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders of several kinds of files."""
    monkeypatch.chdir(tmp_path)
    save_constant(Path("m.npz"))
    for name in ("d/inner", "none", "empty"):
        Path(name).mkdir(parents=True)
    for name in ("d/b.png", "d/inner/c.png", "d/.hidden.png"):
        Path(name).write_bytes(png(load_sample().test.images[0], True).getvalue())
    for name in ("d/a.txt", "d/b.TXT", "d/Thumbs.db"):
        Path(name).write_text("text")
    for name in ("d/phone.HEIC", "none/one.heic", "none/two.heif"):
        Path(name).write_bytes(HEIC)
    for name in ("d", "none"):
        save_sheet(Path(name) / "digitnet-sheet.pdf", "A4")
    return tmp_path


@pytest.fixture
def without_heif(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where pillow-heif is not installed."""
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    monkeypatch.delitem(Image.OPEN, "HEIF", raising=False)  # another test may have let it in


def files(out: str) -> list[str]:
    return [json.loads(line)["file"] for line in out.splitlines()]


@pytest.mark.usefixtures("without_heif")
def test_what_is_left_out_of_a_folder_is_said_in_a_line_a_kind_and_is_no_failure() -> None:
    code, out, err = here("predict", "d", "--model", "m.npz", "--json")
    assert (code, files(out), err) == (0, ["d/b.png"], BY + LEFT_OUT)


@pytest.mark.usefixtures("without_heif")
def test_a_labelled_folder_names_what_it_leaves_out_in_the_same_way() -> None:
    for name in ("d/2_a.heic", "d/2_b.heic", "d/2_c.png"):
        Path(name).write_bytes(HEIC)
    Path("d/b.png").rename("d/2_b.png")
    code, _, err = here("eval", "d", "--model", "m.npz")
    assert (code, err) == (
        0,
        f"{BY}Left out d/2_c.png: d/2_c.png is a HEIC picture, and these are read only with "
        "pillow-heif. Expected pillow-heif to be installed, found that it is not.\n"
        "Left out of d: 2 HEIC pictures. To read HEIC: pip install 'digitnet[heic]'.\n"
        "Left out 5 files without a label.\n",
    )


@pytest.mark.usefixtures("without_heif")
def test_folders_in_a_folder_are_not_left_out_where_they_are_read() -> None:
    code, out, err = here("predict", "d", "--model", "m.npz", "--json", "--recursive")
    text, pdf, _, heic = LEFT_OUT.splitlines(keepends=True)
    assert (code, files(out), err) == (0, ["d/b.png", "d/inner/c.png"], BY + text + pdf + heic)


@pytest.mark.usefixtures("without_heif")
def test_a_folder_without_a_picture_says_what_it_holds_and_the_next_is_read() -> None:
    code, out, err = here("predict", "none", "empty", "d/b.png", "--model", "m.npz", "--json")
    assert (code, files(out), err) == (1, ["none", "empty", "d/b.png"], BY + NONE + EMPTY)


def test_a_pdf_that_is_named_is_told_as_one() -> None:
    code, out, err = here("predict", "none/digitnet-sheet.pdf", "--model", "m.npz")
    assert (code, out) == (1, "")
    assert err == BY + (
        "Error: none/digitnet-sheet.pdf is not a picture.\n"
        "  Expected a picture, found a PDF.\n"
        "  Give a PNG, JPEG, TIFF, WebP or another picture of pixels.\n"
    )


def test_with_the_extra_a_telephone_s_pictures_are_read_like_others(tmp_path: Path) -> None:
    heif = pytest.importorskip("pillow_heif")
    picture = Image.open("d/b.png").convert("RGB").resize((280, 280))
    picture.save("one.png")
    heif.from_pillow(picture).save("one.heic", quality=95)
    Path("cut.heic").write_bytes(HEIC)
    code, out, err = process(tmp_path, "predict", ".", "--model", "large", "--json")
    damaged, *read = map(json.loads, out.splitlines())
    assert [(line["file"], line["digit"]) for line in read] == [("one.heic", 2), ("one.png", 2)]
    assert (code, damaged["file"]) == (1, "cut.heic")
    assert "found a HEIC picture that is damaged" in err
    assert "Left out of .: 1 .npz file. .npz is no format that is read.\n" in err
