"""digitnet eval: score a model on test digits."""

from __future__ import annotations

import json as json_
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from digitnet.cli.options import MODEL_FILE, DataDir, DataSet, Json, Mirror, ModelFile, plot_of

if TYPE_CHECKING:
    from digitnet.cli.show.mistakes import Mistake
    from digitnet.nn.evaluation import Evaluation

SAVED: Final = 40
"""Mistakes of a sheet by default."""


def eval_(
    folder: Annotated[
        Path | None,
        typer.Argument(
            help="Your own pictures, labelled as 3/abc.png or 3_abc.png.", metavar="FOLDER"
        ),
    ] = None,
    model: ModelFile = MODEL_FILE,
    dataset: DataSet = None,
    data_dir: DataDir = None,
    mirror: Mirror = None,
    mistakes: Annotated[
        int | None,
        typer.Option(help="Draw the N worst mistakes.", metavar="N", show_default="list 5"),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option(help="Write the worst mistakes as one PNG.", metavar="FILE.png"),
    ] = None,
    plot: Annotated[
        Path | None, plot_of("the confusion matrix and the reliability diagram")
    ] = None,
    json: Json = False,
) -> None:
    """Score a model on test digits: accuracy, scores of each digit, confusion matrix.

    Examples:
      digitnet eval
      digitnet eval --mistakes 10 --save mistakes.png
      digitnet eval my-digits/
    """
    from digitnet.cli import load
    from digitnet.cli.show import mistakes as wrong
    from digitnet.cli.show.plots import check_plot, plot_answers
    from digitnet.cli.show.progress import waiting
    from digitnet.model.doubt import doubts

    _check_mistakes(mistakes)
    if save:
        wrong.check_picture(save)
    if plot:
        check_plot(plot)
    reader, name = load.model(model)
    kind, test, names = (
        load.own_digits(folder) if folder else load.test_digits(reader, dataset, data_dir, mirror)
    )
    with waiting(f"reading {len(test):,} digits"):
        evaluation = reader.evaluate(test)
    certainties = reader.certainty.of(evaluation.outputs)
    sure = [doubt is None for doubt in doubts(reader, evaluation.outputs)]
    found = wrong.worst(evaluation, certainties, sure, test.images, names)
    if save:
        wrong.save_mistakes(save, found[: mistakes or SAVED])
    if plot:
        of = f"{name}: {evaluation.accuracy:.2%} of {len(test):,} digits of {kind}"
        plot_answers(plot, evaluation.confusion, certainties, test.labels, of)
    if json:
        typer.echo(json_.dumps(_as_json(evaluation, kind, found, sure, mistakes)))
        return
    _show(evaluation, (name, kind), found, sure, mistakes)


def _check_mistakes(mistakes: int | None) -> None:
    if mistakes is not None and mistakes < 1:
        raise typer.BadParameter(
            f"Expected 1 or more, found {mistakes}.", param_hint="'--mistakes'"
        )


def _show(
    evaluation: Evaluation,
    names: tuple[str, str],
    mistakes: list[Mistake],
    sure: list[bool],
    most: int | None,
) -> None:
    from digitnet.cli.show.console import say, show_facts
    from digitnet.cli.show.scores import draw_mistakes, show_confusion, show_mistakes, show_scores

    name, kind = names
    count, unsure = len(sure), sum(not mistake.sure for mistake in mistakes)
    show_facts(
        [
            ("model", name),
            ("test digits", f"{count:,} of {kind}"),
            ("accuracy", f"{evaluation.accuracy:.2%}"),
            ("cost", f"{evaluation.cost:.4f}"),
            ("mistakes", f"{len(mistakes):,}, {unsure:,} of them called unsure"),
            ("unsure", f"{count - sum(sure):,} of all {count:,} answers"),
        ]
    )
    show_scores(evaluation)
    show_confusion(evaluation.confusion)
    say("")
    if most is None:
        show_mistakes(mistakes)
    else:
        draw_mistakes(mistakes[:most])


def _as_json(
    evaluation: Evaluation,
    kind: str,
    mistakes: list[Mistake],
    sure: list[bool],
    most: int | None,
) -> dict[str, object]:
    named = {} if most is None else {"worst": [_mistake_json(one) for one in mistakes[:most]]}
    return {
        "accuracy": evaluation.accuracy,
        "cost": evaluation.cost,
        "count": len(evaluation.labels),
        "dataset": kind,
        "per_digit": [asdict(score) for score in evaluation.per_digit()],
        "confusion": evaluation.confusion.tolist(),
        "mistakes": len(mistakes),
        "mistakes_unsure": sum(not mistake.sure for mistake in mistakes),
        "unsure": len(sure) - sum(sure),
        **named,
    }


def _mistake_json(mistake: Mistake) -> dict[str, object]:
    given, right = mistake.certainties or (None, None)
    return {
        "name": mistake.name,
        "digit": mistake.label,
        "answer": mistake.answer,
        "certainty": given,
        "certainty_of_right": right,
        "sure": mistake.sure,
    }
