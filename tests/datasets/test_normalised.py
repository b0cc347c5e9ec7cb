"""Normalised digits that are kept for the next run."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from digitnet.datasets.digits import Digits
from digitnet.datasets.mnist import load_sample
from digitnet.datasets.normalised import normalised
from digitnet.images.form.moments import DEFAULT_TARGETS, MomentTargets, moment_normalise


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("normalised-*"))


def some(start: int) -> Digits:
    return load_sample().test[start : start + 10]


def test_the_next_run_finds_them_ready(tmp_path: Path) -> None:
    first = normalised(some(0), DEFAULT_TARGETS, tmp_path)
    (name,) = kept(tmp_path)
    assert len(name) == 36
    before = (tmp_path / name).stat().st_ino
    again = normalised(some(0), DEFAULT_TARGETS, tmp_path)
    assert (tmp_path / name).stat().st_ino == before
    expected = moment_normalise(some(0).images, DEFAULT_TARGETS)
    for found in (first, again):
        assert isinstance(found.images, np.memmap)
        np.testing.assert_array_equal(found.images, expected)
        np.testing.assert_array_equal(found.labels, some(0).labels)


def test_other_targets_and_damaged_files_are_not_taken_for_them(tmp_path: Path) -> None:
    normalised(some(0), DEFAULT_TARGETS, tmp_path)
    (name,) = kept(tmp_path)
    damaged = bytearray((tmp_path / name).read_bytes())
    damaged[-1] ^= 1
    (tmp_path / name).write_bytes(damaged)
    wider = MomentTargets(6, 6)
    for targets in (DEFAULT_TARGETS, wider):
        found = normalised(some(0), targets, tmp_path)
        np.testing.assert_array_equal(found.images, moment_normalise(some(0).images, targets))


def test_the_files_that_were_used_last_are_kept_and_the_old_ones_go(tmp_path: Path) -> None:
    for name in ("train-images-idx3-ubyte", "normalised-by-me"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (0, 0))
    names: list[str] = []
    for i in range(3):
        normalised(some(10 * i), DEFAULT_TARGETS, tmp_path)
        (new,) = set(kept(tmp_path)) - {*names, "normalised-by-me"}
        os.utime(tmp_path / new, (i + 1, i + 1))
        names.append(new)
    normalised(some(0), DEFAULT_TARGETS, tmp_path)  # the first is used again
    normalised(some(30), DEFAULT_TARGETS, tmp_path)
    left = {path.name for path in tmp_path.iterdir()}
    assert {names[0], names[2], "train-images-idx3-ubyte", "normalised-by-me"} < left
    assert names[1] not in left
    assert len(left) == 5
