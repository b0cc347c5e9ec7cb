"""The sentences of a training run, before its first epoch and after its last."""

from __future__ import annotations

import shlex
from pathlib import Path

from digitnet.cli.show.console import note
from digitnet.cli.show.models import in_words, say_who_reads_better
from digitnet.cli.show.training import in_epochs
from digitnet.learning.checkpoint import Checkpoint
from digitnet.learning.replaced import Replaced, previous_path
from digitnet.learning.session import Session
from digitnet.model.doubt import DoubtLimits
from digitnet.model.model import Model, bundled_model
from digitnet.places import model_file


def described(old: Replaced) -> str:
    """Name a file that is replaced, and say what is in it."""
    return f"{old.path} ({in_words(old.model) if old.model else 'which cannot be read'})"


def say_nothing_to_do(session: Session, old: Replaced) -> None:
    """Note that the run has ended, where the model is, and what to do next."""
    done = session.training.epoch
    learned = f", with your digits in {session.own.name}" if session.own else ""
    note(f"Nothing to do: this run has ended after {in_epochs(done)}{learned}.")
    note(f"Its weights are in {described(old)}.")
    if done >= session.recipe.epochs:
        note(f"To train longer: digitnet train --resume --epochs {2 * done}{_named(old.path)}")
    note("For a new run, leave out --resume.")


def say_what_begins(session: Session, stopped: Checkpoint | None, old: Replaced | None) -> None:
    """Print the network, the data and the model that will be replaced."""
    layers = "-".join(map(str, session.network.sizes))
    epochs, done = session.recipe.epochs, session.training.epoch
    begins = f"Going on after {in_epochs(done)} with" if stopped else "Training"
    own = f", including yours in {session.own.name}," if session.own else ""
    held_out = len(session.validation)
    others = f"; {held_out:,} are held out for validation" if held_out else ""
    note(
        f"{begins} {layers} on {len(session.learned):,} digits of {session.digits.name}{own} "
        f"for {in_epochs(epochs)}{' in all' if stopped else ''}{others}."
    )
    stretched = session.options.get("stretched", [])
    if stopped and stretched[-1:] == [stopped.recipe.epochs]:
        note(
            f"The run was planned for {in_epochs(stopped.recipe.epochs)}: its schedule is "
            f"stretched to {epochs}, so the weights will differ from those of a run of {epochs} "
            "epochs."
        )
    if old and old.better:
        better = f"{previous_path(old.path)} ({in_words(old.better)})"
        note(f"It will replace {described(old)}. {better} is better than that, and stays.")
    elif old:
        note(f"It will replace {described(old)}, which is kept as {previous_path(old.path)}.")


def say_where_it_stopped(session: Session, path: Path, weights: Path) -> None:
    """Note how far the run is, where its weights are, and how to continue."""
    note(
        f"Stopped in epoch {session.training.epoch + 1} of {session.recipe.epochs}. "
        f"The weights so far are in {weights}; go on with: digitnet train --resume{_named(path)}"
    )


def say_what_next(model: Model, path: Path, old: Replaced | None) -> None:
    """Note what the new model works for, where the old one is, and the next command."""
    good_for, named = _good_for(model), _named(path)
    if old:
        which = "An earlier, better model" if old.better else "The previous model"
        worse = _worse(model, old.better or old.model)
        note(f"{which} was kept as {previous_path(path)}.{worse}")
    note(good_for)
    say_who_reads_better(model, bundled_model("large"))
    note(f"Next: digitnet eval{named}, or digitnet predict image.png{named}")


def _good_for(model: Model) -> str:
    accuracy, dataset = model.accuracy, model.about["dataset"]
    if accuracy is not None and accuracy < DoubtLimits().weak:
        return (
            f"It is weak: it reads {accuracy:.2%} of the test digits, and marks no answer as sure."
        )
    if "own_sha256" in model.about:
        return "Works best on your own handwriting, which it was trained on."
    recipe = model.about["recipe"]
    if recipe.get("drawn") or recipe.get("european"):
        return "Works on digits as people of many countries write them."
    like = "MNIST's" if dataset in {"mnist", "sample"} else f"those of {dataset}"
    return f"Works best on digits written like {like}."


def _worse(model: Model, old: Model | None) -> str:
    """Note if the old model has a higher test accuracy on the same data set."""
    if old is None or old.accuracy is None or model.accuracy is None:
        return ""
    comparable = old.about.get("dataset") == model.about["dataset"]
    if not comparable or old.accuracy <= model.accuracy:
        return ""
    return f" It was better: {old.accuracy:.2%} in the test, the new one {model.accuracy:.2%}."


def _named(path: Path) -> str:
    return "" if path == model_file() else f" --model {shlex.quote(str(path))}"
