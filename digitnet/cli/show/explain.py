"""Explanations: the numbers of the essay's example, and the reasons of an answer."""

from __future__ import annotations

from typing import Final

from digitnet.cli.show.console import (
    colourless,
    grid,
    in_letters,
    out,
    say,
    show_indented,
    show_table,
)
from digitnet.cli.show.neurons import signs, strongest_of
from digitnet.cli.show.pixels import digit as drawn_digit
from digitnet.cli.show.pixels import signed
from digitnet.images.form.mnist import SIDE
from digitnet.model.digit import Digit
from digitnet.nn.descent import GradientDescent
from digitnet.nn.functions import Array
from digitnet.nn.network import Network, Parameters, Pass
from digitnet.nn.worked import central_differences, cost_of, descend, two_neurons
from digitnet.reading.reasons import HIDDEN_SIDE, Reasons

_NAMES: Final = ("w0", "b0", "w1", "b1")
"""The weights in the order of `Parameters.vector`."""
_ALPHA: Final = 1.0
_VOICES: Final = 15
"""Most neurons that are listed: those that add most to an answer."""


def show_example() -> None:
    """Print the forward pass, the factors of the chain rule, the step, descent on a parabola."""
    network, X, y = two_neurons()
    this = network.forward(X)
    gradient = network.backward(this, y)
    _show_forward(network, this, y)
    _show_backward(network, this, y)
    _tell("The same by central differences: (c(w + h) - c(w - h)) / 2h")
    differences = central_differences(network, X, y).tolist()
    pairs = zip(_NAMES, gradient.vector.tolist(), differences, strict=True)
    rows = [(name, f"{slope:.8f}", f"{difference:.8f}") for name, slope, difference in pairs]
    show_table(("weight", "chain rule", "difference"), rows)
    _show_step(network, gradient, X, y)
    _tell(
        "Gradient descent on x² - 2x + 1.5 from x = -1; the minimum is at x = 1",
        f"α = 1:   {_way(descend(1, 4))}, … for ever",
        f"α = 0.1: {_way(descend(0.1, 4))}, …",
        f"         after 60 steps {descend(0.1, 60)[-1]:.6f}",
    )


def _show_forward(network: Network, this: Pass, y: Array) -> None:
    x, target = this.X.item(), y.item()
    w0, b0, w1, b1 = network.parameters.vector.tolist()
    (z0, z1), (a0, a1) = ([each.item() for each in layers] for layers in (this.Z, this.A))
    _tell(
        "The essay's network: one input, one neuron, one output",
        f"x = {x:g}, target y = {target:g}, f(z) = 1 / (1 + e^-z), c = (ŷ - y)²",
        f"w0 = {w0:g}, b0 = {b0:g}, w1 = {w1:g}, b1 = {b1:g}",
    )
    _tell(
        "Forward",
        f"z0 = w0 · x + b0 = {w0:g} · {x:g} + {b0:g} = {_n(z0)}",
        f"a0 = f(z0) = {_n(a0)}",
        f"z1 = w1 · a0 + b1 = {w1:g} · {_n(a0)} + {b1:g} = {_n(z1)}",
        f"ŷ = a1 = f(z1) = {_n(a1)}",
        f"c = (ŷ - y)² = {_n(network.cost.total(this.Z[-1], this.A[-1], y))}",
    )


def _show_backward(network: Network, this: Pass, y: Array) -> None:
    slope0, slope1 = (_n(network.f.derivative(A).item()) for A in this.A)
    to_a1 = _n(2 * (this.A[1].item() - y.item()))
    v0, v1 = (_n(v.item()) for v in this.v)
    W, B = ([_n(each.item()) for each in layers] for layers in (this.gradient.W, this.gradient.B))
    _tell(
        "Backward: the chain rule, link by link",
        f"∂c/∂a1 = 2 (a1 - y) = {to_a1}",
        f"∂a1/∂z1 = f'(z1) = a1 (1 - a1) = {slope1}",
        f"v1 = ∂c/∂z1 = {slope1} · {to_a1} = {v1}",
        f"∂c/∂w1 = v1 · a0 = {W[1]}",
        f"∂c/∂b1 = v1 = {B[1]}",
        f"∂a0/∂z0 = f'(z0) = a0 (1 - a0) = {slope0}",
        f"v0 = ∂c/∂z0 = {slope0} · w1 · v1 = {v0}",
        f"∂c/∂w0 = v0 · x = {W[0]}",
        f"∂c/∂b0 = v0 = {B[0]}",
    )


def _show_step(network: Network, gradient: Parameters, X: Array, y: Array) -> None:
    before, cost = network.parameters.vector.tolist(), cost_of(network, X, y)
    GradientDescent(network.parameters).step(gradient, _ALPHA)
    moves = zip(
        _NAMES, before, gradient.vector.tolist(), network.parameters.vector.tolist(), strict=True
    )
    _tell(
        f"One step: w ← w - α ∂c/∂w, with α = {_ALPHA:g}",
        *(f"{w} ← {old:g} - {_ALPHA:g} · {_n(slope)} = {_n(new)}" for w, old, slope, new in moves),
        f"ŷ = {_n(network.forward(X).A[-1].item())}",
        f"c = {_n(cost_of(network, X, y))}, before {_n(cost)}",
    )


def numbers() -> dict[str, object]:
    """The same numbers for --json."""
    network, X, y = two_neurons()
    this = network.forward(X)
    gradient = network.backward(this, y)
    told: dict[str, object] = {
        "z": [Z.item() for Z in this.Z],
        "a": [A.item() for A in this.A],
        "cost": cost_of(network, X, y),
        "v": [v.item() for v in this.v],
        "gradient": dict(zip(_NAMES, gradient.vector.tolist(), strict=True)),
        "differences": dict(zip(_NAMES, central_differences(network, X, y).tolist(), strict=True)),
    }
    GradientDescent(network.parameters).step(gradient, _ALPHA)
    told["after"] = dict(zip(_NAMES, network.parameters.vector.tolist(), strict=True))
    told["cost_after"] = cost_of(network, X, y)
    told["descent"] = {"1": descend(1, 4), "0.1": descend(0.1, 60)}
    return told


def _tell(head: str, *lines: str) -> None:
    out.print(in_letters(head), style="bold", markup=False)
    for line in lines:
        show_indented(in_letters(line).split(" "), "  ")
    if lines:
        say("")


def _n(number: float) -> str:
    """Three significant figures, as in the essay: 0.0440, 0.818, 1.5."""
    return f"{number:.3f}" if abs(number) >= 0.1 else f"{number:.4f}"


def _way(way: list[float]) -> str:
    return ", ".join(f"{x:.3g}" for x in way)


def show_reasons(found: Reasons, digit: Digit) -> None:
    """Print what each neuron adds to the two best answers, and draw which ink matters."""
    first, second = found.winner, found.runner_up
    if found.voices:
        _show_voices(found)
    else:
        say("There are no hidden neurons: the inputs feed the outputs directly.")
    lead = found.z[0] - found.z[1]
    words = f"z of {first} is {found.z[0]:.2f}, z of {second} is {found.z[1]:.2f}: {lead:.2f} more."
    show_indented(words.split(" "))
    say("")
    plain = colourless(out)
    above, below = signs(strokes=False, plain=plain)
    words = (
        f"Which strokes decided: {above} for {first}, {below} for {second}. By occlusion: a square "
        f"of {HIDDEN_SIDE} × {HIDDEN_SIDE} pixels is hidden everywhere in turn."
    )
    show_indented(in_letters(words).split(" "))
    decided = signed(found.strokes, strongest_of(found.strokes), plain=plain)
    seen = drawn_digit(digit.seen, SIDE, plain=plain)
    out.print(grid([seen, decided], 2 if out.width > 2 * SIDE else 1, below=1))


def _show_voices(found: Reasons) -> None:
    """Print a row for each neuron; the sum of a column is z of its output."""
    words = "What each neuron adds to z of both outputs: its activation a times its weight."
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
    """With its sign, unless it rounds to 0.00."""
    return f"{number:+.2f}" if abs(number) >= 0.005 else "0.00"
