"""How well a model reads labelled digits, shown to it as it was trained."""

from __future__ import annotations

import numpy as np

from digitnet.errors import TrainingError
from digitnet.model.html import confusion_html
from digitnet.model.model import Model
from digitnet.nn.batches import Examples, Inputs, Labelled
from digitnet.nn.evaluation import Evaluation
from digitnet.nn.evaluation import evaluate as evaluate_network
from digitnet.nn.network import Network


class ModelEvaluation(Evaluation):
    """An evaluation that a notebook shows as its confusion matrix."""

    def _repr_html_(self) -> str:
        """Draw it in a notebook."""
        return confusion_html(self)


def evaluate(
    model: Model | Network, digits: Examples, inputs: Inputs | None = None
) -> ModelEvaluation:
    """Answer every digit and compare with its label.

    A model's digits are normalised, and turned into what it sees, as it was trained: given as
    they are to its bare network, a good model would read about half of them.

    Parameters
    ----------
    model : Model or Network
        A bare network is shown the digits as they are.
    digits : Examples
        N labelled pictures, for a model uint8 of shape (N, 28, 28): light ink on a dark ground.
    inputs : callable, optional
        Of a bare network: what it sees of them; by default their brightness.

    Raises
    ------
    TrainingError
        If there are no digits or they do not fit, or a model is given other inputs than its own.
    """
    if isinstance(model, Network):
        return ModelEvaluation(**vars(evaluate_network(model, digits, inputs)))
    if inputs is not None:
        raise TrainingError(
            "A model knows what it sees of a digit, and sees nothing else.",
            f"Expected no other inputs, found some beside the model's {model.inputs}.",
            "Leave them out, or give the bare network: model.network.",
        )
    seen = model.prepare(np.asarray(digits.images))
    found = evaluate_network(model.network, Labelled(seen, digits.labels), model.shown)
    return ModelEvaluation(**vars(found))
