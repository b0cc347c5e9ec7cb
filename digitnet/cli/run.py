"""A training run in the terminal: what it begins with, each epoch, and what it leaves."""

from __future__ import annotations

import json as json_
import shlex
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import typer

from digitnet.cli import load
from digitnet.cli.show import training
from digitnet.cli.show.console import note
from digitnet.cli.show.models import in_words, say_who_reads_better
from digitnet.cli.show.progress import waiting
from digitnet.cli.show.table import show_facts
from digitnet.cli.show.training import Before
from digitnet.cli.stop import Stop, stopping
from digitnet.errors import TrainingError, WeightsError
from digitnet.learning.chance import check_learned
from digitnet.learning.checkpoint import Checkpoint, checkpoint_path
from digitnet.learning.comparison import score
from digitnet.learning.saved import (
    better_previous,
    is_part,
    is_result,
    keep_previous,
    previous_path,
)
from digitnet.learning.session import Session
from digitnet.model.bundled import bundled_model
from digitnet.model.model import Model
from digitnet.model.weights import load_weights
from digitnet.places import model_file
from digitnet.reading.doubt import DoubtLimits


class Old(NamedTuple):
    """The file that a run replaces, the model in it, and the one that was replaced before it.

    They are None if it cannot be read, and if the one before was no better.
    """

    path: Path
    model: Model | None
    better: Model | None = None

    def __str__(self) -> str:
        return f"{self.path} ({in_words(self.model) if self.model else 'which cannot be read'})"


def run(session: Session, path: Path, stopped: Checkpoint | None, *, json: bool) -> None:
    """Train, show each epoch, and save what there is, however it ends."""
    start = perf_counter()
    old = _old(path)
    if _nothing_to_do(session, old, json=json):
        return
    if old and old.model and is_part(old.model, session):
        old = None
    _say_what_begins(session, stopped, old)
    before = _before(session, path)
    try:
        stop = _train(session, checkpoint_path(path), json=json)
    except TrainingError:
        if _save(session, path, old):
            note(f"The weights of epoch {session.training.kept}, the best so far, are in {path}")
        raise
    model = _save(session, path, old)
    if model is None or not session.training.finished:
        _say_where_it_stopped(session, path, path if model else checkpoint_path(path))
        raise typer.Exit(stop.code or 1)
    seconds = perf_counter() - start
    if json:
        typer.echo(json_.dumps(training.run_json(model, path, seconds, before)))
    else:
        show_facts(training.run_facts(model, path, seconds, before))
    _say_what_next(model, path, old)


def _train(session: Session, checkpoint: Path, *, json: bool) -> Stop:
    """Train until the last epoch or a signal, and show each epoch."""
    epochs = training.epochs(session.recipe.epochs, session.training.epoch)
    with stopping() as stop, epochs as show:
        for report in session.epochs(checkpoint, stop):
            show(report)
            if json:
                typer.echo(json_.dumps(training.epoch_json(report)))
    return stop


def _old(path: Path) -> Old | None:
    if not path.exists() or not path.stat().st_size:
        return None
    with suppress(WeightsError):
        model = load_weights(path)
        return Old(path, model, better_previous(path, model))
    return Old(path, None)


def _nothing_to_do(session: Session, old: Old | None, *, json: bool) -> bool:
    """Whether the run that is to go on has finished and its weights are saved; then say so."""
    if not (session.training.finished and old and old.model):
        return False
    list(session.epochs())  # none is left; with patience it takes the best weights
    if not is_result(old.model, session):
        return False
    done = session.training.epoch
    learned = f", with your digits in {session.own.name}" if session.own else ""
    note(f"Nothing to do: this run has ended after {_epochs(done)}{learned}.")
    note(f"Its weights are in {old}.")
    if done >= session.recipe.epochs:
        note(f"To train longer: digitnet train --resume --epochs {2 * done}{_named(old.path)}")
    note("For a new run, leave out --resume.")
    if json:
        told = training.run_json(old.model, old.path, 0.0, None)
        typer.echo(json_.dumps({**told, "nothing_to_do": True}))
    return True


def _say_what_begins(session: Session, stopped: Checkpoint | None, old: Old | None) -> None:
    """Say what is trained on what, and what it will replace."""
    layers = "-".join(map(str, session.network.sizes))
    epochs, done = session.recipe.epochs, session.training.epoch
    begins = f"Going on after {_epochs(done)} with" if stopped else "Training"
    own = f", your digits in {session.own.name} among them," if session.own else ""
    held_out = len(session.validation)
    others = f"; {held_out:,} others score each epoch" if held_out else ""
    note(
        f"{begins} {layers} on {len(session.learned):,} digits of {session.digits.name}{own} "
        f"for {_epochs(epochs)}{' in all' if stopped else ''}{others}."
    )
    if stopped and stopped.stretches(session.recipe):
        note(
            f"The run was planned for {_epochs(stopped.recipe.epochs)}: its schedule is stretched "
            f"to {epochs}, and the weights will not be those of {epochs} epochs from the start."
        )
    if old and old.better:
        better = f"{previous_path(old.path)} ({in_words(old.better)})"
        note(f"It will replace {old}. {better} is better than that, and stays.")
    elif old:
        note(f"It will replace {old}, which is kept as {previous_path(old.path)}.")


def _say_where_it_stopped(session: Session, path: Path, weights: Path) -> None:
    """Say how far it came, where its weights are, and how to go on."""
    note(
        f"Stopped in epoch {session.training.epoch + 1} of {session.recipe.epochs}. "
        f"The weights so far are in {weights}; go on with: digitnet train --resume{_named(path)}"
    )


def _before(session: Session, path: Path) -> Before | None:
    """Score the model that the run replaces, if there is a hand to learn."""
    if session.own is None:
        return None
    model, name = load.model_before(path)
    with waiting(f"scoring {name}"):
        return Before(name, score(model, session.digits, session.own, session.cache))


def _save(session: Session, path: Path, old: Old | None) -> Model | None:
    """Save the weights and keep what they replace; None if a run cut short has none of use."""
    if not session.training.kept:
        return None
    try:
        if old or session.training.finished:
            with waiting("scoring the network"):
                check_learned(session)
    except TrainingError:
        if old:
            note(f"{old} stays as it is.")
        if session.training.finished:
            raise
        return None
    if old and not old.better:
        keep_previous(path)
    with waiting("scoring the network on the test digits"):
        return session.save(path)


def _say_what_next(model: Model, path: Path, old: Old | None) -> None:
    """Say what the new model is good for, where the old one is, and what to type next."""
    if old:
        which = "A model of before" if old.better else "The model before"
        worse = _worse(model, old.better or old.model)
        note(f"{which} is in {previous_path(path)}.{worse}")
    note(_good_for(model))
    say_who_reads_better(model, bundled_model("large"))
    named = _named(path)
    note(f"Next: digitnet eval{named}, or digitnet predict image.png{named}")


def _good_for(model: Model) -> str:
    accuracy, dataset = model.accuracy, model.about["dataset"]
    if accuracy is not None and accuracy < DoubtLimits().weak:
        return f"It is weak: it reads {accuracy:.2%} of the test digits, and is sure of no answer."
    if "own_sha256" in model.about:
        return "It is good for your own handwriting, which it has learned."
    like = "MNIST's writers" if dataset in {"mnist", "sample"} else f"those who wrote {dataset}"
    return f"It is good for digits of people who write like {like}."


def _worse(model: Model, old: Model | None) -> str:
    """Say so if the old model was better in the test of the same data set."""
    if old is None or old.accuracy is None or model.accuracy is None:
        return ""
    comparable = old.about.get("dataset") == model.about["dataset"]
    if not comparable or old.accuracy <= model.accuracy:
        return ""
    return f" It was better: {old.accuracy:.2%} in the test, the new one {model.accuracy:.2%}."


def _epochs(count: int) -> str:
    return f"{count:,} epoch{'' if count == 1 else 's'}"


def _named(path: Path) -> str:
    return "" if path == model_file() else f" --model {shlex.quote(str(path))}"
