"""Run a training in the terminal: what is trained, each epoch, and the result."""

from __future__ import annotations

import json as json_
from pathlib import Path
from time import perf_counter

import typer

from digitnet.cli import load
from digitnet.cli.show import training
from digitnet.cli.show.console import note
from digitnet.cli.show.plots import plot_history
from digitnet.cli.show.progress import waiting
from digitnet.cli.show.train_notes import (
    described,
    say_nothing_to_do,
    say_what_begins,
    say_what_next,
    say_where_it_stopped,
)
from digitnet.cli.show.training import Before, Lines
from digitnet.cli.show.watch import Watch, view_of
from digitnet.cli.stop import Stop, handled_by
from digitnet.errors import TrainingError
from digitnet.learning.checkpoint import checkpoint_path
from digitnet.learning.comparison import check_learned, score
from digitnet.learning.plan import Plan
from digitnet.learning.replaced import Replaced, keep_previous, replaced_by
from digitnet.learning.session import Session
from digitnet.model.model import Model


def run(
    session: Session, path: Path, plan: Plan, *, json: bool, watch: bool, plot: Path | None
) -> None:
    """Train, show each epoch, and save the weights, however the run ends."""
    start = perf_counter()
    old = replaced_by(session, path)
    if old and old.is_result and session.training.finished:
        if json and old.model:
            record = training.run_json(old.model, path, 0.0, None)
            typer.echo(json_.dumps({**record, "nothing_to_do": True}))
        say_nothing_to_do(session, old)
        return
    if old and old.is_part:
        old = None
    say_what_begins(session, plan.stopped, old)
    before = _before(session, path)
    view = view_of(session, "as it was" if plan.taught else "untrained", drawn=watch)
    try:
        stop = _train(session, checkpoint_path(path), view, json=json)
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
    training.show_run(model, path, perf_counter() - start, before, json=json)
    say_what_next(model, path, old)


def _train(session: Session, checkpoint: Path, view: Lines | Watch, *, json: bool) -> Stop:
    """Train until the last epoch or a signal, and show each report; as JSON, each epoch."""
    stop = Stop()
    with handled_by(stop.ask), view as show:
        for report in session.reports(checkpoint, show.beside(stop)):
            show.report(report)
            if json and report.whole:
                typer.echo(json_.dumps(vars(report)))
    return stop


def _before(session: Session, path: Path) -> Before | None:
    """Score the model that the run replaces, if there is handwriting to learn."""
    if session.own is None:
        return None
    model, name = load.model_before(path)
    with waiting(f"scoring {name}"):
        return Before(name, score(model, session.digits, session.own, session.cache))


def _save(session: Session, path: Path, old: Replaced | None) -> Model | None:
    """Save the weights and keep the replaced model; None after less than an epoch."""
    if not session.training.progress.kept:
        return None
    with waiting("scoring the network on the test digits"):
        model = session.model()
    try:
        if old or session.training.finished:
            scores = model.about["scores"]
            check_learned(scores, session.validation, session.digits.test, session.learned)
    except TrainingError:
        if old:
            note(f"{described(old)} stays as it is.")
        if session.training.finished:
            raise
        return None
    if old and not old.better:
        keep_previous(path)
    return session.save(path, model)
