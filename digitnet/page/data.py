"""The data of a page as JSON: the model, its snapshots, and the limits of its scripts."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

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

Vectors = NDArray[np.floating[Any]]

_LARGEST: Final = 127
"""Largest value of a snapshot's weight in 8 bits, symmetric around 0."""
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


def embedded_snapshots(
    vectors: Vectors, layers: Sequence[int], room: int, least: int
) -> dict[str, Any]:
    """Snapshots for the page, evenly thinned to the room: each array q · scale, q from -127 to 127.

    Parameters
    ----------
    vectors : ndarray, shape (snapshots, weights)
        W^(0), B^(0), W^(1), … of each snapshot.
    layers : sequence of int
        Neurons of the input and of each layer.
    room : int
        Bytes of JSON.
    least : int
        Least number of snapshots, even if they do not fit.

    Returns
    -------
    dict
        ``kept``: which snapshots; the last is the model itself. ``scales``: for each but the last,
        a number for each array. ``weights``: of these snapshots q less that of the one before,
        modulo 256, which is small and packs well: by zlib, as base64.
    """
    count = most = len(vectors)
    found = _packed(vectors, layers, range(count))
    while (taken := len(json.dumps(found))) > room and most > least:
        most = max(least, min(most - 1, most * room // taken))
        kept = np.rint(np.linspace(0, count - 1, most)).astype(int).tolist()
        found = _packed(vectors, layers, kept)
    return found


def _packed(vectors: Vectors, layers: Sequence[int], kept: Sequence[int]) -> dict[str, Any]:
    sizes = [size for m, n in pairwise(layers) for size in (m * n, n)]
    ends = np.cumsum(sizes)[:-1]
    scales, quantised = [], np.zeros((len(kept), sum(sizes)), np.int16)
    for row, k in enumerate(kept[:-1], 1):
        arrays = np.split(vectors[k].astype(np.float64), ends)
        steps = [float(f"{np.abs(array).max() / _LARGEST:.6g}") for array in arrays]
        scales.append(steps)
        parts = [array / (step or 1) for array, step in zip(arrays, steps, strict=True)]
        quantised[row] = np.rint(np.concatenate(parts))
    changes = np.diff(quantised, axis=0).astype(np.uint8).tobytes()
    weights = base64.b64encode(zlib.compress(changes, 9)).decode()
    return {"kept": list(kept), "scales": scales, "weights": weights}
