"""Mutations of a file: of its bytes, and of what an .npz or IDX file is made of."""

from __future__ import annotations

import io
import json
import struct
from copy import deepcopy
from typing import Any

import numpy as np

WEIRD: list[Any] = [
    None, True, -1, 0, 1, 2**31, 10**30, 10**400, 1.5, 1e-320, 1e308, float("nan"), float("inf"),
    "", "\x1b[31m", "x" * 5000, [], [1], {}, {"a": 1}, [[]],
]  # fmt: skip
NUMBERS = [0, 1, 127, 128, 255, 2**15, 2**16 - 1, 2**31 - 1, 2**31, 2**32 - 1]
DTYPES = ["f2", "f4", "f8", "c8", "i1", "i8", "u1", "?", "S3", "U2"]


def damaged(data: bytes, rng: np.random.Generator) -> bytes:
    """Change some bytes, as a bad disk, a cut download or an attacker does."""
    changed = bytearray(data)
    for _ in range(rng.integers(1, 6)):
        at = int(rng.integers(0, len(changed) + 1))
        size = int(rng.integers(1, 64))
        match int(rng.integers(0, 7)):
            case 0:
                changed[at : at + 1] = rng.bytes(1)
            case 1:
                changed[at : at + 4] = struct.pack(">I", int(rng.choice(NUMBERS)))
            case 2:
                changed[at : at + 4] = struct.pack("<I", int(rng.choice(NUMBERS)))
            case 3:
                del changed[at : at + size]
            case 4:
                changed[at:at] = rng.bytes(size)
            case 5:
                changed[at:at] = changed[at : at + size]
            case _:
                del changed[at:]
    return bytes(changed)


def damaged_idx(data: bytes, rng: np.random.Generator) -> bytes:
    """Change the header of an IDX file."""
    changed = bytearray(data)
    at = int(rng.integers(0, 16))
    changed[at : at + 4] = struct.pack(">I", int(rng.choice([*NUMBERS, 3, 10, 28, 0x803])))
    return bytes(changed)


def damaged_npz(data: bytes, rng: np.random.Generator) -> bytes:
    """Change a fact or an array of an .npz file, which stays whole."""
    with np.load(io.BytesIO(data)) as file:
        arrays = dict(file)
    about = json.loads(str(arrays["about"]))
    for _ in range(rng.integers(1, 3)):
        if rng.random() < 0.7:
            _change_fact(about, rng)
        else:
            name = str(rng.choice([*arrays]))
            arrays[name] = _other(arrays[name], rng)
    if arrays["about"].dtype.kind == "U":
        arrays["about"] = np.array(json.dumps(about))
    out = io.BytesIO()
    np.savez(out, **arrays)
    return out.getvalue()


def _change_fact(table: dict[str, Any], rng: np.random.Generator) -> None:
    """Replace, remove or add a value anywhere in a table."""
    name = str(rng.choice([*table]))
    value = table[name]
    if isinstance(value, dict) and value and rng.random() < 0.8:
        _change_fact(value, rng)
    elif isinstance(value, list) and value and rng.random() < 0.5:
        value[int(rng.integers(len(value)))] = _weird(rng)
    elif rng.random() < 0.15:
        del table[name]
    elif rng.random() < 0.1:
        table[f"{name}x"] = value
    else:
        table[name] = _weird(rng)


def _weird(rng: np.random.Generator) -> Any:
    """One of the odd values, a new list or table each time, which may be changed in turn."""
    return deepcopy(WEIRD[int(rng.integers(len(WEIRD)))])


def _other(array: np.ndarray[Any, Any], rng: np.random.Generator) -> np.ndarray[Any, Any]:
    """The array with another shape, type or content."""
    kind = int(rng.integers(0, 4))
    if kind == 0 or array.dtype.kind == "U":
        return np.zeros(tuple(rng.integers(0, 20, rng.integers(0, 4))), rng.choice(DTYPES))
    if kind == 1:
        return np.zeros(array.shape, rng.choice(DTYPES))
    if kind == 2:
        return array.reshape(-1)[: int(rng.integers(0, array.size + 1))]
    return np.full_like(array, rng.choice([np.nan, np.inf, -1e30, 3e38, 65504.0]))
