"""digitnet inspect: a model's card, and each of its neurons."""

from __future__ import annotations

import json as json_
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from digitnet.cli.options import Json, given

if TYPE_CHECKING:
    from digitnet.datasets.digits import Digits
    from digitnet.model.history import History
    from digitnet.model.model import Model
    from digitnet.model.neurons import Neuron

HELP = """Show a model: its card, and each neuron: its weights and the digits that activate it most.

Without MODEL: your own model, or the bundled small one if you have none. The digits are the \
4,000 training digits of the sample.

Examples:
  digitnet inspect
  digitnet inspect --compare small large
"""


class _Found(NamedTuple):
    model: Model
    name: str
    history: History | None
    written: float | None


def inspect(
    ctx: typer.Context,
    model: Annotated[
        Path | None,
        typer.Argument(
            help="A file of weights; small or large for a bundled model.", metavar="MODEL"
        ),
    ] = None,
    compare: Annotated[
        tuple[Path, Path] | None,
        typer.Option(help="Show two models side by side.", metavar="A B"),
    ] = None,
    neurons: Annotated[
        int, typer.Option(help="Draw the N neurons of most influence.", metavar="N")
    ] = 15,
    json: Json = False,
) -> None:
    """Load the model, describe its neurons, and show them."""
    from digitnet.cli.show.console import show_facts
    from digitnet.cli.show.models import card
    from digitnet.cli.show.progress import waiting
    from digitnet.datasets.mnist import load_sample
    from digitnet.model.neurons import neurons as look
    from digitnet.places import model_file

    if compare and (model or given(ctx, "neurons")):
        raise typer.BadParameter("--compare takes its two models alone, and draws no neurons.")
    if neurons < 0:
        raise typer.BadParameter(f"Expected 0 or more, found {neurons}.", param_hint="'--neurons'")
    if compare:
        _compare(*map(_load, compare), json=json)
        return
    found = _load(model or model_file())
    with waiting("reading the sample"):
        sample = load_sample().train
        digits = replace(sample, images=found.model.prepare(sample.images))
        all_neurons = look(found.model, digits.images)
    if json:
        records = [_as_json(neuron, digits) for neuron in all_neurons]
        typer.echo(json_.dumps({**_card_json(found), "neurons": records}))
        return
    show_facts(card(*found))
    _show_neurons(all_neurons, _strongest(all_neurons, neurons), digits)


def _show_neurons(all_neurons: list[Neuron], shown: list[Neuron], digits: Digits) -> None:
    """Describe all neurons, and draw some."""
    from digitnet.cli.show.console import colourless, out, say, show_indented
    from digitnet.cli.show.neurons import show_neurons

    say("")
    show_indented(_summary(all_neurons, len(shown)).split(" "))
    if shown:
        say("")
        show_neurons(shown, digits, plain=colourless(out))


def _load(path: Path) -> _Found:
    from digitnet.cli import load

    found, name, own = load.named_model(path, "small")
    written = path.stat().st_mtime if own else None  # of a bundled one, when it was copied
    return _Found(found, name, load.history(path, found, own=own), written)


def _strongest(neurons: list[Neuron], count: int) -> list[Neuron]:
    """Those that influence the outputs most, in the order of their numbers."""
    strongest = sorted(neurons, key=lambda neuron: -neuron.strength)[:count]
    return sorted(strongest, key=lambda neuron: neuron.number)


def _summary(neurons: list[Neuron], shown: int) -> str:
    """Print the number of neurons, and which of them are dead or alike."""
    head = f"{len(neurons):,} neurons"
    if 0 < shown < len(neurons):
        head += f", below the {shown:,} of most influence"
    dead = [str(neuron.number) for neuron in neurons if neuron.dead]
    pairs = [f"{neuron.number} and {neuron.like[0]}" for neuron in neurons if neuron.like]
    parts = [head, f"dead: {', '.join(dead) or 'none'}", f"alike: {', '.join(pairs) or 'none'}"]
    return "; ".join(parts) + "."


def _compare(first: _Found, second: _Found, *, json: bool) -> None:
    """Show two cards, and the number of the sample's test digits with the same answer."""
    from digitnet.cli.show.models import card, show_comparison
    from digitnet.datasets.mnist import load_sample

    digits = load_sample().test
    one, other = (
        found.model.answer(found.model.prepare(digits.images)).argmax(axis=1)
        for found in (first, second)
    )
    same = int((one == other).sum())
    if json:
        record = {"a": _card_json(first), "b": _card_json(second)}
        typer.echo(json_.dumps({**record, "same_answers": same, "count": len(digits)}))
        return
    agree = f"{same:,} of {len(digits):,} test digits of the sample"
    show_comparison(card(*first), card(*second), agree)


def _card_json(found: _Found) -> dict[str, Any]:
    model = found.model
    return {
        "model": found.name,
        "layers": model.network.sizes,
        "activation": model.network.f.name,
        "cost": model.network.cost.name,
        "inputs": model.inputs,
        **{name: value for name, value in model.about.items() if name != "digitnet"},
        "digitnet": model.about.get("digitnet"),
        "history": len(found.history.reports) if found.history else None,
    }


def _as_json(neuron: Neuron, digits: Digits) -> dict[str, Any]:
    said_for, against = neuron.speaks()
    like = neuron.like and {"neuron": neuron.like[0], "correlation": neuron.like[1]}
    return {
        "neuron": neuron.number,
        "for": said_for,
        "against": against,
        "excited_by": digits.labels[neuron.excited_by(4)].tolist(),
        "dead": neuron.dead,
        "like": like,
    }


inspect.__doc__ = HELP
