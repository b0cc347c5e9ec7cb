"""What reads each kind of file, and whole files to begin with."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

import digitnet
from digitnet.datasets.folder import load_folder
from digitnet.datasets.idx_folder import load_idx_folder
from digitnet.datasets.mnist import load_sample
from digitnet.learning.checkpoint import Checkpoint, save_checkpoint
from digitnet.model.history_file import load_history, save_history
from digitnet.model.model import BUNDLED, Model, bundled_model
from digitnet.reading.reader import Reader
from tests.conftest import idx_bytes
from tests.fuzz.mutate import damaged, damaged_idx, damaged_npz
from tests.helpers.runs import session

ASSETS = Path(digitnet.__file__).parent / "assets"
FORMATS = ("png", "jpeg", "gif", "bmp", "tiff", "webp", "ppm", "tga", "ico", "jpeg2000")
Mutation = Callable[[bytes, np.random.Generator], bytes]


class Target(NamedTuple):
    """Whole files, how they are changed, and what reads one."""

    files: list[bytes]
    mutations: tuple[Mutation, ...]
    read: Callable[[bytes, Path], object]


def targets(folder: Path) -> dict[str, Target]:
    """Every kind of file that digitnet reads."""
    pictures = list(_pictures())
    images = idx_bytes(20, 28, 28, values=load_sample().test.images[:20].tobytes())
    labels = idx_bytes(20, values=load_sample().test.labels[:20].tobytes())
    image_file, label_file = "train-images-idx3-ubyte", "train-labels-idx1-ubyte"
    others = {image_file: images, label_file: labels}
    for name, content in others.items():
        for part in (name, name.replace("train", "t10k")):
            (folder / part).write_bytes(content)
    model = bundled_model("small")

    def of_idx(name: str) -> Callable[[bytes, Path], object]:
        def read(data: bytes, folder: Path) -> object:
            (folder / name).write_bytes(data)
            try:
                return load_idx_folder(folder)
            finally:
                (folder / name).write_bytes(others[name])

        return read

    idx = (damaged, damaged_idx)
    return {
        "picture": Target(pictures, (damaged,), lambda data, _: Reader(model).read(data)),
        "labelled folder": Target(pictures, (damaged,), _labelled),
        "IDX images": Target([images, gzip.compress(images)], idx, of_idx(image_file)),
        "IDX labels": Target([labels, gzip.compress(labels)], idx, of_idx(label_file)),
        "model": Target([(ASSETS / BUNDLED["small"]).read_bytes()], (damaged, damaged_npz), _model),
        "history": Target([_a_history(folder)], (damaged, damaged_npz), _history),
        "checkpoint": Target([_a_checkpoint(folder)], (damaged, damaged_npz), _resumed),
    }


def _pictures() -> Iterator[bytes]:
    digit = Image.fromarray(255 - load_sample().test.images[3]).resize((56, 56))
    for mode in ("L", "RGB"):
        for form in FORMATS:
            file = io.BytesIO()
            digit.convert(mode).save(file, form)
            yield file.getvalue()


def _labelled(data: bytes, folder: Path) -> object:
    labelled = folder / "labelled"
    labelled.mkdir(exist_ok=True)
    (labelled / "3_a.png").write_bytes(data)
    return load_folder(labelled)


def _model(data: bytes, folder: Path) -> object:
    path = folder / "m.npz"
    path.write_bytes(data)
    model = Model.load(path)
    if model.network.sizes[0] == 784 and model.network.sizes[-1] == 10:
        certainties = Reader(model).read(load_sample().test.images[3]).digits[0].certainties
        assert np.isfinite(certainties).all()
    return model


def _a_checkpoint(folder: Path) -> bytes:
    run = session()
    path = folder / "whole.checkpoint.npz"
    next(run.reports())
    save_checkpoint(path, run.training, run.options, run.history)
    return path.read_bytes()


def _a_history(folder: Path) -> bytes:
    run = session()
    list(run.epochs())
    path = folder / "whole.history.npz"
    save_history(path, run.history)
    return path.read_bytes()


def _history(data: bytes, folder: Path) -> object:
    path = folder / "m.history.npz"
    path.write_bytes(data)
    history = load_history(path)
    assert all(len(array) == len(history.reports) for array in history.W + history.B)
    return history


def _resumed(data: bytes, folder: Path) -> object:
    path = folder / "m.checkpoint.npz"
    path.write_bytes(data)
    run = session()
    run.resume(Checkpoint(path))
    return list(run.epochs())
