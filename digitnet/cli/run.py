"""A training run in the terminal: what it begins with, each epoch, and what it leaves."""

from __future__ import annotations

import json as json_
from contextlib import suppress
from pathlib import Path
from time import perf_counter

import typer

from digitnet.cli import load
from digitnet.cli.show import training
from digitnet.cli.show.console import note
from digitnet.cli.show.plots import plot_history
from digitnet.cli.show.progress import waiting
from digitnet.cli.show.table import show_facts
from digitnet.cli.show.train_notes import (
    Old,
    say_nothing_to_do,
    say_what_begins,
    say_what_next,
    say_where_it_stopped,
)
from digitnet.cli.show.training import Before, Lines
from digitnet.cli.show.watch import Watch, can_watch
from digitnet.cli.stop import Stop, stopping
from digitnet.errors import TrainingError, WeightsError
from digitnet.learning.checkpoint import checkpoint_path
from digitnet.learning.comparison import score
from digitnet.learning.plan import Plan
from digitnet.learning.replaced import (
    better_previous,
    is_part,
    is_result,
    keep_previous,
)
from digitnet.learning.session import Session
from digitnet.learning.significance import check_learned
from digitnet.model.model import Model


def run(
    session: Session, path: Path, plan: Plan, *, json: bool, watch: bool, plot: Path | None
) -> None:
    """Train, show each epoch, and save what there is, however it ends."""
    start = perf_counter()
    old = _old(path)
    if _nothing_to_do(session, old, json=json):
        return
    if old and old.model and is_part(old.model, session):
        old = None
    say_what_begins(session, plan.stopped, old)
    before = _before(session, path)
    try:
        stop = _train(session, checkpoint_path(path), _view(session, plan, watch), json=json)
    except TrainingError:
        if _save(session, path, old):
            epoch = session.training.progress.kept
            note(f"The weights of epoch {epoch}, the best so far, are in {path}")
        raise
    model = _save(session, path, old)
    if plot and model:
        layers = "-".join(map(str, session.network.sizes))
        plot_history(plot, session.history.reports, f"{layers} on {session.digits.name}")
    if model is None or not session.training.finished:
        say_where_it_stopped(session, path, path if model else checkpoint_path(path))
        raise typer.Exit(stop.code or 1)
    seconds = perf_counter() - start
    if json:
        typer.echo(json_.dumps(training.run_json(model, path, seconds, before)))
    else:
        show_facts(training.run_facts(model, path, seconds, before))
    say_what_next(model, path, old)


def _view(session: Session, plan: Plan, watch: bool) -> Lines | Watch:
    if watch and can_watch():
        return Watch(session)
    begins = "as it was" if plan.taught else "untrained"
    return Lines(session.training, begins)


def _train(session: Session, checkpoint: Path, view: Lines | Watch, *, json: bool) -> Stop:
    """Train until the last epoch or a signal, and show each report; as JSON, each epoch."""
    with stopping() as stop, view as show:
        for report in session.reports(checkpoint, show.beside(stop)):
            show.report(report)
            if json and report.whole:
                typer.echo(json_.dumps(training.epoch_json(report)))
    return stop


def _old(path: Path) -> Old | None:
    if not path.exists() or not path.stat().st_size:
        return None
    with suppress(WeightsError):
        model = Model.load(path)
        return Old(path, model, better_previous(path, model))
    return Old(path, None)


def _nothing_to_do(session: Session, old: Old | None, *, json: bool) -> bool:
    """Whether the run that is to go on has finished and its weights are saved; then say so."""
    if not (session.training.finished and old and old.model):
        return False
    list(session.epochs())  # none is left; with patience it takes the best weights
    if not is_result(old.model, session):
        return False
    say_nothing_to_do(session, old)
    if json:
        told = training.run_json(old.model, old.path, 0.0, None)
        typer.echo(json_.dumps({**told, "nothing_to_do": True}))
    return True


def _before(session: Session, path: Path) -> Before | None:
    """Score the model that the run replaces, if there is a hand to learn."""
    if session.own is None:
        return None
    model, name = load.model_before(path)
    with waiting(f"scoring {name}"):
        return Before(name, score(model, session.digits, session.own, session.cache))


def _save(session: Session, path: Path, old: Old | None) -> Model | None:
    """Save the weights and keep what they replace; None if a run cut short has none of use."""
    if not session.training.progress.kept:
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
