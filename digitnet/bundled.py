"""The models that come with digitnet."""

from __future__ import annotations

from importlib.resources import as_file, files

from digitnet.weights import Model, load_weights


def bundled_model() -> Model:
    """Load the model that comes with digitnet: 784-15-10."""
    with as_file(files("digitnet") / "assets" / "digitnet.npz") as path:
        return load_weights(path)
