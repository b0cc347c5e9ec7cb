"""The sheet to fill in: a row of ten boxes for each digit, and a mark in each corner."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from digitnet.errors import PictureError
from digitnet.files import Mark, check_ending, replacing
from digitnet.images.png import save_png

Paper = Literal["A4", "Letter"]

DPI = 300
_INCH = 25.4  # millimetres
# Millimetres across and down (ISO 216; ANSI/ASME Y14.1).
_PAGES: dict[str, tuple[float, float]] = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}

# Everything below is in millimetres from the centre of the first corner mark. It is the same on
# A4 and Letter, so that reading a photo need not know which it is.
MARKS = np.array([[0.0, 0.0], [180.0, 0.0], [180.0, 248.0], [0.0, 248.0]])
"""Centres of the corner marks, clockwise from the odd one at the top left."""
MARK_SIDE = 12.0
COLUMNS = 10
BOX_WIDTH, BOX_HEIGHT = 14.0, 19.0
_FIRST_BOX = (9.5, 11.0)
_PITCH = (17.5, 22.5)

# A corner mark is 7 × 7 modules, a ring of one module around a dot. The odd dot is smaller.
MODULES, DOT, ODD_DOT = 7, 3, 2

_LINE = 0.3
# Lighter than ink, but dark enough to be visible and to be printed.
_LINE_GREY = 190
_TITLE = "digitnet: a page to fill in"
PDF: Final = Mark("a sheet of digitnet", b"%PDF", _TITLE.encode("utf-16-be"))
_TEXT = (
    "Write each row's digit once into each of its ten boxes, with a dark pen, as you always do.",
    "Then photograph the whole page with its four corner marks, and run:",
    "digitnet sheet --read photo.jpg --into my-digits",
)
_TEXT_SIZE, _TEXT_LINE, _DIGIT_SIZE = 3.4, 4.6, 11.0

_Pen = ImageDraw.ImageDraw


def box(digit: int, column: int) -> tuple[float, float]:
    """Left and top of a box, in millimetres from the centre of the first corner mark.

    Parameters
    ----------
    digit : int
        The row, 0 to 9.
    column : int
        0 to 9, from the left.
    """
    return _FIRST_BOX[0] + _PITCH[0] * column, _FIRST_BOX[1] + _PITCH[1] * digit


def to_pixels(paper: Paper, x: float, y: float) -> tuple[int, int]:
    """Pixel of a drawn page at a position in millimetres from the centre of its first mark."""
    width, height = _PAGES[paper]
    left, top = (width - MARKS[2, 0]) / 2, (height - MARKS[2, 1]) / 2
    return round((left + x) * DPI / _INCH), round((top + y) * DPI / _INCH)


def draw_sheet(paper: Paper = "A4") -> Image.Image:
    """Draw the page at 300 dots an inch.

    Parameters
    ----------
    paper : "A4" or "Letter"

    Returns
    -------
    Image
        Grey, the size of the paper.
    """
    width, height = (round(side * DPI / _INCH) for side in _PAGES[paper])
    page = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(page)
    for i, (x, y) in enumerate(MARKS.tolist()):
        _mark(pen, paper, x, y, ODD_DOT if i == 0 else DOT)
    font = ImageFont.load_default(_TEXT_SIZE * DPI / _INCH)
    for i, line in enumerate(_TEXT):
        place = to_pixels(paper, MARKS[1, 0] / 2, (i - 1) * _TEXT_LINE)
        pen.text(place, line, fill=0, font=font, anchor="mm")
    for digit in range(10):
        _row(pen, paper, digit)
    return page


def save_sheet(path: Path, paper: Paper = "A4") -> None:
    """Write the page as a PDF or a PNG, by the suffix of the name, at its size on paper.

    Parameters
    ----------
    path : Path
        Ends in .pdf or .png.
    paper : "A4" or "Letter"

    Raises
    ------
    PictureError
        If the suffix is another one, or the file cannot be written or is another kind of file.
    """
    check_ending(path, [".pdf", ".png"], "a sheet", PictureError)
    page = draw_sheet(paper)
    if path.suffix.lower() == ".png":
        save_png(path, page, dpi=(DPI, DPI), optimize=True)
        return
    with replacing(path, PictureError, PDF) as target:
        page.save(target, "PDF", resolution=DPI, quality=95, title=_TITLE)


def _mark(pen: _Pen, paper: Paper, x: float, y: float, dot: int) -> None:
    for modules, grey in ((MODULES, 0), (MODULES - 2, 255), (dot, 0)):
        half = modules * MARK_SIDE / MODULES / 2
        corners = to_pixels(paper, x - half, y - half) + to_pixels(paper, x + half, y + half)
        pen.rectangle(corners, fill=grey)


def _row(pen: _Pen, paper: Paper, digit: int) -> None:
    font = ImageFont.load_default(_DIGIT_SIZE * DPI / _INCH)
    middle = to_pixels(paper, 0, box(digit, 0)[1] + BOX_HEIGHT / 2)
    pen.text(middle, str(digit), fill=0, font=font, anchor="mm")
    for column in range(COLUMNS):
        x, y = box(digit, column)
        corners = to_pixels(paper, x, y) + to_pixels(paper, x + BOX_WIDTH, y + BOX_HEIGHT)
        pen.rectangle(corners, outline=_LINE_GREY, width=round(_LINE * DPI / _INCH))
