"""A folder of IDX files with MNIST's names."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from digitnet.datasets.idx_folder import holds_idx, load_idx_folder
from digitnet.errors import DataError


@pytest.mark.parametrize("packed", [False, True])
def test_plain_and_packed_files_give_the_digits_they_hold(
    tmp_path: Path, tiny_files: dict[str, bytes], packed: bool
) -> None:
    for name, content in tiny_files.items():
        path = tmp_path / (f"{name}.gz" if packed else name)
        path.write_bytes(gzip.compress(content) if packed else content)
    assert holds_idx(tmp_path)
    found = load_idx_folder(tmp_path)
    assert found.name == str(tmp_path)
    assert found.train.images.tobytes() == tiny_files["train-images-idx3-ubyte"][16:]
    assert found.train.labels.tobytes() == tiny_files["train-labels-idx1-ubyte"][8:]
    assert found.test.images.tobytes() == tiny_files["t10k-images-idx3-ubyte"][16:]
    assert found.test.labels.tobytes() == tiny_files["t10k-labels-idx1-ubyte"][8:]
    assert isinstance(found.train.images.base, np.memmap) is not packed


def test_a_folder_of_pictures_holds_none(tmp_path: Path) -> None:
    (tmp_path / "3_a.png").write_bytes(b"")
    assert not holds_idx(tmp_path)


@pytest.mark.parametrize("missing", ["train-labels-idx1-ubyte", "t10k-images-idx3-ubyte"])
def test_a_file_that_is_missing_is_named(
    tmp_path: Path, tiny_files: dict[str, bytes], missing: str
) -> None:
    for name, content in tiny_files.items():
        if name != missing:
            (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=f"{missing} cannot be read"):
        load_idx_folder(tmp_path)
