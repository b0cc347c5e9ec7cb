"""Which BLAS multiplies NumPy's matrices, and with which kernels."""

from __future__ import annotations

import ctypes
from importlib import import_module
from itertools import product
from typing import Any

import numpy as np

UNKNOWN = "unknown"


def blas() -> str:
    """Name and version of the library, and the kernels it chose for this processor."""
    config: Any = np.show_config(mode="dicts")
    library = config["Build Dependencies"]["blas"]
    name, version = (library.get(key, UNKNOWN) for key in ("name", "version"))
    return f"{name} {version} with {kernels()} kernels"


def kernels() -> str:
    """OpenBLAS's name for them, such as Haswell (AVX2) or SkylakeX (AVX-512); else unknown."""
    # A search in NumPy's module finds the libraries it has loaded too, but not on Windows.
    loaded = ctypes.CDLL(import_module("numpy._core._multiarray_umath").__file__)
    for prefix, suffix in product(("scipy_", ""), ("64_", "")):
        corename = getattr(loaded, f"{prefix}openblas_get_corename{suffix}", None)
        if corename is not None:
            corename.restype = ctypes.c_char_p
            return str(corename().decode())
    return UNKNOWN
