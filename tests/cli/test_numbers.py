"""digitnet predict on numbers, on folders, and as CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from PIL import Image

from tests.helpers.commands import here
from tests.helpers.pictures import page


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.png").write_bytes(page(3).read())
    (tmp_path / "b.png").write_bytes(page(4, 0, 7).read())
    (tmp_path / "inner" / "c.png").write_bytes(page(6).read())
    (tmp_path / "notes.txt").write_text("no picture")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_several_digits_are_read_as_a_number_and_it_is_said(folder: Path) -> None:
    code, out, err = here("predict", "b.png", "--model", "large", "--json")
    (answer,) = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert (answer["file"], answer["number"]) == ("b.png", "407")
    assert [digit["digit"] for digit in answer["digits"]] == [4, 0, 7]
    assert all(len(digit["box"]) == 4 for digit in answer["digits"])
    assert "b.png: several digits found; they are read as with --number." in err


def test_of_a_folder_it_is_said_once(folder: Path) -> None:
    (folder / "c.png").write_bytes((folder / "b.png").read_bytes())
    _, out, err = here("predict", ".", "--model", "large", "--json")
    assert out.count('"number": "407"') == 2
    assert err.count("several digits found") == 1


def test_asked_for_a_number_one_digit_is_a_number_of_one(folder: Path) -> None:
    code, out, err = here("predict", "a.png", "--number", "--model", "large", "--json")
    assert (code, err.count("\n")) == (0, 2)  # which model reads, and which network looks along
    assert "A bundled sequence model also reads each line." in err
    assert json.loads(out)["number"] == "3"


def test_a_folder_is_read_picture_by_picture_and_its_folders_on_request(folder: Path) -> None:
    for options, files in (
        ((), ["a.png", "b.png"]),
        (("--recursive",), ["a.png", "b.png", "inner/c.png"]),
    ):
        _, out, _ = here("predict", ".", "--model", "large", "--json", *options)
        assert [json.loads(line)["file"] for line in out.splitlines()] == files


def test_a_pattern_that_the_shell_left_alone_is_expanded(folder: Path) -> None:
    _, out, _ = here("predict", "?.png", "--model", "large", "--json")
    assert [json.loads(line)["file"] for line in out.splitlines()] == ["a.png", "b.png"]


def test_csv_has_a_heading_and_a_row_a_picture_and_goes_on_after_a_broken_one(folder: Path) -> None:
    (folder / "a.png").write_bytes(b"broken")
    code, out, err = here("predict", "a.png", "b.png", "inner/c.png", "--model", "large", "--csv")
    heading, broken, number, digit = csv.reader(io.StringIO(out))
    assert code == 1
    assert heading == ["file", "answer", "certainty", "sure", *"0123456789", "error", "why"]
    assert broken[:2] == ["a.png", ""]
    assert "is not a picture" in broken[-2]
    assert number[:2] == ["b.png", "407"]
    assert digit[:2] == ["inner/c.png", "6"]
    assert sum(map(float, digit[4:14])) == pytest.approx(1, abs=1e-3)
    assert "Error: a.png is not a picture." in err.splitlines()


def test_the_stages_are_written_where_asked(folder: Path) -> None:
    assert here("predict", "a.png", "--model", "large", "--save-stages", "seen").code == 0
    names = sorted(path.name for path in (folder / "seen").iterdir())
    assert names == ["a-contrast.png", "a-form.png", "a-ink.png", "a-seen.png"]


def test_stages_of_two_pictures_with_one_name_are_all_written(folder: Path) -> None:
    Path("inner/a.png").write_bytes(page(6).read())
    args = ("predict", "a.png", "inner/a.png", "--model", "large", "--save-stages", "seen")
    assert here(*args).code == 0
    stages = ("contrast", "form", "ink", "seen")
    names = sorted(path.name for path in (folder / "seen").iterdir())
    expected = [f"{above}-a-{stage}.png" for above in (folder.name, "inner") for stage in stages]
    assert names == sorted(expected)


def test_the_stages_of_a_number_are_drawn_once_and_its_digits_after_them(folder: Path) -> None:
    _, out, _ = here("predict", "b.png", "--model", "large", "--show")
    names = ("contrast", "ink", "form", "seen")
    titles = [line.split() for line in out.splitlines() if line.startswith(names)]
    assert titles == [["contrast"], ["ink"], *[["form", "seen"]] * 3]
    assert out.count("dark ink on light paper\n") == 1


def test_json_and_csv_exclude_each_other(folder: Path) -> None:
    assert here("predict", "a.png", "--json", "--csv").code == 2


def test_a_folder_of_numbers_is_a_table_of_pictures_numbers_and_certainties(folder: Path) -> None:
    for name, digits in (("c.png", (1, 9)), ("d.png", (2, 5, 6, 8)), ("e.png", (7,))):
        (folder / name).write_bytes(page(*digits).read())
    code, out, _ = here("predict", ".", "--number", "--model", "large")
    heading, *rows = out.splitlines()
    assert (code, heading.split()) == (0, ["picture", "number", "confidence"])
    answers = [row.split()[:2] for row in rows if not row.startswith("  ")]
    assert answers == [
        ["a.png", "3"],
        ["b.png", "407"],
        ["c.png", "19"],
        ["d.png", "2568"],
        ["e.png", "7"],
    ]


def test_a_number_is_drawn_on_its_picture_with_the_digits_above_their_boxes(folder: Path) -> None:
    _, out, _ = here("predict", "b.png", "--number", "--model", "large", "--show")
    lines = out.splitlines()
    above = next(n for n, line in enumerate(lines) if line.split() == ["4", "0", "7"])
    columns = [lines[above].index(digit) for digit in "407"]
    _, told, _ = here("predict", "b.png", "--number", "--model", "large", "--json")
    boxes = [digit["box"] for digit in json.loads(told)["digits"]]
    picture = lines[above + 1 : lines.index(next(x for x in lines if x.startswith("contrast")))]
    with Image.open("b.png") as file:
        scale = max(map(len, picture)) / file.width
    middles = [scale * (left + right) / 2 for left, _, right, _ in boxes]
    assert columns == pytest.approx(middles, abs=1)
    assert len(picture) > 10


def test_the_picture_with_its_boxes_is_written_with_the_stages(folder: Path) -> None:
    assert here("predict", "b.png", "--model", "large", "--save-stages", "seen").code == 0
    with Image.open("seen/b-number.png") as drawn, Image.open("b.png") as picture:
        assert drawn.mode == "RGB"
        assert drawn.width == picture.width
        assert drawn.height > picture.height
