"""digitnet eval --mistakes and --save: the worst mistakes as pictures."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitnet.cli.show.mistakes import Mistake, save_mistakes
from digitnet.datasets.mnist import load_sample
from digitnet.model.digit import read_forms
from tests.cli.test_terminal import spawned
from tests.cli.test_watch import CODES
from tests.helpers.commands import here, refused, save_constant

ARGS = ("eval", "--dataset", "sample", "--model", "model.npz")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


@pytest.mark.usefixtures("model_file")
def test_the_worst_are_drawn_with_the_certainties_of_both_digits(sample_model: object) -> None:
    code, out, _ = here(*ARGS, "--mistakes", "5")
    assert code == 0
    _, drawn = out.split("The worst mistakes, with the confidence in both digits\n")
    lines = drawn.splitlines()
    told = json.loads(here(*ARGS, "--mistakes", "5", "--json").out)["worst"]
    assert len(told) == 5
    test = load_sample().test
    found = read_forms(sample_model, test.images)  # type: ignore[arg-type]
    for worse in told:
        i = int(worse["name"].split()[-1])
        assert (worse["digit"], worse["answer"]) == (test.labels[i], found[i].digit)
        assert worse["certainty"] == pytest.approx(found[i].certainty)
        assert worse["certainty_of_right"] == pytest.approx(
            found[i].certainties[worse["digit"]], abs=1e-9
        )
        assert worse["sure"] == (found[i].why is None)
        assert f"{worse['digit']} read as {worse['answer']}" in drawn
    certainties = [worse["certainty"] for worse in told]
    assert certainties == sorted(certainties, reverse=True)
    wrong = [d.certainty for d, label in zip(found, test.labels, strict=True) if d.digit != label]
    assert certainties[0] == pytest.approx(max(wrong))
    assert max(map(len, lines)) <= 80


def test_none_are_named_in_json_unless_they_are_asked_for() -> None:
    save_constant(Path("model.npz"))
    assert "worst" not in json.loads(here(*ARGS, "--json").out)


@pytest.mark.slow
@pytest.mark.parametrize("columns", ["20", "40", "60", "160"])
def test_they_fit_any_terminal(folder: Path, columns: str) -> None:
    save_constant(Path("model.npz"))
    args = (sys.executable, "-m", "digitnet", *ARGS, "--mistakes", "6")
    child = spawned(folder, args[0], *args[1:], COLUMNS=columns)
    bare = CODES.sub("", child.read()).replace("\r", "")
    drawn = bare[bare.index("The worst") :]
    assert "▀" in drawn
    assert max(map(len, drawn.split("\n"))) <= int(columns)
    assert drawn.count("read as 3") == 6


def test_a_sheet_holds_each_digit_as_it_is() -> None:
    save_constant(Path("model.npz"))
    assert here(*ARGS, "--save", "mistakes.png", "--mistakes", "6").code == 0
    test = load_sample().test
    first = test.images[np.flatnonzero(test.labels != 3)[0]]
    with Image.open("mistakes.png") as sheet:
        pixels = np.asarray(sheet.convert("L"))
        assert sheet.size == (12 + 3 * 152, 12 + 2 * 212)
    np.testing.assert_array_equal(pixels[12 : 12 + 140 : 5, 12 : 12 + 140 : 5], first)
    words = pixels[12 + 140 : 212, 12:152]
    assert (words < 128).sum() > 100


def test_a_sheet_of_none_is_empty_and_one_of_many_is_as_wide_as_a_page() -> None:
    image = np.zeros((28, 28), np.uint8)
    for count, size in ((0, (164, 224)), (100, (12 + 8 * 152, 12 + 13 * 212))):
        path = Path(f"{count}.png")
        save_mistakes(path, [Mistake(image, 1, 2, (0.9, 0.1), sure=False)] * count)
        with Image.open(path) as sheet:
            assert sheet.size == size


@pytest.mark.parametrize(
    ("name", "found"),
    [("mistakes.jpg", ".jpg"), ("mistakes", "no ending"), ("x.svg", ".svg")],
)
def test_a_sheet_of_another_kind_is_refused_before_anything_is_read(name: str, found: str) -> None:
    save_constant(Path("model.npz"))
    assert refused(*ARGS, "--save", name) == [
        f"Error: {name}: a picture of the mistakes cannot be written under this name.",
        f"  Expected a name that ends in .png, found {found}.",
        f"  Choose another name, such as {Path(name).stem}.png.",
    ]


def test_another_picture_is_not_written_over() -> None:
    save_constant(Path("model.npz"))
    Image.new("L", (3, 3)).save("mine.png")
    before = Path("mine.png").read_bytes()
    first, *_ = refused(*ARGS, "--save", "mine.png")
    assert first == "Error: mine.png is not a picture that digitnet wrote, and stays as it is."
    assert Path("mine.png").read_bytes() == before


def test_fewer_than_one_mistake_is_wrong_usage() -> None:
    save_constant(Path("model.npz"))
    assert "Expected 1 or more, found 0." in " ".join(refused(*ARGS, "--mistakes", "0", code=2))
