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
from digitnet.model.certainty import FLOOR
from digitnet.model.doubt import DoubtLimits
from digitnet.model.model import Model
from digitnet.page.scored import scored
from digitnet.reading.pipeline import PIPELINE

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


_STAGES: Final = PIPELINE.limits
LIMITS: Final = {
    "contrast": _STAGES["contrast"]["threshold"],
    "specks": _STAGES["specks"],
    "ink": _STAGES["ink"],
    "form": asdict(STROKES),
    "pieces": _STAGES["pieces"],
    "hypotheses": {
        **_STAGES["hypotheses"]["hypothesis"],
        "broken": _STAGES["hypotheses"]["number"]["broken"],
    },
    "doubt": asdict(DoubtLimits()),
    "certainty": _STAGES["certainty"],
}
"""The limits of the scripts: those of each stage, by its name."""


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
        "limits": READ_WITH | LIMITS,
    }
