"""A whole .npz file of plain arrays, with one text that says what they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import WeightsError

ZIP: Final = b"PK"
REMEDY: Final = "Choose another file, or train a new one: digitnet train."


def read_npz(path: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Read the text ``about`` and the arrays of an .npz file; nothing in it is executed.

    Returns
    -------
    about : dict
        The JSON of the array ``about``.
    arrays : dict of ndarray
        The others.

    Raises
    ------
    WeightsError
        If there is no such file or it is not a whole .npz file of plain arrays.
    """
    try:
        with path.open("rb") as stream:
            arrays = _arrays(path, stream)
    except FileNotFoundError as error:
        raise unusable(path, "a file of weights", "no such file") from error
    except OSError as error:
        raise unusable(path, "a readable file", error.strerror or str(error)) from error
    except WeightsError:
        raise
    # zipfile, zlib and NumPy raise whatever the damage makes them trip over.
    except Exception as error:
        raise unusable(path, "a whole .npz file of plain arrays", str(error)) from error
    names = sorted(arrays)
    try:
        about = json.loads(str(arrays.pop("about")[()]))
    except (KeyError, ValueError, IndexError, RecursionError) as error:
        raise unusable(path, "weights saved by digitnet", f"{names}") from error
    if not isinstance(about, dict):
        raise unusable(path, "weights saved by digitnet", f"{names}")
    return about, arrays


def _arrays(path: Path, stream: Any) -> dict[str, NDArray[Any]]:
    # NumPy takes any file but a zip for a pickle, and says how to load it unsafely.
    if not ZIP.startswith(stream.read(len(ZIP))):
        raise unusable(path, "an .npz file", "another kind of file")
    stream.seek(0)
    with np.load(stream, allow_pickle=False) as loaded:
        return {name: loaded[name] for name in loaded.files}


def unusable(path: Path, expected: str, found: str) -> WeightsError:
    """Make the error that says why a file of weights cannot be used."""
    return WeightsError(
        f"{path}: these weights cannot be used.",
        f"Expected {expected}, found {found}.",
        REMEDY,
    )
