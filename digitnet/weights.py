"""Weights in one .npz file: written whole or not at all, and checked before they are used.

The file holds float32 arrays W0, B0, W1, B1, … and ``about``, a JSON text with the
format's version, the layers, the functions, the normalisation and where the
weights come from. It is read with ``allow_pickle=False``: nothing in it is executed.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import DigitnetError, WeightsError
from digitnet.files import replacing
from digitnet.images.moments import MomentTargets
from digitnet.nn.certainty import Certainty
from digitnet.nn.network import Network

FORMAT: Final = 1
"""Version of the format that is written; every version up to it is read."""

_REMEDY: Final = "Choose another file with --model, or train a new one: digitnet train."


@dataclass(frozen=True)
class Model:
    """A trained network and what must be known to use it.

    Attributes
    ----------
    network : Network
    normalisation : MomentTargets or None
        How a picture is prepared; None: MNIST's form as it is.
    certainty : Certainty
        How outputs become certainties, fitted on validation digits.
    about : mapping
        Where it comes from, as JSON: recipe, seed, data set with its hash, scores.
    """

    network: Network
    normalisation: MomentTargets | None = None
    certainty: Certainty = field(default_factory=Certainty)
    about: Mapping[str, Any] = field(default_factory=dict)


def save_weights(path: Path | str, model: Model) -> None:
    """Write the model beside `path`, then move it there: a crash leaves the old file whole.

    Parameters
    ----------
    path : path
        Its folder is made if there is none.
    model : Model

    Raises
    ------
    WeightsError
        If the folder cannot be written or the disk is full.
    """
    path = Path(path)
    network = model.network
    head = {
        "format": FORMAT,
        "layers": network.sizes,
        "activation": network.f.name,
        "cost": network.cost.name,
        "normalisation": model.normalisation and asdict(model.normalisation),
        "certainty": asdict(model.certainty),
        **model.about,
    }
    arrays: dict[str, Any] = {"about": np.array(json.dumps(head))}
    for n, (W, B) in enumerate(zip(network.W, network.B, strict=True)):
        arrays |= {f"W{n}": W.astype(np.float32), f"B{n}": B.astype(np.float32)}
    with replacing(path, WeightsError) as file:
        np.savez_compressed(file, **arrays)


def load_weights(path: Path | str) -> Model:
    """Read a model, checking version, names, shapes, dtypes and numbers first.

    Parameters
    ----------
    path : path
        A file that `save_weights` wrote, in this version or an older one.

    Raises
    ------
    WeightsError
        If the file is missing, damaged, of another program or of a newer version.
    """
    path = Path(path)
    arrays = read_npz(path)
    about = _about(path, arrays)
    try:
        layers = [int(size) for size in about.pop("layers")]
        names = about.pop("activation"), about.pop("cost")
        targets = about.pop("normalisation")
        normalisation = None if targets is None else MomentTargets(**_tuples(targets))
        certainty = Certainty(**about.pop("certainty"))
        _check_arrays(path, layers, arrays)
        network = Network(layers, *names)
    except WeightsError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, DigitnetError) as error:
        reason = error.found if isinstance(error, DigitnetError) else repr(error)
        raise _unusable(path, "a network that can be built", reason) from error
    for n, (W, B) in enumerate(zip(network.W, network.B, strict=True)):
        W[:], B[:] = arrays[f"W{n}"], arrays[f"B{n}"]
    return Model(network, normalisation, certainty, about)


def read_npz(path: Path) -> dict[str, NDArray[Any]]:
    """Read all arrays of an .npz file, none of which may be a pickled object.

    Raises
    ------
    WeightsError
        If there is no such file or it is not a whole .npz file of plain arrays.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            if not isinstance(file, np.lib.npyio.NpzFile):
                raise _unusable(path, "an .npz file", "another kind of file")
            return {name: file[name] for name in file.files}
    except FileNotFoundError as error:
        raise _unusable(path, "a file of weights", "no such file") from error
    except OSError as error:
        raise _unusable(path, "a readable file", error.strerror or str(error)) from error
    except (ValueError, EOFError, zipfile.BadZipFile, zipfile.LargeZipFile) as error:
        raise _unusable(path, "a whole .npz file of plain arrays", str(error)) from error


def _about(path: Path, arrays: Mapping[str, NDArray[Any]]) -> dict[str, Any]:
    try:
        about = json.loads(str(arrays["about"][()]))
        version = int(about["format"])
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise _unusable(path, "weights saved by digitnet", f"{sorted(arrays)}") from error
    if version > FORMAT:
        raise WeightsError(
            f"{path}: these weights are of a newer digitnet.",
            f"Expected format {FORMAT} or older, found format {version}.",
            "Install a newer digitnet: pip install --upgrade digitnet.",
        )
    del about["format"]
    return dict(about)


def _check_arrays(path: Path, layers: Sequence[int], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Hold every array against its layer before memory is taken for a network of that size."""
    wanted: dict[str, tuple[int, int]] = {}
    for n, (inputs, neurons) in enumerate(pairwise(layers)):
        wanted |= {f"W{n}": (neurons, inputs), f"B{n}": (neurons, 1)}
    if set(arrays) != {"about", *wanted}:
        raise _unusable(path, f"the arrays {', '.join(wanted)}", ", ".join(sorted(arrays)))
    for name, shape in wanted.items():
        array = arrays[name]
        expected = f"{name} of {_times(shape)} finite float32 numbers"
        if array.shape != shape or array.dtype != np.float32:
            raise _unusable(path, expected, f"{_times(array.shape)} of {array.dtype}")
        if not np.isfinite(array).all():
            raise _unusable(path, expected, "NaN or infinity among them")


def _times(shape: Sequence[int]) -> str:
    return " × ".join(map(str, shape)) or "one"


def _tuples(targets: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in targets.items()}


def _unusable(path: Path, expected: str, found: str) -> WeightsError:
    return WeightsError(
        f"{path}: these weights cannot be used.",
        f"Expected {expected}, found {found}.",
        _REMEDY,
    )
