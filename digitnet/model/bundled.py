"""The bundled models, and the history of the small one."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from digitnet.model.history import History
from digitnet.model.history_file import history_path, load_history
from digitnet.model.model import Model

BUNDLED: Final = {"small": "digitnet.npz", "large": "large.npz"}
"""File of each model: small has the essay's 15 neurons, large has 300."""


def bundled_model(name: str = "small") -> Model:
    """Load a bundled model.

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
        return Model.load(path)


def bundled_history(name: str = "small") -> History | None:
    """Load the history of a bundled model; None for the large one, whose history is not recorded.

    Parameters
    ----------
    name : str
        ``small`` or ``large``.

    Raises
    ------
    KeyError
        If there is none of that name.
    """
    found = files("digitnet") / "assets" / history_path(Path(BUNDLED[name])).name
    if not found.is_file():
        return None
    with as_file(found) as path:
        return load_history(path)
