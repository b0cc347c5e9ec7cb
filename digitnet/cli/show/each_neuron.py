"""Each neuron with its weights, what it speaks for and against, and the digits that excite it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.text import Text

from digitnet.cli.show.blocks import digit_lines, side_by_side
from digitnet.cli.show.console import out
from digitnet.cli.show.neurons import drawn_alike
from digitnet.datasets.digits import Digits
from digitnet.model.neurons import Neuron

_GAP: Final = 1
_EXAMPLES: Final = 4
"""Digits that excite a neuron most: beside 28 columns of weights they just fit 80."""
_SIDE: Final = 12
"""Pixels of each."""
_LEAST: Final = 24
"""Columns beside a picture in which the words can be read; in fewer they go below it."""


def show_neurons(neurons: Sequence[Neuron], digits: Digits, *, plain: bool) -> None:
    """Draw the neurons, one below another.

    Parameters
    ----------
    neurons : sequence of Neuron
    digits : Digits
        Those that their activations are of, as the network saw them.
    plain : bool
        Signs and ASCII shades instead of colours.
    """
    pictures = drawn_alike([neuron.weights for neuron in neurons], plain=plain)
    for neuron, picture in zip(neurons, pictures, strict=True):
        width = picture[0].cell_len
        beside = out.width - width - _GAP >= _LEAST
        room = out.width - (width + _GAP if beside else 0)
        words = _words(neuron, digits, room) + _examples(neuron, digits, room, plain=plain)
        lines = side_by_side(picture, words, width + _GAP) if beside else [*picture, *words]
        out.print(Text("\n").join([*lines, Text()]), soft_wrap=True)


def _words(neuron: Neuron, digits: Digits, width: int) -> list[Text]:
    head = Text(f"neuron {neuron.number}", style="bold")
    lines = [head]
    if neuron.dead:
        head.append("  dead: it changes next to nothing", style="yellow")
    if neuron.like is not None:
        other, r = neuron.like
        does = "as" if r > 0 else "the opposite of"
        head.append(f"  does {does} neuron {other} does (r = {r:.2f})", style="yellow")
    said = zip(("for", "against"), neuron.speaks(), strict=True)
    told = [
        f"{word} " + ", ".join(f"{d} ({neuron.says[d]:+.1f})" for d in spoken)
        for word, spoken in said
        if spoken
    ]
    lines.append(Text("; ".join(told) or "for no digit, against none"))
    labels = ", ".join(str(digits.labels[i]) for i in neuron.excited_by(_EXAMPLES))
    lines.append(Text(f"excited most by {labels}", style="dim"))
    return [part for line in lines for part in line.wrap(out, width)]


def _examples(neuron: Neuron, digits: Digits, width: int, *, plain: bool) -> list[Text]:
    """Draw as many digits that excite it most as there is room for."""
    count = min(_EXAMPLES, (width + 1) // (_SIDE + 1))
    drawn = [digit_lines(digits.images[i], _SIDE, plain=plain) for i in neuron.excited_by(count)]
    return [Text(" ").join(parts) for parts in zip(*drawn, strict=True)]
