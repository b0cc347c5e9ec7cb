"""A model, its evaluation and its answers as HTML, for Jupyter."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitnet.images.colours import EITHER, LIGHT, rgb
from digitnet.images.form.inputs import INPUTS
from digitnet.images.form.weights import weights_drawn
from digitnet.images.html import img, row, signed
from digitnet.nn.evaluation import Evaluation
from digitnet.nn.functions import Array

_SIDE: Final = 84
"""Displayed pixels of a neuron's picture."""
_PART: Final = 12
"""Pixels of a cell in it, with orientation features."""
_MOST: Final = 60
"""Most neurons that are drawn: those with the largest weights to the next layer."""
_PICTURE: Final = 112
"""Displayed pixels of the longer side of a picture of ink."""
_BAR: Final = 160
"""Pixels of a full bar."""


def neurons_html(caption: str, W: Sequence[Array], inputs: str) -> str:
    """Draw the weights of the neurons of a model's first layer.

    Blue is positive, orange is negative.

    Parameters
    ----------
    caption : str
        Description of the model.
    W : sequence of ndarray, shape (neurons out, neurons in)
        Of each layer.
    inputs : str
        The kind of input.
    """
    if len(W[0][0]) != INPUTS[inputs].size:  # it does not read digits
        return f"<div>{escape(caption)}</div>"
    loudest = np.abs(W[1]).max(axis=0) if len(W) > 1 else np.ones(len(W[0]))
    drawn = np.sort(np.argsort(-loudest, kind="stable")[:_MOST])
    pictures = (
        f'<div style="text-align:center">'
        f"{img(signed(weights_drawn(W[0][n], _PART)), f'weights of neuron {n}', _SIDE)}"
        f"<br>{n}</div>"
        for n in drawn.tolist()
    )
    left_out = len(W[0]) - len(drawn)
    more = f"<div>{left_out:,} weaker neurons are not drawn.</div>" if left_out else ""
    return f"<div>{escape(caption)}{row(*pictures)}{more}</div>"


def confusion_html(evaluation: Evaluation) -> str:
    """Draw the confusion matrix: right answers blue, mistakes orange, by their number."""
    confusion = evaluation.confusion
    shown = confusion.sum(axis=1)
    worst = max(1, int((confusion - np.diag(np.diag(confusion))).max()))
    head = "".join(f"<th>{answer}</th>" for answer in range(len(confusion)))
    rows = []
    for label, counts in enumerate(confusion.tolist()):
        cells = []
        for answer, count in enumerate(counts):
            right = label == answer
            share = count / max(1, int(shown[label])) if right else count / worst
            colour = ",".join(map(str, rgb(LIGHT.blue if right else LIGHT.orange)))
            ground = f"background:rgba({colour},{0.6 * share:.2f})"
            cells.append(f'<td style="text-align:right;{ground}">{count or ""}</td>')
        rows.append(f"<tr><th>{label}</th>{''.join(cells)}</tr>")
    caption = "Rows: the digit. Columns: the answer."
    return (
        f"<div>{escape(repr(evaluation))}<table><caption>{caption}</caption>"
        f"<tr><th></th>{head}</tr>{''.join(rows)}</table></div>"
    )


def answer_html(text: str, why: str | None) -> str:
    """Write an answer large, and below it whether it is sure."""
    sureness = "sure" if why is None else f"not sure: {escape(why)}"
    colour = EITHER.answer(sure=why is None)
    number = "<br>".join(map(escape, text.split("\n")))
    return (
        f'<div style="max-width:12em"><div style="font-size:40px;line-height:1.1">{number}</div>'
        f'<div style="color:{colour}">{sureness}</div></div>'
    )


def bars_html(digit: int, certainties: Sequence[float]) -> str:
    """Draw ten certainties as bars, that of the answer stronger."""
    rows = (
        f"<tr><td>{'<b>' * first}{d}{'</b>' * first}</td>"
        f'<td style="width:{_BAR}px;text-align:left"><div style="width:{_BAR * p:.0f}px;'
        f'height:9px;background:currentColor;opacity:{0.9 if first else 0.45}"></div></td>'
        f"<td>{p:.1%}</td></tr>"
        for d, p in enumerate(certainties)
        for first in (d == digit,)
    )
    return f'<table style="line-height:1.1">{"".join(rows)}</table>'


def ink_html(levels: NDArray[np.uint8], alt: str) -> str:
    """Draw light ink on dark ground as dark ink on light paper, as one draws."""
    return img(Image.fromarray(255 - levels), alt, _PICTURE)
