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
    network, about, scores = model.network, model.about, model.about.get("scores", {})
    form = "raw" if model.normalisation is None else "normalised"
    trained = [in_epochs(about["epochs"])] if "epochs" in about else []
    trained += [f"seed {about['seed']}"] if "seed" in about else []
    own = ", and your own digits" if "own_sha256" in about else ""
    saved = "" if written is None else time.strftime("%Y-%m-%d %H:%M", time.localtime(written))
    facts = [
        ("model", name),
        ("layers", "-".join(map(str, network.sizes))),
        ("weights", f"{len(network.parameters.vector):,}"),
        ("functions", f"{network.f.name}, {network.cost.name} cost"),
        ("inputs", f"{network.sizes[0]} {model.inputs} of {form} digits"),
        ("recipe", _recipe(about["recipe"]) if "recipe" in about else ""),
        ("trained", ", ".join(trained)),
        ("data", f"{about['dataset']}{own}" if "dataset" in about else ""),
        ("data SHA-256", about.get("dataset_sha256", "")[:_SHOWN]),
        ("validation accuracy", _accuracy(scores, "validation")),
        ("test accuracy", _accuracy(scores, "test")),
        ("history", _history(history) if history and history.reports else ""),
        ("made by", f"digitnet {about['digitnet']}" if "digitnet" in about else ""),
        ("saved", saved),
    ]
    return [(what, value) for what, value in facts if value]


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


def _accuracy(scores: Mapping[str, Any], part: str) -> str:
    share, count = scores.get(f"{part}_accuracy"), scores.get(f"{part}_count")
    return "" if share is None else f"{share:.2%}" + (f" of {count:,}" if count else "")


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
