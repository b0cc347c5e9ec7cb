"""Every rich object: how results, waits and errors look in a terminal."""

from __future__ import annotations

from functools import partial
from textwrap import fill
from typing import Final

from rich.console import Console
from rich.text import Text

from digitnet.errors import DigitnetError, printable

_AT_SPACES: Final = partial(fill, break_long_words=False, break_on_hyphens=False)

_ASCII: Final = {
    "∂": "d", "ŷ": "y^", "·": "*", "×": "x", "α": "alpha", "Σ": "sum", "²": "^2", "←": "<-",
    "…": "...", "≈": "~",
}  # fmt: skip
"""What stands for a letter of the essay's in a terminal that has only ASCII."""

out = Console(highlight=False, soft_wrap=False)
err = Console(stderr=True, highlight=False)


def plain(console: Console) -> bool:
    """Whether the terminal cannot show block characters."""
    return not console.encoding.lower().startswith("utf")


def colourless(console: Console) -> bool:
    """Whether pictures must do without colours or block characters."""
    return plain(console) or console.no_color or not console.is_terminal


def in_letters(text: str) -> str:
    """Return words of our own in the letters that the terminal has for results."""
    if not plain(out):
        return text
    return "".join(_ASCII.get(letter, letter) for letter in text)


def show_error(error: DigitnetError) -> None:
    """Print what went wrong, what was expected and found, and what to do.

    A parameter is called by its option: ``--learning-rate`` for ``learning_rate``.
    """
    option = error.parameter and f"--{error.parameter.replace('_', '-')}"
    what, found, advice = error.told(option)
    message = Text.assemble(("Error: ", "bold red"), f"{what}\n  {found}\n  {advice}")
    err.print(message, soft_wrap=True)


def note(*lines: str) -> None:
    """Print lines on stderr that are no error: what was assumed, where things are.

    In a terminal they are broken between words; a path stays whole.
    """
    shown = [printable(line) for line in lines]
    if err.is_terminal:
        shown = [_AT_SPACES(line, err.width) for line in shown]
    err.print(Text("\n".join(shown), style="yellow"), soft_wrap=True)


def say(text: str) -> None:
    """Print a line of the result on stdout, broken as `note` does; nothing in it is markup."""
    shown = printable(text)
    if out.is_terminal:
        shown = _AT_SPACES(shown, out.width)
    out.print(Text(shown), soft_wrap=True)
