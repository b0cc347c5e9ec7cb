"""What was read on a picture, as a person sees it: a bar for each answer."""

from __future__ import annotations

from rich.text import Text

from digitnet.cli.show.bars import bar
from digitnet.cli.show.console import out, plain
from digitnet.reading.reading import Reading

_BAR = 24  # characters of a full bar: with its digit and number it fits 40 columns
_BESIDE = 11  # characters of a bar's digit and number


def show_reading(file: str, reading: Reading, top: int) -> None:
    """Print what was read: of one digit a bar for each answer, of several a bar for each digit."""
    head = Text(f"{file}: ")
    for n, line in enumerate(reading.lines):
        head.append(" / " if n else "")
        for digit in line:
            head.append(str(digit.digit), style=style(digit.sure))
    if not reading.several:
        head.append(f"  {reading.certainty:.1%} certain")
    if reading.why is not None:
        head.append(f"  not sure: {reading.why}", style="yellow")
    out.print(head, soft_wrap=True)
    for digit in reading.digits:
        if reading.several:
            _show_bar(digit.digit, digit.certainty, "" if digit.why is None else f"  {digit.why}")
            continue
        for answer in best(digit.certainties, top):
            _show_bar(answer, digit.certainties[answer])


def _show_bar(digit: int, share: float, doubt: str = "") -> None:
    width = min(_BAR, out.width - _BESIDE)
    line = Text(f"  {digit} ")
    line.append(bar(share, width, plain=plain(out)).ljust(width), style="cyan")
    line.append(f" {share:6.1%}{doubt}")
    out.print(line, soft_wrap=True)


def style(sure: bool) -> str:
    """Colour of an answer: green if it is sure."""
    return "bold green" if sure else "bold yellow"


def best(certainties: tuple[float, ...], top: int) -> list[int]:
    """Digits to show: all in their order, or the `top` best, the best first."""
    if top >= len(certainties):
        return list(range(len(certainties)))
    return sorted(range(len(certainties)), key=lambda d: -certainties[d])[:top]
