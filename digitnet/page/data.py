"""The data of a page as JSON: the model, and the limits of its scripts."""

from __future__ import annotations

import base64
from dataclasses import asdict
from typing import Any, Final

from digitnet.datasets.mnist import load_sample
from digitnet.errors import printable
from digitnet.images.form.gradient import ORIENTATIONS
from digitnet.images.form.inputs import CELLS, LENGTH, POWER
from digitnet.images.form.mnist import SIDE
from digitnet.images.form.stroke import BOX, STROKES
from digitnet.images.pipeline import PIPELINE
from digitnet.model.certainty import FLOOR
from digitnet.model.doubt import DoubtLimits
from digitnet.model.model import Model
from digitnet.numbers.pieces import PieceLimits
from digitnet.numbers.several import SeveralLimits
from digitnet.page.scored import scored
from digitnet.reading.picture_doubt import PictureDoubtLimits

READ_WITH: Final = {
    "SIDE": SIDE,
    "BOX": BOX,
    "CELLS": CELLS,
    "ORIENTATIONS": ORIENTATIONS,
    "LENGTH": LENGTH,
    "POWER": POWER,
    "FLOOR": FLOOR,
}
"""The constants of the scripts, by name."""
LIMITS: Final = (
    PIPELINE.threshold,
    *(stage.limits for stage in PIPELINE.on_contrast if stage.name == "specks"),
    PIPELINE.strength,
    STROKES,
    PieceLimits(),
    SeveralLimits(),
    DoubtLimits(),
    PictureDoubtLimits(),
)
"""The limits of the scripts."""


def embedded(model: Model, name: str) -> dict[str, Any]:
    """The data of a model, without its history.

    Parameters
    ----------
    model : Model
    name : str
        Its name on the page.
    """
    network, normalisation = model.network, model.normalisation
    return {
        "name": printable(name),
        "layers": list(network.sizes),
        "fs": [f.name for f in network.fs],
        "cost": network.cost.name,
        "inputs": model.inputs,
        "normalisation": normalisation and asdict(normalisation),
        "certainty": asdict(model.certainty),
        "accuracy": model.accuracy,
        "dataset": model.about.get("dataset"),
        "learned": model.about.get("dataset") == "mnist",
        "weights": base64.b64encode(network.parameters.vector.astype("<f4").tobytes()).decode(),
        "digits": scored(model, load_sample().test),
        "history": None,
        "limits": READ_WITH | {type(one).__name__: asdict(one) for one in LIMITS},
    }
