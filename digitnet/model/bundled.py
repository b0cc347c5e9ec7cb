"""The models that come with digitnet."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import Final

from digitnet.model.model import Model
from digitnet.model.weights import load_weights

BUNDLED: Final = {"small": "digitnet.npz", "large": "large.npz"}
"""File of each model: small is the essay's 784-15-10, large is 784-300-10."""


def bundled_model(name: str = "small") -> Model:
    """Load a model that comes with digitnet.

    Parameters
    ----------
    name : str
        ``small`` or ``large``.

    Raises
    ------
    KeyError
        If there is none of that name.
    """
    with as_file(files("digitnet") / "assets" / BUNDLED[name]) as path:
        return load_weights(path)
