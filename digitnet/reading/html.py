"""A reading as a piece of HTML, which is how Jupyter shows it."""

from __future__ import annotations

from html import escape
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.images.colours import EITHER
from digitnet.images.html import img, row
from digitnet.model.digit import Digit
from digitnet.reading.reading import Reading

_SIDE: Final = 112
"""Pixels of a picture's longer side as it is shown."""
_BAR: Final = 160
"""Pixels of a full bar."""


def reading_html(reading: Reading) -> str:
    """Draw the ink and the answer; of one digit what was seen and ten bars, of several each digit.

    Parameters
    ----------
    reading : Reading

    Returns
    -------
    str
        One element, with its pictures in it; its colours are those of what is around.
    """
    ink = _picture(np.rint(255 * reading.ink.pixels).astype(np.uint8), "the ink that was found")
    if not reading.several:
        (digit,) = reading.digits
        return row(ink, _seen(digit), _answer(reading.text, reading.why), _bars(digit))
    lines = (row(*map(_small, line)) for line in reading.lines)
    return row(ink, f"<div>{_answer(reading.text, reading.why)}{''.join(lines)}</div>")


def digit_html(digit: Digit) -> str:
    """Draw what was seen of one digit, the answer and ten bars."""
    return row(_seen(digit), _answer(str(digit.digit), digit.why), _bars(digit))


def _answer(text: str, why: str | None) -> str:
    said = "sure" if why is None else f"not sure: {escape(why)}"
    colour = EITHER.answer(sure=why is None)
    number = "<br>".join(map(escape, text.split("\n")))
    return (
        f'<div style="max-width:12em"><div style="font-size:40px;line-height:1.1">{number}</div>'
        f'<div style="color:{colour}">{said}</div></div>'
    )


def _seen(digit: Digit) -> str:
    return _picture(digit.seen, "what the network saw, with place, size and slant taken out")


def _small(digit: Digit) -> str:
    said = f"{digit.digit}, {digit.certainty:.1%}"
    colour = "inherit" if digit.sure else EITHER.orange
    return f'<div style="text-align:center;color:{colour}">{_seen(digit)}<br>{said}</div>'


def _bars(digit: Digit) -> str:
    rows = (
        f"<tr><td>{'<b>' * first}{d}{'</b>' * first}</td>"
        f'<td style="width:{_BAR}px;text-align:left"><div style="width:{_BAR * p:.0f}px;'
        f'height:9px;background:currentColor;opacity:{0.9 if first else 0.45}"></div></td>'
        f"<td>{p:.1%}</td></tr>"
        for d, p in enumerate(digit.certainties)
        for first in (d == digit.digit,)
    )
    return f'<table style="line-height:1.1">{"".join(rows)}</table>'


def _picture(levels: NDArray[np.uint8], alt: str) -> str:
    """Dark ink on light paper, as one draws."""
    return img(Image.fromarray(255 - levels), alt, _SIDE)
