"""A model in a line: what it is called, its layers, and how well it reads."""

from __future__ import annotations

from digitnet.cli.show.console import note
from digitnet.model.model import Model


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
    """Print on stderr that several digits are read, if nobody asked, and which network helps."""
    if not asked:
        note(f"{picture}: there are several digits; reading them as with --number")
    note("Each line is also read as a whole, by a network for lines that comes with digitnet.")


def say_who_reads_better(own: Model, large: Model) -> None:
    """Print on stderr, of a user's own model, that the large one reads better, where that is known.

    It is known if both were scored on MNIST's digits, and the user's model was not taught a
    hand of its own, which it may well read better.
    """
    scored = own.about.get("dataset") in {"mnist", "sample"} and "own_sha256" not in own.about
    if not scored or own.accuracy is None or large.accuracy is None:
        return
    if own.accuracy < large.accuracy:
        note(f"--model large reads handwriting better ({in_words(large)}).")
