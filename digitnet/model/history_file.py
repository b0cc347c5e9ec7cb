"""A history in an .npz file beside the weights: NAME.history.npz.

It holds ``about``, a JSON text with the version, the layers, the activation, the inputs and the
reports; and, of a network of at most 50,000 weights, float16 arrays W0, B0, W1, B1, …, each
stacked along a first axis, one for each report. It is read with
``allow_pickle=False``: nothing in it is executed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import as_file, files
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import WeightsError
from digitnet.files import Mark, replacing
from digitnet.images.form.inputs import INPUTS
from digitnet.model.history import MOST_WEIGHTS, EpochReport, History
from digitnet.model.model import BUNDLED
from digitnet.model.npz import ZIP, read_npz, unusable
from digitnet.model.schema import MismatchError, listed, number, one_of, or_none, table, text, whole
from digitnet.nn.functions import ACTIVATIONS

FORMAT: Final = 1
HISTORY: Final = Mark("a history of digitnet", ZIP, b"history.npy")
FACTS: Final = table(
    {
        "version": one_of([1]),
        "layers": listed(whole(1), 2, 102),
        "activation": one_of(ACTIVATIONS),
        "inputs": one_of(INPUTS),
        "reports": listed(
            table(
                {
                    "epoch": number(0),
                    "cost": number(0),
                    "validation_accuracy": or_none(number(0, 1)),
                    "seconds": number(0),
                }
            ),
            0,
            1000,
        ),
    },
    {"weights": text},
)
"""Facts of a history."""


def history_path(model: Path) -> Path:
    """Path of a model's history: NAME.history.npz beside it."""
    return model.with_name(f"{model.name.removesuffix('.npz')}.history.npz")


def save_history(path: Path | str, history: History) -> None:
    """Write the history, completely or not at all.

    Raises
    ------
    WeightsError
        If it cannot be written, or the existing file is not a history.
    """
    about = np.array(json.dumps(as_json(history)))
    # "history" marks the file, so that no other kind of digitnet's files replaces it.
    arrays: dict[str, Any] = {"history": np.array(FORMAT), "about": about}
    for n, (W, B) in enumerate(zip(history.W, history.B, strict=True)):
        arrays |= {f"W{n}": W, f"B{n}": B}
    with replacing(Path(path), WeightsError, HISTORY) as file:
        np.savez_compressed(file, **arrays)


def load_history(path: Path | str) -> History:
    """Read a history, checking version, names, shapes, dtypes and numbers first.

    Raises
    ------
    WeightsError
        If the file is missing, damaged, of another program or of another version.
    """
    path = Path(path)
    about, arrays = read_npz(path)
    arrays.pop("history", None)
    try:
        FACTS("", about)
        return from_json(about, _joined(about["layers"], len(about["reports"]), arrays))
    except MismatchError as error:
        raise unusable(path, "a history of a network", str(error)) from error


def bundled_history(name: str = "small") -> History | None:
    """Load the history of a bundled model; None for the large one, whose history is not recorded.

    The name is as for `digitnet.model.model.bundled_model`.
    """
    found = files("digitnet") / "assets" / history_path(Path(BUNDLED[name])).name
    if not found.is_file():
        return None
    with as_file(found) as path:
        return load_history(path)


def as_json(history: History) -> dict[str, Any]:
    """The history without its vectors, as JSON."""
    return {
        "version": FORMAT,
        "layers": history.layers,
        "activation": history.activation,
        "inputs": history.inputs,
        "reports": [vars(report) for report in history.reports],
        "weights": history.weights,
    }


def from_json(about: Mapping[str, Any], vectors: NDArray[Any] | None) -> History:
    """Put together what `as_json` returned, which `FACTS` has let through, and vectors.

    Raises
    ------
    MismatchError
        If the reports are not in order, or the vectors do not fit them.
    """
    layers, reports = about["layers"], [EpochReport(**report) for report in about["reports"]]
    epochs = [report.epoch for report in reports]
    if epochs != sorted(set(epochs)):
        raise MismatchError("reports", epochs, "in the order of their epochs")
    count = sum(n * m + n for m, n in pairwise(layers))
    expected = (len(reports), count) if count <= MOST_WEIGHTS else None
    found = None if vectors is None else vectors.shape
    if found != expected:
        raise MismatchError("weights of the reports", found, f"of shape {expected}")
    if vectors is not None and not (vectors.dtype == np.float16 and np.isfinite(vectors).all()):
        raise MismatchError("weights of the reports", str(vectors.dtype), "finite float16 numbers")
    facts = about["activation"], about["inputs"]
    return History(tuple(layers), *facts, tuple(reports), vectors, about.get("weights", ""))


def _joined(
    layers: list[int], reports: int, arrays: Mapping[str, NDArray[Any]]
) -> NDArray[Any] | None:
    """Lay W0, B0, W1, … of every report side by side; None where there are none."""
    if not arrays:
        return None
    expected: dict[str, tuple[int, ...]] = {}
    for n, (inputs, neurons) in enumerate(pairwise(layers)):
        expected |= {f"W{n}": (reports, neurons, inputs), f"B{n}": (reports, neurons, 1)}
    found = {name: array.shape for name, array in arrays.items()}
    if found != expected:
        raise MismatchError("arrays", found, f"{expected}")
    if {array.dtype for array in arrays.values()} != {np.dtype(np.float16)}:
        raise MismatchError("arrays", {str(a.dtype) for a in arrays.values()}, "of float16")
    return np.concatenate([arrays[name].reshape(reports, -1) for name in expected], axis=1)
