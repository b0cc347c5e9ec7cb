"""A folder of labelled pictures: what its paths say, and what is left out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from digitnet.datasets.folder import label_of, load_folder
from digitnet.datasets.mnist import load_sample
from digitnet.errors import DataError, PictureError
from digitnet.images.form.mnist import to_mnist
from digitnet.images.pipeline import find_ink


def _photo(digit: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Dark ink on light paper, four times as large."""
    return np.asarray(Image.fromarray(np.pad(220 - digit // 2, 8, mode="edge")).resize((176, 176)))


def _put(path: Path, pixels: NDArray[np.uint8]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)
    return path


@pytest.fixture(scope="module")
def photos() -> list[NDArray[np.uint8]]:
    """One photo of each digit, 0 to 9."""
    train = load_sample().train
    return [_photo(train.images[np.flatnonzero(train.labels == d)[0]]) for d in range(10)]


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("3/abc.png", 3),
        ("anna/3/abc.png", 3),
        ("3/monday/abc.png", 3),
        ("3/5_abc.png", 3),
        ("2/3/abc.png", 3),
        ("3_abc.png", 3),
        ("anna/3_abc.png", 3),
        ("3-abc.png", 3),
        ("3.png", 3),
        ("3 (2).png", 3),
        ("0/0.png", 0),
        ("31_abc.png", None),
        ("3abc.png", None),
        ("abc_3.png", None),
        ("12/abc.png", None),
        ("٣_abc.png", None),
    ],
)
def test_the_nearest_digit_folder_labels_and_then_the_name(path: str, label: int | None) -> None:
    assert label_of(Path("8/mine") / path, Path("8/mine")) == label


def test_every_labelled_picture_is_loaded_in_mnist_s_form_by_path(
    tmp_path: Path, photos: list[NDArray[np.uint8]]
) -> None:
    for digit in range(9, -1, -1):
        name = f"{digit}/a.png" if digit % 2 else f"{digit}_a.png"
        _put(tmp_path / name, photos[digit])
    found = load_folder(tmp_path)
    order = [1, 3, 5, 7, 9, 0, 2, 4, 6, 8]
    names = sorted(str(p.relative_to(tmp_path)) for p in found.paths)
    assert names == sorted([f"{d}/a.png" for d in order[:5]] + [f"{d}_a.png" for d in order[5:]])
    assert list(found.paths) == sorted(found.paths)
    labels = [int(p.relative_to(tmp_path).parts[0][0]) for p in found.paths]
    assert found.digits.labels.tolist() == labels
    expected = [to_mnist(find_ink(photos[label]).pixels) for label in labels]
    assert np.array_equal(found.digits.images, np.stack(expected))
    assert (found.failed, found.unlabelled) == ((), ())


def test_a_broken_picture_is_reported_and_the_rest_is_loaded(
    tmp_path: Path, photos: list[NDArray[np.uint8]]
) -> None:
    good = _put(tmp_path / "4" / "good.png", photos[4])
    broken = tmp_path / "4" / "broken.png"
    broken.write_bytes(good.read_bytes()[:200])
    blank = _put(tmp_path / "5_blank.png", np.full((40, 40), 200, np.uint8))
    found = load_folder(tmp_path)
    assert found.paths == (good,)
    assert found.digits.labels.tolist() == [4]
    assert [path for path, _ in found.failed] == [broken, blank]
    assert all(isinstance(error, PictureError) for _, error in found.failed)
    assert found.failed[0][1].what == f"{broken} cannot be read."
    assert found.failed[1][1].what == "The picture holds no digit."


def test_hidden_files_are_passed_over_and_unlabelled_ones_counted(
    tmp_path: Path, photos: list[NDArray[np.uint8]]
) -> None:
    seven = _put(tmp_path / "7" / "a.png", photos[7])
    _put(tmp_path / ".git" / "3" / "a.png", photos[3])
    for litter in (".DS_Store", "7/Thumbs.db", "7/._a.png"):
        (tmp_path / litter).write_bytes(b"litter")
    other = _put(tmp_path / "photo.png", photos[2])
    found = load_folder(tmp_path)
    assert (found.paths, found.failed, found.unlabelled) == ((seven,), (), (other,))


def test_a_folder_without_labels_says_how_to_label(
    tmp_path: Path, photos: list[NDArray[np.uint8]]
) -> None:
    _put(tmp_path / "photo.png", photos[0])
    with pytest.raises(DataError) as refused:
        load_folder(tmp_path)
    assert str(refused.value) == (
        f"Nothing in {tmp_path} is labelled.\n"
        "Expected pictures labelled by folder (3/abc.png) or by name (3_abc.png), "
        "found 1 file without a label.\n"
        "Sort the pictures into folders called 0 to 9, or begin each name with its digit "
        "and an underscore."
    )


def test_a_folder_of_broken_pictures_names_the_first(tmp_path: Path) -> None:
    (tmp_path / "3_a.png").write_bytes(b"no picture")
    with pytest.raises(DataError) as refused:
        load_folder(tmp_path)
    assert str(refused.value) == (
        f"No labelled picture in {tmp_path} can be read.\n"
        f"Expected pictures of one digit each, found 1 that is not; the first: "
        f"{tmp_path / '3_a.png'} is not a picture. "
        "Expected a picture, found a file that is none.\n"
        "Put PNG or JPEG pictures there, each of one digit."
    )


@pytest.mark.parametrize(("made", "found"), [(False, "nothing at this path"), (True, "a file")])
def test_what_is_no_folder_is_refused(tmp_path: Path, made: bool, found: str) -> None:
    path = tmp_path / "mine"
    if made:
        path.touch()
    with pytest.raises(DataError, match=f"^There is no folder .*mine.\n.*found {found}.\n"):
        load_folder(path)
