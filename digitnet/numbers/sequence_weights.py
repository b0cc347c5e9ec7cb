"""The network that looks along lines, as a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np

from digitnet.errors import WeightsError
from digitnet.files import replacing
from digitnet.model.npz import read_npz
from digitnet.model.weights import WEIGHTS
from digitnet.numbers.sequence_model import Layer, SequenceModel


@cache
def bundled_sequence_model() -> SequenceModel:
    """Load the one that comes with digitnet."""
    with as_file(files("digitnet") / "assets" / "lines.npz") as path:
        return load_sequence_model(path)


def save_sequence_model(path: Path, network: SequenceModel, about: Mapping[str, Any]) -> None:
    """Write a network that looks along lines, in 16 bits a weight.

    Raises
    ------
    WeightsError
        If the file cannot be written.
    """
    arrays: dict[str, Any] = {"about": np.array(json.dumps({**about, "layers": network.layers}))}
    for n, (W, B) in enumerate(zip(network.W, network.B, strict=True)):
        arrays |= {f"W{n}": W.astype(np.float16), f"B{n}": B.astype(np.float16)}
    with replacing(path, WeightsError, WEIGHTS) as file:
        np.savez_compressed(file, **arrays)


def load_sequence_model(path: Path) -> SequenceModel:
    """Read what `save_sequence_model` wrote.

    Raises
    ------
    WeightsError
        If it is missing or no whole .npz file.
    """
    about, arrays = read_npz(path)
    network = SequenceModel([Layer(*layer) for layer in about["layers"]])
    for n, (W, B) in enumerate(zip(network.W, network.B, strict=True)):
        W[:], B[:] = arrays[f"W{n}"], arrays[f"B{n}"]
    return network
