"""The commands that are compared whole: train beside a PyTorch script, and predict."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from PIL import Image

from digitnet.datasets.mnist import load_mnist
from digitnet.learning.presets import preset


def commands(data: Path, folder: Path) -> dict[str, Sequence[str]]:
    """Commands by name; their files go to the folder."""
    model, picture = str(folder / "model.npz"), folder / "digit.png"
    Image.fromarray(load_mnist(data).test.images[0]).save(picture)
    python, epochs = sys.executable, str(preset("essay").epochs)
    digitnet = [python, "-m", "digitnet"]
    train = [*digitnet, "train", "--dataset", "mnist", "--data-dir", str(data), "--seed", "1"]
    found: dict[str, Sequence[str]] = {
        "digitnet train": [*train, "--model", model],
        "digitnet train --raw": [*train, "--model", model, "--raw"],
        "digitnet predict": [*digitnet, "predict", "--model", model, str(picture)],
    }
    if find_spec("torch"):
        found["PyTorch script"] = [python, "-m", "benchmarks.torch_script", str(data), epochs]
    return found
