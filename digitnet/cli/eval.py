"""digitnet eval: how well a model does on digits it was not trained on."""

from __future__ import annotations

import json as json_
from dataclasses import asdict

import typer

from digitnet.cli.options import DATA_DIR, MODEL_FILE, DataDir, DataSet, Json, Mirror, ModelFile


def eval_(
    model: ModelFile = MODEL_FILE,
    dataset: DataSet = None,
    data_dir: DataDir = DATA_DIR,
    mirror: Mirror = None,
    json: Json = False,
) -> None:
    """Score a model on test digits: accuracy, each digit's scores, what is taken for what."""
    from digitnet.cli import load
    from digitnet.cli.display import note, say
    from digitnet.cli.results import show_confusion, show_facts, show_mistakes, show_scores
    from digitnet.datasets.digits import Digits
    from digitnet.nn.evaluation import evaluate
    from digitnet.reading import prepare

    network, name = load.model(model)
    digits = load.digits(dataset, data_dir, mirror)
    if digits.name == "sample" and network.about.get("dataset") != "sample":
        note("The sample's digits are of MNIST's training set: the model may have learned them.")
    test = digits.test
    evaluation = evaluate(network.network, Digits(prepare(network, test.images), test.labels))
    if json:
        result = {
            "accuracy": evaluation.accuracy,
            "cost": evaluation.cost,
            "count": len(test),
            "dataset": digits.name,
            "per_digit": [asdict(score) for score in evaluation.per_digit()],
            "confusion": evaluation.confusion.tolist(),
        }
        typer.echo(json_.dumps(result))
        return
    show_facts(
        [
            ("model", name),
            ("test digits", f"{len(test):,} of {digits.name}"),
            ("accuracy", f"{evaluation.accuracy:.2%}"),
            ("cost", f"{evaluation.cost:.4f}"),
        ]
    )
    show_scores(evaluation)
    show_confusion(evaluation.confusion)
    say("")
    show_mistakes(evaluation, network.certainty.of(evaluation.outputs))
