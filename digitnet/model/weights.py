"""A model in one .npz file, written completely or not at all, and checked before use.

The file contains float32 arrays W0, B0, W1, B1, … and ``about``, a JSON text with the format's
version, the layers, the functions, the normalisation and the provenance. It is read with
``allow_pickle=False``: no code is executed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import DTypeLike, NDArray

from digitnet.errors import DigitnetError, WeightsError
from digitnet.files import Mark, replacing
from digitnet.images.form.inputs import INPUTS
from digitnet.images.form.moments import MomentTargets
from digitnet.model.certainty import Certainty
from digitnet.model.npz import ZIP, read_npz, unusable
from digitnet.model.recipe import RECIPE_FACTS
from digitnet.model.schema import MismatchError, listed, number, one_of, or_none, table, text, whole
from digitnet.nn.costs import COSTS
from digitnet.nn.functions import ACTIVATIONS
from digitnet.nn.network import Network

FORMAT: Final = 1
"""Version of the format that is written; every version up to it is read."""
WEIGHTS: Final = Mark("a model of digitnet", ZIP, b"W0.npy", lacks=b"history.npy")
_OLD: Final = {"familiar_means", "familiar_components"}
"""Arrays that an older file may have, and nothing needs."""
_RATIO: Final = listed(number(0.01, 100), 2, 2)

NORMALISATION: Final = or_none(
    table(
        {},
        {
            "tau_x": number(0.1, 100),
            "tau_y": number(0.1, 100),
            "ratio_x": _RATIO,
            "ratio_y": _RATIO,
        },
    )
)
_SCORE: Final = or_none(number(0))
FACTS: Final = table(
    {
        "layers": listed(whole(1), 2, 102),
        "activation": one_of(ACTIVATIONS),
        "cost": one_of(COSTS),
        "normalisation": NORMALISATION,
        "certainty": table(
            {},
            {
                "temperature": number(0.01, 100),
                "threshold": number(0, 1),
                "lead": number(0),
            },
        ),
    },
    {
        # Absent from older files, whose inputs are pixels.
        "inputs": one_of(INPUTS),
        "digitnet": text,
        # A newer digitnet may add facts: the model is read anyway.
        "recipe": RECIPE_FACTS,
        "epochs": whole(),
        "seed": whole(),
        "dataset": text,
        "dataset_sha256": text,
        "own_sha256": text,
        "stretched": listed(whole(1), 0, 1000),
        "scores": table(
            {},
            {
                "training_cost": _SCORE,
                "validation_accuracy": or_none(number(0, 1)),
                "test_accuracy": or_none(number(0, 1)),
            },
            more=True,
        ),
    },
    more=True,
)
"""Facts of a model file, without the version of its format."""

_BOUNDED: Final = ("sigmoid", "tanh", "step")
"""Activation functions with values between -1 and 1."""


def write_weights(
    path: Path,
    network: Network,
    normalisation: MomentTargets | None,
    certainty: Certainty,
    about: Mapping[str, Any],
    inputs: str,
) -> None:
    """Write the parts of a model beside `path`, then move the file there.

    A crash leaves the old file whole. For the parameters see `digitnet.model.model.Model`.

    Raises
    ------
    WeightsError
        If the folder cannot be written, the disk is full, or the existing file is not a model.
    """
    head = {
        "format": FORMAT,
        "layers": network.sizes,
        "activation": network.f.name,
        "cost": network.cost.name,
        "normalisation": normalisation and asdict(normalisation),
        "certainty": asdict(certainty),
        "inputs": inputs,
        **about,
    }
    arrays: dict[str, Any] = {"about": np.array(json.dumps(head))}
    for n, (W, B) in enumerate(zip(network.W, network.B, strict=True)):
        arrays |= {f"W{n}": W.astype(np.float32), f"B{n}": B.astype(np.float32)}
    with replacing(path, WeightsError, WEIGHTS) as file:
        np.savez_compressed(file, **arrays)


def read_weights(path: Path) -> dict[str, Any]:
    """Read the parts of a model, checking version, names, shapes, dtypes and numbers first.

    Returns
    -------
    dict
        What `digitnet.model.model.Model` is made of, by name.

    Raises
    ------
    WeightsError
        If the file is missing, damaged, of another program or of a newer version.
    """
    about, arrays = read_npz(path)
    _check_version(path, about, arrays)
    try:
        FACTS("", about)
        layers, names = about.pop("layers"), (about.pop("activation"), about.pop("cost"))
        normalisation = saved_targets(about.pop("normalisation"))
        certainty = Certainty(**about.pop("certainty"))
        about.pop("familiarity", None)
        inputs = about.pop("inputs", "pixels")
        _check_arrays(path, layers, arrays)
        network = Network(layers, *names)
    except WeightsError:
        raise
    except (MismatchError, DigitnetError) as error:
        reason = error.found if isinstance(error, DigitnetError) else str(error)
        raise unusable(path, "a network that can be built", reason) from error
    for n, (W, B) in enumerate(zip(network.W, network.B, strict=True)):
        W[:], B[:] = arrays[f"W{n}"], arrays[f"B{n}"]
    _check_sums(path, network, INPUTS[inputs].largest)
    return {
        "network": network,
        "normalisation": normalisation,
        "certainty": certainty,
        "about": about,
        "inputs": inputs,
    }


def saved_targets(saved: Mapping[str, Any] | None) -> MomentTargets | None:
    """Make targets of the output of `dataclasses.asdict`, also after JSON."""
    if saved is None:
        return None
    tuples: dict[str, Any] = {
        key: tuple(v) if isinstance(v, list) else v for key, v in saved.items()
    }
    return MomentTargets(**tuples)


def _check_version(path: Path, about: dict[str, Any], arrays: Mapping[str, Any]) -> None:
    version = about.pop("format", None)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise unusable(path, "weights saved by digitnet", f"{sorted(['about', *arrays])}")
    if version > FORMAT:
        raise WeightsError(
            f"{path}: these weights are of a newer digitnet.",
            f"Expected format {FORMAT} or older, found format {version}.",
            "Install a newer digitnet: pip install --upgrade digitnet.",
        )


def _check_arrays(path: Path, layers: Sequence[int], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Check every array against its layer before memory is allocated for the network."""
    expected: dict[str, tuple[tuple[int, ...], DTypeLike]] = {}
    for n, (inputs, neurons) in enumerate(pairwise(layers)):
        expected[f"W{n}"] = (neurons, inputs), np.float32
        expected[f"B{n}"] = (neurons, 1), np.float32
    if set(arrays) - _OLD != set(expected):
        raise unusable(path, f"the arrays {', '.join(expected)}", ", ".join(sorted(arrays)))
    for name, (shape, dtype) in expected.items():
        array = arrays[name]
        described = f"{name} of {_times(shape)} finite {np.dtype(dtype)} numbers"
        if array.shape != shape or array.dtype != dtype:
            raise unusable(path, described, f"{_times(array.shape)} of {array.dtype}")
        if not np.isfinite(array).all():
            raise unusable(path, described, "NaN or infinity among them")


def _check_sums(path: Path, network: Network, largest: float) -> None:
    """Refuse weights whose sums may not be finite: |z| <= Σ |w| |a| + |b| of the largest inputs."""
    most = np.full((network.sizes[0], 1), largest)
    for W, B in zip(network.W, network.B, strict=True):
        Z = np.abs(W, dtype=np.float64) @ most + np.abs(B)
        if Z.max() > np.finfo(np.float32).max:
            raise unusable(path, "weights that can be added up", f"sums up to {Z.max():.1e}")
        most = np.minimum(Z, 1) if network.f.name in _BOUNDED else Z


def _times(shape: Sequence[int]) -> str:
    return " × ".join(map(str, shape)) or "one"
