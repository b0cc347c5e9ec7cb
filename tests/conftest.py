"""What several rooms' tests share."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

# One thread each, as the commands take: the tests run side by side.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Rich keeps the COLUMNS that are set when a console is made, as they are in a worker of xdist.
os.environ.pop("COLUMNS", None)

import numpy as np
import pytest

from digitnet.datasets.mnist import load_sample
from digitnet.learning.session import Session
from digitnet.model.model import Model
from tests.helpers.runs import plain

MNIST_NAMES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)


# Whole outputs of the commands hold paths with slashes, and are seen through pseudo-terminals and
# signals: Windows has none of these.
collect_ignore = ["cli"] if sys.platform == "win32" else []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip on Windows what only Linux and macOS have."""
    if sys.platform == "win32":
        for item in items:
            if item.get_closest_marker("posix"):
                item.add_marker(pytest.mark.skip(reason="Windows has nothing of the kind"))


def idx_bytes(*shape: int, values: bytes) -> bytes:
    """IDX by hand, so that the reader is not tested with the writer alone."""
    return struct.pack(f">BBBB{len(shape)}I", 0, 0, 8, len(shape), *shape) + values


@pytest.fixture(autouse=True)
def _in_the_working_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test writes in the folders of whoever runs it."""
    monkeypatch.setenv("DIGITNET_DATA", "data")
    monkeypatch.setenv("DIGITNET_MODEL", "models/digitnet.npz")


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.fixture
def tiny_files(rng: np.random.Generator) -> dict[str, bytes]:
    """A data set like MNIST by the names of its files: 20 digits to train on, 10 to test."""
    files = {}
    for name, count in zip(MNIST_NAMES, (20, 20, 10, 10), strict=True):
        if "images" in name:
            files[name] = idx_bytes(count, 28, 28, values=rng.bytes(count * 784))
        else:
            files[name] = idx_bytes(count, values=bytes(i % 10 for i in range(count)))
    return files


@pytest.fixture(scope="session")
def mnist_dir() -> Path:
    """The folder that holds the whole of MNIST, plain or gzipped."""
    named = os.environ.get("DIGITNET_MNIST")
    folder = Path(named) if named else Path(__file__).parents[2] / "shared" / "mnist"
    for name in MNIST_NAMES:
        if not (folder / name).is_file() and not (folder / f"{name}.gz").is_file():
            pytest.skip(f"{folder} does not hold {name}; DIGITNET_MNIST may name another folder")
    return folder


@pytest.fixture(scope="session")
def sample_model() -> Model:
    """A model trained for a fraction of a second; good enough to tell digits apart."""
    session = Session(load_sample(), plain(epochs=8), seed=1)
    for _ in session.training.epochs():
        pass
    return session.model()


@pytest.fixture
def model_file(sample_model: Model, tmp_path: Path) -> Path:
    """A file of weights."""
    path = tmp_path / "model.npz"
    sample_model.save(path)
    return path
