"""Good files of weights turned into bad ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitnet.errors import WeightsError
from digitnet.model.model import Model

WHOLE = "a whole .npz file of plain arrays"


def message(path: Path) -> tuple[str, str, str]:
    """The three parts of the error with which the file is refused."""
    # Not pytest.raises, whose record of the exception keeps a file that NumPy left open.
    try:
        Model.load(path)
    except WeightsError as error:
        return error.what, error.found, error.advice
    pytest.fail(f"{path} was read")


def unusable(path: Path, found: str) -> tuple[str, str, str]:
    remedy = "Choose another file, or train a new one: digitnet train."
    return f"{path}: these weights cannot be used.", found, remedy


def read_all(path: Path) -> dict[str, Any]:
    """Every array of the .npz, the JSON text among them."""
    with np.load(path) as file:
        return dict(file)


def rewrite(path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Write the .npz again with other arrays."""
    arrays = change(read_all(path))
    np.savez(path, **arrays)


def with_about(path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Write the .npz again with another JSON text."""

    def changed(arrays: dict[str, Any]) -> dict[str, Any]:
        about = change(json.loads(str(arrays["about"])))
        return arrays | {"about": np.array(json.dumps(about))}

    rewrite(path, changed)
