"""Measure the accuracy of models on UCI's digits, by writers who had no part in MNIST.

Run in a clone: python -m tools.measure_other_writers [MODEL.npz …]
Without a model, it measures the bundled ones.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from digitnet.model.model import BUNDLED, Model, bundled_model
from tests.helpers.other_writers import accuracy, forms


def main() -> None:
    """Print the accuracy of each model."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("models", nargs="*", type=Path)
    paths = parser.parse_args().models
    models = {str(path): Model.load(path) for path in paths}
    images, labels = forms(dark=False)
    for name, model in (models or {name: bundled_model(name) for name in BUNDLED}).items():
        print(f"{accuracy(model, images, labels):7.2%} {name}")


if __name__ == "__main__":
    main()
