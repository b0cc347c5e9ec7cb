"""Why a digit was read as it was: what the neurons said, and which strokes mattered."""

from __future__ import annotations

from typing import Final

from rich.text import Text

from digitnet.cli.show.blocks import digit_lines, side_by_side
from digitnet.cli.show.console import in_letters, out, say
from digitnet.cli.show.neurons import strongest_of
from digitnet.cli.show.signed import colourless, in_words, signed_blocks
from digitnet.cli.show.table import show_indented, show_table
from digitnet.images.form.mnist import SIDE
from digitnet.model.digit import Digit
from digitnet.reading.reasons import HIDDEN_SIDE, Reasons

_VOICES: Final = 15
"""Neurons that are listed, those that did most."""


def show_reasons(found: Reasons, digit: Digit) -> None:
    """Print what each neuron added to the two best answers, and draw where the ink mattered."""
    first, second = found.winner, found.runner_up
    if found.voices:
        _show_voices(found)
    else:
        say("There are no hidden neurons: the outputs weigh the inputs themselves.")
    lead = found.z[0] - found.z[1]
    words = f"z of {first} is {found.z[0]:.2f}, z of {second} is {found.z[1]:.2f}: {lead:.2f} more."
    show_indented(words.split(" "))
    say("")
    plain = colourless(out)
    above, below = in_words(strokes=False, plain=plain)
    speaks = "speak" if plain else "speaks"  # signs are several
    head = (
        f"Which strokes mattered: {above} {speaks} for {first}, {below} for {second}. "
        f"By occlusion: a square of {HIDDEN_SIDE} × {HIDDEN_SIDE} pixels is hidden everywhere in "
        "turn."
    )
    show_indented(in_letters(head).split(" "))
    drawn = signed_blocks(found.strokes, strongest_of(found.strokes), plain=plain)
    seen = digit_lines(digit.seen, SIDE, plain=plain)
    beside = out.width > 2 * SIDE
    lines = side_by_side(seen, drawn, SIDE + 1) if beside else [*seen, Text(), *drawn]
    out.print(Text("\n").join(lines), soft_wrap=True)


def _show_voices(found: Reasons) -> None:
    """Print a row for each neuron; a column's sum is z of its output."""
    words = "What each neuron adds to z of both outputs: its activation a times its weight there."
    show_indented(words.split(" "))
    first, second = found.winner, found.runner_up
    shown = found.voices[:_VOICES]
    rows = [
        (
            str(voice.neuron),
            f"{voice.activation:.2f}",
            *_signed(voice.winner, voice.runner_up),
        )
        for voice in shown
    ]
    others = found.voices[_VOICES:]
    if others:
        sums = sum(voice.winner for voice in others), sum(voice.runner_up for voice in others)
        rows.append((f"{len(others)} others", "", *_signed(*sums)))
    rows.append(("bias", "", *_signed(*found.biases)))
    heads = ("neuron", "a", f"for {first}", f"for {second}", "lead")
    show_table(heads, rows)


def _signed(first: float, second: float) -> tuple[str, str, str]:
    return _sign(first), _sign(second), _sign(first - second)


def _sign(number: float) -> str:
    """With its sign, but for what is 0 in two places."""
    return f"{number:+.2f}" if abs(number) >= 0.005 else "0.00"
