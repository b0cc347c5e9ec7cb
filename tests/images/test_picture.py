"""Opening pictures: every mode and format, and every kind of file that is no picture."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from digitnet.errors import PictureError
from digitnet.images import picture as room
from digitnet.images.picture import open_picture


@pytest.fixture
def bar() -> Image.Image:
    """A dark bar (30) on light paper (220), 40 wide and 24 high."""
    grey = np.full((24, 40), 220, dtype=np.uint8)
    grey[4:20, 10:14] = 30
    return Image.fromarray(grey)


def _opened(picture: Image.Image, path: Path, **options: Any) -> NDArray[np.uint8]:
    picture.save(path, **options)
    return open_picture(path)


@pytest.mark.parametrize("suffix", ["png", "bmp", "gif", "tiff", "webp", "ppm"])
def test_every_lossless_format_gives_the_levels_that_were_saved(
    bar: Image.Image, tmp_path: Path, suffix: str
) -> None:
    options = {"lossless": True} if suffix == "webp" else {}
    assert np.array_equal(_opened(bar, tmp_path / f"bar.{suffix}", **options), np.asarray(bar))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK"])
def test_every_mode_keeps_dark_ink_dark(bar: Image.Image, tmp_path: Path, mode: str) -> None:
    suffix = "tiff" if mode == "CMYK" else "png"
    grey = _opened(bar.convert(mode, dither=Image.Dither.NONE), tmp_path / f"bar.{suffix}")
    assert grey.shape == (24, 40)
    assert np.array_equal(grey < 128, np.asarray(bar) < 128)


def test_a_16_bit_png_keeps_its_levels(tmp_path: Path) -> None:
    ramp = np.linspace(1000, 5000, 256).astype(np.uint16).reshape(16, 16)
    grey = _opened(Image.fromarray(ramp), tmp_path / "ramp.png")
    assert np.array_equal(grey.ravel(), np.arange(256))


@pytest.mark.parametrize("kind", [np.int32, np.float32])
def test_integers_and_floats_are_stretched(tmp_path: Path, kind: type[np.generic]) -> None:
    values = np.array([[-1, 0], [1, 4]]).astype(kind)
    grey = _opened(Image.fromarray(values), tmp_path / "values.tiff")
    assert grey.tolist() == [[0, 51], [102, 255]]


def test_a_float_picture_with_nan_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nan.tiff"
    Image.fromarray(np.array([[0, np.nan]], dtype=np.float32)).save(path)
    with pytest.raises(PictureError, match="not numbers"):
        open_picture(path)


def test_the_exif_orientation_is_applied(bar: Image.Image, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned; to be shown rotated by 90 degrees clockwise
    grey = _opened(bar, tmp_path / "turned.png", exif=exif)
    assert np.array_equal(grey, np.rot90(np.asarray(bar), -1))


@pytest.mark.parametrize(("ink", "ground"), [(0, 255), (255, 0), (60, 255)])
def test_ink_on_a_transparent_ground_stands_out(tmp_path: Path, ink: int, ground: int) -> None:
    pixels = np.zeros((20, 20, 4), dtype=np.uint8)
    pixels[5:15, 8:12] = (ink, ink, ink, 255)
    grey = _opened(Image.fromarray(pixels), tmp_path / "clear.png")
    assert grey[10, 10] == ink
    assert grey[0, 0] == ground


def test_transparent_corners_of_a_sheet_become_paper(tmp_path: Path) -> None:
    pixels = np.full((40, 40, 4), 255, dtype=np.uint8)
    pixels[10:30, 18:22, :3] = 0
    pixels[:4, :4, 3] = 0
    grey = _opened(Image.fromarray(pixels), tmp_path / "corners.png")
    assert grey[0, 0] == 255
    assert grey[20, 20] == 0


def test_red_ink_on_green_paper_of_the_same_luma_stands_out(tmp_path: Path) -> None:
    pixels = np.full((40, 40, 3), (60, 140, 60), dtype=np.uint8)
    pixels[10:30, 18:22] = (200, 72, 60)
    luma = np.asarray(Image.fromarray(pixels).convert("L"))
    grey = _opened(Image.fromarray(pixels), tmp_path / "colours.png")
    assert np.ptp(luma) < 10
    assert np.ptp(grey) > 60


def test_an_open_file_is_read() -> None:
    file = io.BytesIO()
    Image.new("L", (5, 4), 7).save(file, "png")
    file.seek(0)
    assert open_picture(file, "stdin").tolist() == [[7] * 5] * 4


@pytest.mark.parametrize(
    ("content", "what"), [(b"", "an empty file"), (b"digits", "a file that is none")]
)
def test_a_file_that_is_no_picture_is_refused(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(content)
    with pytest.raises(PictureError) as caught:
        open_picture(path)
    assert caught.value.what == f"{path} is not a picture."
    assert what in caught.value.found


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="does not exist"):
        open_picture(tmp_path / "none.png")
    with pytest.raises(PictureError, match="is a folder"):
        open_picture(tmp_path)


@pytest.mark.parametrize("suffix", ["png", "jpg", "gif", "tiff", "bmp"])
def test_a_truncated_picture_is_refused(tmp_path: Path, suffix: str) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (64, 64), dtype=np.uint8)
    path = tmp_path / f"half.{suffix}"
    Image.fromarray(noise).save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(PictureError, match=f"half.{suffix}"):
        open_picture(path)


def test_a_bomb_is_refused_before_it_is_decoded(
    bar: Image.Image, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MAX_PIXELS", 24 * 40 - 1)
    with pytest.raises(PictureError, match="too large"):
        _opened(bar, tmp_path / "bomb.png")


def test_pillows_own_limit_is_told_the_same_way(
    bar: Image.Image, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with pytest.raises(PictureError, match="too large"):
        _opened(bar, tmp_path / "bomb.png")


def test_no_warning_of_pillow_leaks(
    bar: Image.Image, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 24 * 40 - 1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert _opened(bar, tmp_path / "large.png").shape == (24, 40)


@pytest.mark.parametrize(
    ("source", "expected", "found"),
    [
        (7, "Expected a path, bytes, an open binary file, a PIL image", "found int."),
        (None, "Expected a path, bytes, an open binary file, a PIL image", "found NoneType."),
        ([[0, 255]], "Expected a path, bytes, an open binary file, a PIL image", "found list."),
        (io.StringIO("a"), "Expected a path, bytes, an open binary file", "found StringIO."),
        (b"", "Expected a picture", "found an empty file."),
        (b"digits", "Expected a picture", "found a file that is none."),
        (np.zeros(784, np.uint8), "Expected (height, width)", "found (784,)."),
        (np.zeros((5, 28, 28), np.uint8), "Expected (height, width)", "found (5, 28, 28)."),
        (np.zeros((0, 28), np.uint8), "Expected (height, width)", "found (0, 28)."),
        (np.full((8, 8), 16.0), "Expected uint8 from 0 to 255", "found float64 from 16 to 16."),
        (np.full((8, 8), np.nan), "floats from 0 to 1", "found float64 from nan to nan."),
        (np.zeros((8, 8), np.int64), "Expected uint8 from 0 to 255", "found int64."),
        (np.full((8, 8), "a"), "Expected uint8 from 0 to 255", "found <U1."),
    ],
)
def test_what_is_no_source_of_a_picture_is_refused(source: Any, expected: str, found: str) -> None:
    with pytest.raises(PictureError) as caught:
        open_picture(source)
    assert caught.value.what.startswith("The picture ")
    assert expected in caught.value.found
    assert caught.value.found.endswith(found)


def test_an_array_and_an_image_that_are_too_large_are_refused(
    bar: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MAX_PIXELS", 24 * 40 - 1)
    for source in (bar, np.asarray(bar), np.asarray(bar) / 255):
        with pytest.raises(PictureError, match=r"The picture is too large\."):
            open_picture(source)


def test_a_truncated_image_that_was_opened_elsewhere_is_refused(tmp_path: Path) -> None:
    file = io.BytesIO()
    noise = np.random.default_rng(0).integers(0, 255, (64, 64), dtype=np.uint8)
    Image.fromarray(noise).save(file, "png")
    half = Image.open(io.BytesIO(file.getvalue()[:2000]))
    with half, pytest.raises(PictureError, match="cannot be read"):
        open_picture(half)


def test_an_image_in_memory_is_turned_as_its_camera_was(bar: Image.Image) -> None:
    bar.getexif()[0x0112] = 6
    assert np.array_equal(open_picture(bar), np.rot90(np.asarray(bar), -1))


def test_messages_call_a_source_by_its_file_s_name(tmp_path: Path) -> None:
    path = tmp_path / "text.png"
    path.write_text("no picture")
    with path.open("rb") as file:
        for source in (path, str(path), file):
            with pytest.raises(PictureError) as caught:
                open_picture(source)
            assert caught.value.what == f"{path} is not a picture."


def test_a_path_that_cannot_be_one_is_refused() -> None:
    for path in ("a" * 5000, "nul\0.png"):
        with pytest.raises(PictureError):
            open_picture(path)
