"""The sheet to fill in: the page, its marks on a photo, and the digits cut out of it."""

from __future__ import annotations

import re
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from digitnet.datasets.folder import load_folder
from digitnet.errors import DataError, PictureError
from digitnet.sheet.crops import Crop, save_crops
from digitnet.sheet.marks import find_marks
from digitnet.sheet.page import (
    BOX_HEIGHT,
    BOX_WIDTH,
    MARKS,
    Paper,
    box,
    draw_sheet,
    save_sheet,
    to_pixels,
)
from digitnet.sheet.photo import homography, read_sheet
from tests.helpers.filled_sheets import MM, Filled, curled, edges_of, filled, photographed

Grey = NDArray[np.uint8]


def _drawn(paper: Paper = "A4") -> Grey:
    return np.array(draw_sheet(paper))


def _misplaced(crops: list[Crop], sheet: Filled) -> list[tuple[int, int]]:
    """Boxes whose ink does not end where it was put, to 0.75 mm on every side."""
    wrong = []
    for crop in crops:
        if np.abs(edges_of(crop.pixels < 128) - sheet.edges[crop.label, crop.number]).max() > 6:
            wrong.append((crop.label, crop.number))
    return wrong


# --- the page


@pytest.mark.parametrize(
    ("paper", "pixels", "points"),
    [("A4", (2480, 3508), (595.28, 841.89)), ("Letter", (2550, 3300), (612, 792))],
)
def test_a_page_has_the_size_of_its_paper_as_png_and_as_pdf(
    tmp_path: Path, paper: Paper, pixels: tuple[int, int], points: tuple[float, float]
) -> None:
    save_sheet(tmp_path / "sheet.png", paper)
    save_sheet(tmp_path / "sheet.PDF", paper)
    with Image.open(tmp_path / "sheet.png") as page:
        assert page.size == pixels
        assert page.info["dpi"] == pytest.approx((300, 300), abs=0.01)
        assert np.array_equal(np.asarray(page), _drawn(paper))
    pdf = (tmp_path / "sheet.PDF").read_bytes()
    assert pdf.startswith(b"%PDF-")
    found = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", pdf)
    assert found is not None
    # The trim to whole pixels is at most half a pixel of 300 to the inch.
    assert [float(side) for side in found.groups()] == pytest.approx(points, abs=0.13)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_everything_lies_inside_the_margin_that_printers_need(paper: Paper) -> None:
    rows, columns = np.nonzero(_drawn(paper) < 255)
    height, width = _drawn(paper).shape
    ends = np.array([rows.min(), columns.min(), height - rows.max(), width - columns.max()]) / MM
    assert ends.min() > 6.35  # a quarter of an inch


def test_boxes_do_not_touch_each_other_or_the_marks() -> None:
    places = np.array([[box(digit, column) for column in range(10)] for digit in range(10)])
    gaps = np.diff(places[0, :, 0]) - BOX_WIDTH, np.diff(places[:, 0, 1]) - BOX_HEIGHT
    assert min(gap.min() for gap in gaps) >= 3.5
    assert places[..., 1].min() > 6
    assert places[..., 1].max() + BOX_HEIGHT < MARKS[2, 1] - 6


def test_a_name_that_says_no_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sheet.docx"
    with pytest.raises(PictureError) as refused:
        save_sheet(path)
    assert str(refused.value) == (
        f"{path}: a sheet cannot be written under this name.\n"
        "Expected a name that ends in .pdf or .png, found .docx.\n"
        "Choose another name, such as sheet.pdf."
    )
    assert list(tmp_path.iterdir()) == []


# --- the map from page to photo


def project(mapping: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """(x', y') = (p / r, q / r) with (p, q, r) = H · (x, y, 1)."""
    mapped = np.column_stack([points, np.ones(len(points))]) @ mapping.T
    return np.asarray(mapped[:, :2] / mapped[:, 2:])


def test_a_homography_takes_the_corners_of_a_square_where_they_are_sent() -> None:
    square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    # By hand: x' = x / (1 + y), y' = y / (1 + y).
    trapezium = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, 0.5], [0.0, 0.5]])
    found = homography(square, trapezium)
    assert found == pytest.approx(np.array([[1, 0, 0], [0, 1, 0], [0, 1, 1]]), abs=1e-12)
    assert project(found, np.array([[0.5, 3.0]])) == pytest.approx(np.array([[0.125, 0.75]]))


def test_a_homography_of_a_turned_page_is_the_turn() -> None:
    page = np.array([[0.0, 0.0], [2000.0, 0.0], [2000.0, 3000.0], [0.0, 3000.0]])
    # By hand: a quarter turn, twice as large, moved: x' = 6100 - 2y, y' = 50 + 2x.
    photo = np.array([[6100.0, 50.0], [6100.0, 4050.0], [100.0, 4050.0], [100.0, 50.0]])
    found = homography(page, photo)
    assert found == pytest.approx(np.array([[0, -2, 6100], [2, 0, 50], [0, 0, 1]]), abs=1e-9)


def test_a_homography_of_a_tilted_photo_takes_every_point_to_its_place(
    rng: np.random.Generator,
) -> None:
    true = np.array([[3.0, 0.4, 200], [-0.3, 2.8, 100], [2e-4, -3e-4, 1]])
    page = np.array([[0.0, 0.0], [1000.0, 0.0], [1000.0, 1400.0], [0.0, 1400.0]])
    found = homography(page, project(true, page))
    inside = rng.uniform(0, 1000, (40, 2))
    assert project(found, inside) == pytest.approx(project(true, inside), abs=1e-8)  # pixels


# --- the marks


@pytest.mark.parametrize(
    ("paper", "turns"), [("A4", 0), ("A4", 1), ("A4", 2), ("A4", 3), ("Letter", 1)]
)
def test_marks_are_found_in_the_page_s_order_whichever_way_it_lies(
    paper: Paper, turns: int
) -> None:
    page = _drawn(paper)
    height, width = page.shape
    marks = np.array([to_pixels(paper, x, y) for x, y in MARKS.tolist()], np.float64)
    for _ in range(turns):  # a quarter turn anticlockwise, as np.rot90
        marks = np.stack([marks[:, 1], width - marks[:, 0]], axis=1)
        height, width = width, height
    assert (
        np.abs(find_marks(np.rot90(page, turns).copy()) - marks).max() < 3
    )  # a pixel as it searches


def test_a_code_on_the_page_is_not_taken_for_its_marks() -> None:
    page = _drawn()
    for x, y in ((1000, 3250), (1150, 3250), (1000, 3400)):
        for modules, grey in ((7, 0), (5, 255), (3, 0)):  # the corner of a QR code
            half = 6 * modules
            page[y - half : y + half, x - half : x + half] = grey
    assert np.array_equal(find_marks(page), find_marks(_drawn()))


@pytest.mark.parametrize(
    ("corner", "found"), [(0, "3 with a large dot and 0"), (2, "2 with a large dot and 1")]
)
def test_a_page_with_a_mark_covered_is_refused_with_what_was_found(corner: int, found: str) -> None:
    page = _drawn()
    x, y = to_pixels("A4", *MARKS[corner].tolist())
    page[y - 100 : y + 20, x - 100 : x + 100] = 255
    with pytest.raises(PictureError) as refused:
        read_sheet(page)
    assert str(refused.value) == (
        "The corner marks of the sheet are not all in the picture.\n"
        "Expected four ringed marks, one of them with a smaller dot, "
        f"found {found} with a small one that fit no page.\n"
        "Photograph the whole page, flat and in focus, with nothing lying on its corners."
    )


@pytest.mark.parametrize("shape", [(1, 1), (3, 400), (600, 800)])
@pytest.mark.parametrize("kind", ["noise", "paper"])
def test_a_picture_of_anything_else_is_refused(
    rng: np.random.Generator, shape: tuple[int, int], kind: str
) -> None:
    picture = rng.integers(0, 256, shape) if kind == "noise" else np.full(shape, 200)
    with pytest.raises(PictureError, match="found 0 with a large dot and 0 with a small one"):
        read_sheet(picture.astype(np.uint8))


# --- the digits


@pytest.mark.parametrize(
    ("paper", "photo"),
    [
        pytest.param("A4", {"angle": 180}, id="upside down", marks=pytest.mark.slow),
        pytest.param(
            "Letter", {"angle": 37, "tilt": 0.15}, id="turned and tilted", marks=pytest.mark.slow
        ),
        pytest.param(
            "A4",
            {"angle": 275, "shade": 0.75, "noise": 8, "quality": 50},
            id="dim",
            marks=pytest.mark.slow,
        ),
        pytest.param("Letter", {"angle": 90, "size": (1000, 750), "desk": 220}, id="small"),
    ],
)
def test_a_photo_gives_every_digit_whole_under_its_label(
    paper: Paper, photo: dict[str, Any]
) -> None:
    rng = np.random.default_rng(len(str(photo)))
    sheet = filled(rng, paper)
    crops = read_sheet(photographed(rng, sheet.page, **photo))
    assert [(crop.label, crop.number) for crop in crops] == sorted(sheet.edges)
    assert {(crop.pixels.shape, crop.pixels.dtype.name) for crop in crops} == {
        ((180, 140), "uint8")
    }
    assert len(_misplaced(crops, sheet)) <= 0.02 * len(crops)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_photos_at_any_angle_are_read(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sheet = filled(rng, ("A4", "Letter")[seed % 2])
    page = curled(sheet.page, rng.uniform(0, 1.5))
    photo = photographed(rng, page, angle=rng.uniform(0, 360), shade=rng.uniform(0, 0.7))
    crops = read_sheet(photo)
    assert [(crop.label, crop.number) for crop in crops] == sorted(sheet.edges)
    assert len(_misplaced(crops, sheet)) <= 0.02 * len(crops)


@pytest.mark.slow
def test_a_page_that_bulges_is_cut_at_its_own_lines(rng: np.random.Generator) -> None:
    sheet = filled(rng)
    crops = read_sheet(curled(sheet.page, 1.5).astype(np.uint8))
    assert [(crop.label, crop.number) for crop in crops] == sorted(sheet.edges)
    assert len(_misplaced(crops, sheet)) <= 0.02 * len(crops)


def test_an_empty_page_gives_nothing(rng: np.random.Generator) -> None:
    page = _drawn().astype(np.float64)
    assert read_sheet(photographed(rng, page, angle=200)) == []


def test_a_stroke_across_a_box_line_is_kept_whole_and_not_by_the_next_box() -> None:
    page = _drawn()
    x, y = to_pixels("A4", *box(7, 4))
    top, left = y + round(5 * MM), x + round(4 * MM)
    page[top : top + 6, left : x + round((BOX_WIDTH + 1.5) * MM)] = 40
    (crop,) = read_sheet(page)
    assert (crop.label, crop.number) == (7, 5)
    columns = np.flatnonzero((crop.pixels < 128).any(axis=0))
    assert [columns[0], columns[-1] + 1] == pytest.approx([14 + 4 * 8, 14 + 15.5 * 8], abs=2)


def test_a_dot_in_a_box_is_no_digit() -> None:
    page = _drawn()
    x, y = to_pixels("A4", *box(3, 3))
    page[y + 100 : y + 107, x + 80 : x + 87] = 30
    assert read_sheet(page) == []


@pytest.mark.slow
def test_twelve_megapixels_are_read_in_bounded_memory() -> None:
    rng = np.random.default_rng(5)
    sheet = filled(rng)
    photo = photographed(rng, sheet.page, size=(4000, 3000), angle=15)
    crops = read_sheet(photo)
    assert [(crop.label, crop.number) for crop in crops] == sorted(sheet.edges)
    tracemalloc.start()
    read_sheet(photo)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 250e6


# --- the files


def _crop(label: int, number: int, level: int) -> Crop:
    return Crop(label, number, np.full((180, 140), level, np.uint8))


def _files(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_crops_are_files_by_label_and_another_sheet_of_that_name_is_kept(tmp_path: Path) -> None:
    first = [_crop(3, 7, 10), _crop(4, 10, 20)]
    assert save_crops(first, tmp_path, "photo") == [
        tmp_path / "3" / "photo-07.png",
        tmp_path / "4" / "photo-10.png",
    ]
    assert save_crops(first, tmp_path, "photo")[0] == tmp_path / "3" / "photo-07.png"
    save_crops([_crop(3, 8, 30), _crop(4, 10, 40)], tmp_path, "photo")
    save_crops([_crop(4, 10, 50)], tmp_path, "photo")
    names = ["3/photo-07.png", "3/photo-2-08.png", "4/photo-10.png", "4/photo-2-10.png"]
    assert _files(tmp_path) == [*names, "4/photo-3-10.png"]
    levels = [int(np.asarray(Image.open(tmp_path / name))[0, 0]) for name in _files(tmp_path)]
    assert levels == [10, 30, 20, 40, 50]


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "3").write_text("a file")
    with pytest.raises(DataError, match=r"photo-01\.png cannot be written"):
        save_crops([_crop(3, 1, 0)], tmp_path, "photo")


def test_saved_crops_are_a_data_set(tmp_path: Path, rng: np.random.Generator) -> None:
    sheet = filled(rng, share=0.3)
    crops = read_sheet(sheet.page.astype(np.uint8))
    paths = save_crops(crops, tmp_path, "photo")
    found = load_folder(tmp_path)
    assert (found.paths, found.failed, found.unlabelled) == (tuple(sorted(paths)), (), ())
    assert found.digits.labels.tolist() == [label for label, _ in sorted(sheet.edges)]
