"""A model in words: its card, two cards side by side, and one line."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, Final

from rich.table import Table
from rich.text import Text

from digitnet.cli.show.console import note, out, say, show_facts
from digitnet.cli.show.training import in_epochs, in_share
from digitnet.model.history import History
from digitnet.model.model import Model

Facts = list[tuple[str, str]]

_SHOWN: Final = 16  # characters of a hash that are shown
_BESIDE: Final = 60
"""Columns from which on two cards stand beside each other."""


def card(model: Model, name: str, history: History | None, written: float | None) -> Facts:
    """The rows of the card.

    Parameters
    ----------
    model : Model
    name : str
        Its name.
    history : History or None
        Its history, if known.
    written : float or None
        Time of its file, in seconds since 1970, if known.
    """
    network, about = model.network, model.about
    facts = [
        ("model", name),
        ("layers", "-".join(map(str, network.sizes))),
        ("weights", f"{len(network.parameters.vector):,}"),
        ("functions", f"{network.f.name}, {network.cost.name} cost"),
        ("inputs", _inputs(model)),
    ]
    if "recipe" in about:
        facts.append(("recipe", _recipe(about["recipe"])))
    trained = [in_epochs(about["epochs"])] if "epochs" in about else []
    trained += [f"seed {about['seed']}"] if "seed" in about else []
    facts += [("trained", ", ".join(trained))] if trained else []
    if "dataset" in about:
        own = ", and your own digits" if "own_sha256" in about else ""
        facts.append(("data", f"{about['dataset']}{own}"))
    if "dataset_sha256" in about:
        facts.append(("data SHA-256", about["dataset_sha256"][:_SHOWN]))
    facts += _scores(about.get("scores", {}))
    if history and history.reports:
        facts.append(("history", _history(history)))
    facts += [("made by", f"digitnet {about['digitnet']}")] if "digitnet" in about else []
    if written is not None:
        facts.append(("saved", time.strftime("%Y-%m-%d %H:%M", time.localtime(written))))
    return facts


def show_comparison(first: Facts, second: Facts, agree: str) -> None:
    """Print two cards beside each other, or else below, and how often the answers are the same."""
    if out.width < _BESIDE:
        for facts in (first, second):
            show_facts(facts)
            say("")
    else:
        one, other = dict(first), dict(second)
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        for name in {**one, **other}:
            table.add_row(name, Text(one.get(name, "-")), Text(other.get(name, "-")))
        out.print(table)
    say(f"Same answers to {agree}.")


def _inputs(model: Model) -> str:
    form = "raw" if model.normalisation is None else "normalised"
    return f"{model.network.sizes[0]} {model.inputs} of {form} digits"


def _recipe(recipe: Mapping[str, Any]) -> str:
    """Describe what the recipe uses, and leave out what it does not."""
    parts = [
        f"{recipe['optimizer']} at {recipe['learning_rate']:g}, {recipe['schedule']}",
        f"batches of {recipe['batch_size']}",
    ]
    parts += [f"decay {recipe['l2']:g}"] if recipe["l2"] else []
    parts += ["distorted"] if recipe["augment"] else []
    learned = ("european", "drawn", "low_resolution", "non_digits")
    parts += [f"{n.replace('_', '-')} {recipe[n]:g}" for n in learned if recipe.get(n)]
    return ", ".join(parts)


def _scores(scores: Mapping[str, Any]) -> Facts:
    facts = []
    for name, words in (("validation", "validation accuracy"), ("test", "test accuracy")):
        if (share := scores.get(f"{name}_accuracy")) is not None:
            of = scores.get(f"{name}_count")
            facts.append((words, f"{share:.2%}" + (f" of {of:,}" if of else "")))
    return facts


def _history(history: History) -> str:
    """First and last accuracy of a history, and the number of reports."""
    told = [moment for moment in history.reports if moment.validation_accuracy is not None]
    count = f"{len(history.reports)} reports"
    if not told:
        return count
    first, last = told[0], told[-1]
    return (
        f"{count}, from {first.validation_accuracy:.2%} to {last.validation_accuracy:.2%} "
        f"in epoch {in_share(last.epoch)}"
    )


def in_words(model: Model) -> str:
    """``784-15-10, 97.34% of mnist's test digits``."""
    layers = "-".join(map(str, model.network.sizes))
    if model.accuracy is None:
        return f"{layers}, never scored"
    return f"{layers}, {model.accuracy:.2%} of {model.about.get('dataset')}'s test digits"


def say_who_reads(model: Model, name: str) -> None:
    """Print on stderr which model answers."""
    note(f"Read by {name} ({in_words(model)}).")


def say_who_reads_lines(picture: str, *, asked: bool) -> None:
    """Print on stderr that several digits are read, if nobody asked, and which model helps."""
    if not asked:
        note(f"{picture}: several digits found; they are read as with --number.")
    note("A bundled sequence model also reads each line.")


def say_who_reads_better(own: Model, large: Model) -> None:
    """Print on stderr that the large model reads better than the user's, where that is known.

    It is known if both were scored on MNIST's digits, and the user's model was not trained on
    the user's own digits, which it may well read better.
    """
    scored = own.about.get("dataset") in {"mnist", "sample"} and "own_sha256" not in own.about
    if not scored or own.accuracy is None or large.accuracy is None:
        return
    if own.accuracy < large.accuracy:
        note(f"The bundled large model reads better ({in_words(large)}): --model large")
