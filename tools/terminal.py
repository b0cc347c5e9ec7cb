"""A command in a terminal, and what the terminal shows at its end, drawn as PNG."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Final

import pexpect
from PIL import Image, ImageDraw, ImageFont
from rich.color import Color
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

FONT: Final = "DejaVuSansMono.ttf"
SIZE: Final = 15
CELL: Final = (9, 18)
"""Pixels of a character: half as wide as high, so that half blocks are square."""
GROUND: Final = (18, 18, 18)
INK: Final = (222, 222, 222)
_BLOCKS: Final = " ▁▂▃▄▅▆▇█"
_MOVES: Final = re.compile(r"(\r\n|\n|\r|\x1b\[\d*A|\x1b\[2K)")
_OTHERS: Final = re.compile(r"\x1b\[\?25[lh]|\x1b\[\d*[BCDGHJ]")


def shown(command: list[str], folder: str, columns: int, rows: int) -> str:
    """Run `digitnet` and return what the terminal, with all that left its top, shows at the end."""
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "LINES"}}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "digitnet", *command],
        cwd=folder,
        env={
            **kept,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "COLUMNS": str(columns),
            "PYTHONPATH": str(Path(__file__).parents[1]),
        },
        dimensions=(rows, columns),
        encoding="utf-8",
        timeout=120,
    )
    output = child.read()
    child.close()
    if child.exitstatus:
        raise SystemExit(f"digitnet {' '.join(command)} failed:\n{output}")
    return last_screen(output)


def last_screen(output: str) -> str:
    """Keep of displays that were drawn over what is there at the end."""
    lines = [""]
    over = False
    for part in _MOVES.split(_OTHERS.sub("", output)):
        if part in {"\r\n", "\n"}:
            lines.append("")
            over = False
        elif part == "\r":
            over = True
        elif part.startswith("\x1b[") and part.endswith("A"):
            del lines[-int(part[2:-1] or 1) :]
            lines = lines or [""]
            over = True
        elif part == "\x1b[2K":
            lines[-1] = ""
        elif part:
            lines[-1] = part if over else lines[-1] + part
            over = False
    return "\n".join(lines).rstrip()


def draw(text: str, columns: int, path: Path) -> None:
    """Draw what a terminal shows."""
    lines = Text.from_ansi(text).split("\n")
    console = Console(width=columns)
    wide, high = CELL
    image = Image.new("RGB", ((columns + 2) * wide, (len(lines) + 1) * high), GROUND)
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, SIZE)
    for row, line in enumerate(lines):
        column = 1
        for segment in line.render(console):
            for letter in segment.text.rstrip("\n"):
                place = column * wide, row * high + high // 2
                _draw_letter(pen, font, place, letter, segment.style or Style())
                column += 1
    image.save(path, optimize=True)


def _draw_letter(
    pen: ImageDraw.ImageDraw,
    font: ImageFont.FreeTypeFont,
    place: tuple[int, int],
    letter: str,
    style: Style,
) -> None:
    (x, y), (wide, high) = place, CELL
    ink, ground = _rgb(style.color, INK), _rgb(style.bgcolor, GROUND)
    if style.dim:
        ink = tuple((a + b) // 2 for a, b in zip(ink, ground, strict=True))
    pen.rectangle((x, y, x + wide - 1, y + high - 1), ground)
    if letter == "▀":
        pen.rectangle((x, y, x + wide - 1, y + high // 2 - 1), ink)
    elif letter in _BLOCKS:
        height = high * _BLOCKS.index(letter) // (len(_BLOCKS) - 1)
        if height:
            pen.rectangle((x, y + high - height, x + wide - 1, y + high - 1), ink)
    else:
        pen.text((x, y), letter, ink, font, stroke_width=0.3 if style.bold else 0)


def _rgb(color: Color | None, otherwise: tuple[int, ...]) -> tuple[int, ...]:
    if color is None or color.is_default:
        return otherwise
    return tuple(color.get_truecolor(SVG_EXPORT_THEME))
