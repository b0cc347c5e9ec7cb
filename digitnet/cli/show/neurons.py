"""Draw neurons: their weights as small pictures, and what they do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rich.console import Group
from rich.table import Table
from rich.text import Text

from digitnet.cli.show.console import grid, out
from digitnet.cli.show.pixels import digit, signed, signed_strokes
from digitnet.datasets.digits import Digits
from digitnet.images.form.inputs import CELLS, FEATURES
from digitnet.images.form.mnist import SIDE
from digitnet.images.form.weights import strokes, weights_drawn
from digitnet.model.neurons import Neuron
from digitnet.nn.functions import Array

MOST: Final = 15
"""Most neurons of a sheet, so that their pictures are large enough."""
_LEAST_SIDE: Final = 5
"""Pixels of the smallest picture of weights."""
_PERCENTILE: Final = 98
"""Percentile of the weights that is brightest, so that a single large weight does not darken the
others."""
_EXAMPLES: Final = 4
"""Digits that activate a neuron most: with 28 columns of weights they fit 80 columns."""
_EXAMPLE_SIDE: Final = 12
"""Pixels of each."""
_LEAST_WORDS: Final = 24
"""Least columns for the text beside a picture; with fewer it is below."""


class Look(NamedTuple):
    """A size of the pictures: columns and lines of each, with the gap below.

    Attributes
    ----------
    strokes : str or None
        Between two strokes of a row; None: the pictures are drawn in pixels.
    """

    width: int
    lines: int
    strokes: str | None = None

    def draw(self, W: Array, *, plain: bool) -> list[Text]:
        """Draw the weights of each neuron."""
        if self.strokes is not None:
            found = [strokes(w) for w in W]
            strongest = strongest_of([each.weight for each in found])
            return [signed_strokes(each, strongest, self.strokes, plain=plain) for each in found]
        pictures = [_drawn(w, self.width) for w in W]
        strongest = strongest_of(pictures)
        return [signed(picture, strongest, plain=plain) for picture in pictures]


class Sheet(NamedTuple):
    """Layout of a sheet: number of neurons, number in a row, and size."""

    shown: int
    columns: int
    look: Look

    @classmethod
    def fitting(cls, W: Array, width: int, height: int) -> Sheet | None:
        """Choose the largest pictures with which all neurons fit, or the smallest.

        Parameters
        ----------
        W : ndarray, shape (neurons, inputs)
        width, height : int
            Columns and lines.
        """
        for count in range(min(MOST, len(W)), 0, -1):
            for look in _looks(W.shape[1]):
                # No gap after the last.
                most, rows = (width + 1) // (look.width + 1), (height + 1) // look.lines
                if min(most, rows) > 0 and count <= most * rows:
                    # Balance the rows.
                    return cls(count, math.ceil(count / math.ceil(count / most)), look)
        return None

    def drawn(self, W: Array, *, plain: bool) -> Table:
        """Draw the first neurons of W; plain: with signs instead of colours."""
        pictures = self.look.draw(W[: self.shown], plain=plain)
        gap = self.look.lines - len(pictures[0].split("\n"))
        return grid(pictures, self.columns, below=gap)


def head(count: int, neurons: int, inputs: int, *, hidden: bool, plain: bool) -> tuple[str, str]:
    """Caption of the pictures, with the meaning of their colours or signs."""
    of = f"the {count}" if count == neurons else f"{count} of {neurons}"
    what = f"{of} neurons" if hidden else f"the outputs 0 to {count - 1}"
    as_strokes = " as strokes" if inputs == FEATURES else ""
    above, below = signs(strokes=inputs == FEATURES, plain=plain)
    meaning = f"({above} positive, {below} negative)" if plain else f"({above} +, {below} −)"
    return f"Weights of {what}{as_strokes}", meaning


def signs(*, strokes: bool, plain: bool) -> tuple[str, str]:
    """Names of positive and of negative weights in the drawing."""
    if not plain:
        return "blue", "orange"
    return ("lines", "o") if strokes else ("+ #", "- =")


def show_neurons(neurons: Sequence[Neuron], digits: Digits, *, plain: bool) -> None:
    """Draw the neurons one below another, each with its description.

    Parameters
    ----------
    neurons : sequence of Neuron
    digits : Digits
        The digits of their activations, normalised.
    plain : bool
        Signs and ASCII shades instead of colours.
    """
    W = np.stack([neuron.weights for neuron in neurons])
    side = 3 * CELLS if W.shape[1] == FEATURES else SIDE
    beside = out.width - side - 1 >= _LEAST_WORDS
    room = out.width - (side + 1 if beside else 0)
    count = min(_EXAMPLES, (room + 1) // (_EXAMPLE_SIDE + 1))
    for neuron, picture in zip(neurons, _pixels(side).draw(W, plain=plain), strict=True):
        examples = [
            digit(digits.images[i], _EXAMPLE_SIDE, plain=plain) for i in neuron.excited_by(count)
        ]
        words = Group(*_words(neuron, digits), grid(examples, max(1, count)))
        out.print(grid([picture, words], 2 if beside else 1))
        out.print()


def strongest_of(pictures: Sequence[Array] | Array) -> float:
    """The brightest weight, the same for all neurons, so that a weak one looks weak."""
    return float(np.percentile(np.abs(pictures), _PERCENTILE))


def _words(neuron: Neuron, digits: Digits) -> list[Text]:
    head = Text(f"neuron {neuron.number}", style="bold")
    if neuron.dead:
        head.append("  dead: it hardly changes any output", style="yellow")
    if neuron.like is not None:
        other, r = neuron.like
        like = "like" if r > 0 else "the opposite of"
        head.append(f"  {like} neuron {other} (r = {r:.2f})", style="yellow")
    raised = [
        f"{word} " + ", ".join(f"{d} ({neuron.says[d]:+.1f})" for d in outputs)
        for word, outputs in zip(("raises", "lowers"), neuron.speaks(), strict=True)
        if outputs
    ]
    labels = ", ".join(str(digits.labels[i]) for i in neuron.excited_by(_EXAMPLES))
    return [
        head,
        Text("; ".join(raised) or "raises and lowers no digit"),
        Text(f"activated most by {labels}", style="dim"),
    ]


def _looks(inputs: int) -> list[Look]:
    """Sizes of the pictures, the largest first."""
    if inputs == FEATURES:
        cells = [Look(2 * CELLS - 1, CELLS + 1, " "), Look(CELLS, CELLS + 1, "")]
        return [_pixels(4 * CELLS), _pixels(3 * CELLS), *cells]
    return [_pixels(side) for side in range(SIDE, _LEAST_SIDE - 1, -1)]


def _pixels(side: int) -> Look:
    return Look(side, side // 2 + 1)


def _drawn(w: Array, side: int) -> NDArray[np.float32]:
    picture = weights_drawn(w, side // CELLS)
    if side == len(picture):
        return picture
    resized = Image.fromarray(picture).resize((side, side), Image.Resampling.BOX)
    return np.asarray(resized, np.float32)
