"""What was read, as a person sees it: bars, tables, and what the network saw."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rich import box
from rich.table import Table
from rich.text import Text

from digitnet.cli.show.bars import bar, half_blocks, ten_bars
from digitnet.cli.show.console import out, plain
from digitnet.images.way import Ink
from digitnet.reading.picture import Reading
from digitnet.reading.stages import in_words, ink_picture

_BAR = 24  # characters of a full bar: with its digit and number it fits 40 columns
_FAINT = 64  # ink below this does not widen what is cut out
_SMALL = 20  # side of the found ink as it is drawn: with two of 28 it fits 80 columns


def show_reading(file: str, reading: Reading, top: int) -> None:
    """Print what was read: of one digit a bar for each answer, of several a bar for each digit."""
    head = Text(f"{file}: ")
    for n, line in enumerate(reading.lines):
        head.append(" / " if n else "")
        for digit in line:
            head.append(str(digit.digit), style=_style(digit.sure))
    if not reading.several:
        head.append(f"  {reading.certainty:.1%} certain")
    if not reading.sure:
        head.append("  not sure", style="yellow")
    out.print(head, soft_wrap=True)
    for digit in reading.digits:
        if reading.several:
            _show_bar(digit.digit, digit.certainty, "" if digit.sure else "  not sure")
            continue
        for answer in _best(digit.certainties, top):
            _show_bar(answer, digit.certainties[answer])


def _show_bar(digit: int, share: float, doubt: str = "") -> None:
    line = Text(f"  {digit} ")
    line.append(bar(share, _BAR, plain=plain(out)).ljust(_BAR), style="cyan")
    line.append(f" {share:6.1%}{doubt}")
    out.print(line)


def show_table(readings: Sequence[tuple[str, Reading]]) -> None:
    """Print many readings, one a line."""
    table = Table("picture", "answer", "certain", "0123456789", "", box=box.SIMPLE_HEAD)
    table.columns[0].overflow = "fold"
    for file, reading in readings:
        bars = ten_bars(reading.digits[0].certainties, plain=plain(out))
        table.add_row(
            Text(file),
            Text(reading.text.replace("\n", " / "), style=_style(reading.sure)),
            f"{reading.certainty:.1%}",
            Text("" if reading.several else bars, style="cyan"),
            "" if reading.sure else "not sure",
        )
    out.print(table)


def show_drawn(reading: Reading) -> None:
    """Draw the found ink, each digit in MNIST's form and as the network saw it, side by side."""
    ascii_only = plain(out) or out.no_color or not out.is_terminal
    for digit in reading.digits:
        stages = [
            ("ink", _small(reading.ink)),
            ("MNIST's form", digit.form),
            ("seen", digit.seen),
        ]
        drawn = [half_blocks(picture, plain=ascii_only) for _, picture in stages]
        beside = out.width >= _SMALL + 2 * 28 + 4
        table = Table.grid(padding=(0, 1 if beside else 0))
        if beside:
            table.add_row(*(Text(name, style="dim") for name, _ in stages))
            table.add_row(*drawn)
        else:
            for (name, _), picture in zip(stages, drawn, strict=True):
                table.add_row(Text(name, style="dim"))
                table.add_row(picture)
        out.print(table)
        out.print(Text(in_words(reading.ink, digit), style="dim"))


def _small(ink: Ink) -> NDArray[np.uint8]:
    """The found ink, cut out, as a small square, by area averaging."""
    picture = ink_picture(ink)
    rows, columns = np.nonzero(picture > _FAINT)
    picture = picture[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    height, width = picture.shape
    side = max(height, width)
    square = np.zeros((side, side), np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = picture
    return np.asarray(Image.fromarray(square).resize((_SMALL, _SMALL), Image.Resampling.BOX))


def _style(sure: bool) -> str:
    return "bold green" if sure else "bold yellow"


def _best(certainties: tuple[float, ...], top: int) -> list[int]:
    """Digits to show: all in their order, or the `top` best, the best first."""
    if top >= len(certainties):
        return list(range(len(certainties)))
    return sorted(range(len(certainties)), key=lambda d: -certainties[d])[:top]
