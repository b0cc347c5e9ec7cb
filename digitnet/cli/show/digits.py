"""Answers to pictures as a person sees them: bars, tables, and what the network saw."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from digitnet.cli.show.bars import bar, half_blocks, ten_bars
from digitnet.cli.show.console import out, plain
from digitnet.images.way import Ink
from digitnet.reading.digit import Reading
from digitnet.reading.number import Number
from digitnet.reading.stages import in_words, ink_picture

_BAR = 24  # characters of a full bar: with its digit and number it fits 40 columns
_FAINT = 64  # ink below this does not widen what is cut out
_SMALL = 20  # side of the found ink as it is drawn: with two of 28 it fits 80 columns


def show_reading(console: Console, file: str, reading: Reading, top: int) -> None:
    """Print one answer and a bar for each digit."""
    head = Text(f"{file}: ")
    head.append(str(reading.digit), style=_style(reading))
    head.append(f"  {reading.certainty:.1%} certain")
    if not reading.sure:
        head.append("  not sure", style="yellow")
    console.print(head, soft_wrap=True)
    for digit in _best(reading.certainties, top):
        share = reading.certainties[digit]
        line = Text(f"  {digit} ")
        line.append(bar(share, _BAR, plain=plain(console)).ljust(_BAR), style="cyan")
        line.append(f" {share:6.1%}")
        console.print(line)


def show_number(console: Console, file: str, found: Number) -> None:
    """Print a number, and how certain each of its digits is."""
    head = Text(f"{file}: ")
    for n, digits in enumerate(found.lines):
        head.append(" / " if n else "")
        for digit in digits:
            head.append(str(digit.digit), style=_style(digit))
    if not found.sure:
        head.append("  not sure", style="yellow")
    console.print(head, soft_wrap=True)
    for digit in found.digits:
        share = bar(digit.certainty, _BAR, plain=plain(console)).ljust(_BAR)
        line = Text(f"  {digit.digit} ")
        line.append(share, style="cyan")
        line.append(f" {digit.certainty:6.1%}{'' if digit.sure else '  not sure'}")
        console.print(line)


def show_readings(found: Sequence[tuple[str, Reading | Number]]) -> None:
    """Print many answers, one a line."""
    table = Table("picture", "answer", "certain", "0123456789", "", box=box.SIMPLE_HEAD)
    table.columns[0].overflow = "fold"
    for file, answer in found:
        digits = answer.digits if isinstance(answer, Number) else (answer,)
        shown = answer.number.replace("\n", " / ") if isinstance(answer, Number) else answer.digit
        bars = "" if isinstance(answer, Number) else ten_bars(answer.certainties, plain=plain(out))
        table.add_row(
            Text(file),
            Text(str(shown), style="bold green" if answer.sure else "bold yellow"),
            f"{min(digit.certainty for digit in digits):.1%}",
            Text(bars, style="cyan"),
            "" if answer.sure else "not sure",
        )
    out.print(table)


def show_drawn(ink: Ink, found: Reading | Number) -> None:
    """Draw the found ink, each digit in MNIST's form and as the network saw it, side by side."""
    ascii_only = plain(out) or out.no_color or not out.is_terminal
    for reading in found.digits if isinstance(found, Number) else (found,):
        stages = [("ink", _small(ink)), ("MNIST's form", reading.form), ("seen", reading.seen)]
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
        out.print(Text(in_words(ink, reading), style="dim"))


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


def _style(reading: Reading) -> str:
    return "bold green" if reading.sure else "bold yellow"


def _best(certainties: tuple[float, ...], top: int) -> list[int]:
    """Digits to show: all in their order, or the `top` best, the best first."""
    if top >= len(certainties):
        return list(range(len(certainties)))
    return sorted(range(len(certainties)), key=lambda d: -certainties[d])[:top]
