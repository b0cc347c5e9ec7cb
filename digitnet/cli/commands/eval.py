"""digitnet eval: how well a model does on digits it was not trained on."""

from __future__ import annotations

import json as json_
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digitnet.cli.options import MODEL_FILE, DataDir, DataSet, Json, Mirror, ModelFile

if TYPE_CHECKING:
    from digitnet.nn.evaluation import Evaluation


def eval_(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Your own pictures, as 3/abc.png or 3_abc.png.", metavar="FOLDER"),
    ] = None,
    model: ModelFile = MODEL_FILE,
    dataset: DataSet = None,
    data_dir: DataDir = None,
    mirror: Mirror = None,
    json: Json = False,
) -> None:
    """Score a model on test digits: accuracy, each digit's scores, what is taken for what.

    Examples:
      digitnet eval
      digitnet eval my-digits/
    """
    from digitnet.cli import load
    from digitnet.cli.show.console import say
    from digitnet.cli.show.progress import waiting
    from digitnet.cli.show.scores import show_confusion, show_mistakes, show_scores
    from digitnet.cli.show.table import show_facts
    from digitnet.datasets.digits import Digits
    from digitnet.nn.evaluation import evaluate

    reader, name = load.model(model)
    if folder is None:
        kind, test, names = load.test_digits(reader, dataset, data_dir, mirror)
    else:
        kind, test, names = load.own_digits(folder)
    with waiting(f"reading {len(test):,} digits"):
        evaluation = evaluate(
            reader.network, Digits(reader.prepare(test.images), test.labels), reader.shown
        )
    if json:
        typer.echo(json_.dumps(_as_json(evaluation, kind)))
        return
    show_facts(
        [
            ("model", name),
            ("test digits", f"{len(test):,} of {kind}"),
            ("accuracy", f"{evaluation.accuracy:.2%}"),
            ("cost", f"{evaluation.cost:.4f}"),
        ]
    )
    show_scores(evaluation)
    show_confusion(evaluation.confusion)
    say("")
    show_mistakes(evaluation, reader.certainty.of(evaluation.outputs), names)


def _as_json(evaluation: Evaluation, kind: str) -> dict[str, object]:
    return {
        "accuracy": evaluation.accuracy,
        "cost": evaluation.cost,
        "count": len(evaluation.labels),
        "dataset": kind,
        "per_digit": [asdict(score) for score in evaluation.per_digit()],
        "confusion": evaluation.confusion.tolist(),
    }
