"""Bad input: three parts on stderr, exit 1 or 2, no traceback, nothing lost."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitnet.errors import WeightsError
from digitnet.model.model import Model
from digitnet.nn.network import Network
from tests.helpers.commands import process, refused
from tests.helpers.damage import rewrite


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, model_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: it holds a good model.npz, and bad pictures."""
    monkeypatch.chdir(tmp_path)
    Image.new("L", (40, 40), 255).save("blank.png")
    Image.fromarray(np.full((9, 9), np.nan, np.float32)).save("nan.tiff")
    whole = Path("blank.png").read_bytes()
    header = b"IHDR" + struct.pack(">II", 20_000, 20_000) + whole[24:29]
    forged = whole[:12] + header + struct.pack(">I", zlib.crc32(header)) + whole[33:]
    Path("bomb.png").write_bytes(forged)
    Path("cut.png").write_bytes(whole[: len(whole) // 2])
    Path("empty.png").touch()
    Path("text.png").write_text("a picture")
    Path("folder").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("picture", "what", "found"),
    [
        ("none.png", "does not exist", "a picture file, found nothing at this path"),
        ("empty.png", "is not a picture", "a picture, found an empty file"),
        ("text.png", "is not a picture", "a picture, found a file that is none"),
        ("cut.png", "cannot be read", "a whole picture, found damage: "),
        ("nan.tiff", "has pixels that are not numbers", "finite values, found NaN or infinity"),
        ("bomb.png", "is too large", "at most 50,000,000 pixels, found "),
    ],
)
def test_a_picture_that_cannot_be_read_is_named(picture: str, what: str, found: str) -> None:
    first, second, third = refused("predict", picture, "--model", "model.npz")[-3:]
    assert first == f"Error: {picture} {what}."
    assert second.startswith(f"  Expected {found}")
    assert third.startswith("  ")
    assert third.endswith(".")


def test_a_picture_without_ink_is_named() -> None:
    first, second, _ = refused("predict", "blank.png", "--model", "model.npz")[-3:]
    assert "blank.png" in first
    assert second == "  Expected ink on paper, found a blank picture."


def test_a_folder_without_pictures_is_not_passed_over() -> None:
    assert refused("predict", "folder", "--model", "model.npz")


@pytest.mark.parametrize("command", [("predict", "blank.png"), ("eval", "--dataset", "sample")])
@pytest.mark.parametrize("damage", ["missing", "empty", "text", "cut", "nan", "shape", "folder"])
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_weights_that_cannot_be_used_are_named(command: tuple[str, ...], damage: str) -> None:
    bad = Path("bad.npz")
    if damage == "folder":
        bad.mkdir()
    elif damage != "missing":
        bad.write_bytes({"empty": b"", "text": b"text"}.get(damage, Path("model.npz").read_bytes()))
    if damage == "cut":
        bad.write_bytes(bad.read_bytes()[:-100])
    if damage == "nan":
        rewrite(bad, lambda arrays: arrays | {"B1": np.full((10, 1), np.nan, np.float32)})
    if damage == "shape":
        rewrite(bad, lambda arrays: arrays | {"B1": np.zeros((9, 1), np.float32)})
    try:
        Model.load(bad)
    except WeightsError as error:
        expected = str(error)
    assert refused(*command, "--model", "bad.npz") == [
        f"Error: {expected.splitlines()[0]}",
        *(f"  {line}" for line in expected.splitlines()[1:]),
    ]


@pytest.mark.parametrize(
    ("command", "sizes"),
    [
        ("predict", (4, 3, 10)),
        ("predict", (784, 3, 2)),
        ("eval", (4, 3, 10)),
        ("eval", (784, 3, 2)),
    ],
)
def test_a_network_for_other_pictures_is_refused(command: str, sizes: tuple[int, ...]) -> None:
    image = np.zeros((40, 40), np.uint8)
    image[10:30, 15:20] = 255
    Image.fromarray(image).save("one.png")
    Model(Network(sizes)).save("other.npz")
    rest = ["one.png"] if command == "predict" else ["--dataset", "sample"]
    first, second, _ = refused(command, *rest, "--model", "other.npz")[-3:]
    assert first.startswith("Error: ")
    assert second.startswith("  Expected ")


@pytest.mark.parametrize(
    "args",
    [
        ("train", "--epochs", "many"),
        ("train", "--activation", "softplus"),
        ("train", "--nonsense"),
        ("train", "extra"),
        ("predict",),
        ("predict", "a.png", "--top", "0"),
        ("predict", "a.png", "--top", "11"),
        ("predict", "a.png", "--json", "--csv"),
        ("eval", "--json", "1", "2"),
        ("trian",),
    ],
)
def test_wrong_usage_exits_with_2_and_prints_nothing_on_stdout(args: tuple[str, ...]) -> None:
    lines = refused(*args, code=2)
    assert any("rror" in line for line in lines)


def test_a_process_exits_with_the_same_codes(folder: Path) -> None:
    assert process(folder, "predict", "none.png", "--model", "model.npz").code == 1
    assert process(folder, "predict").code == 2
